"""What the platform's own database role may do: less than the role that owns the tables.

Whoever takes the program over, or its password, then cannot lift the guards of the ledger: he owns no table,
and what is only ever added to he can only add to.
"""

from __future__ import annotations

from onewindow.kernel import guards
from onewindow.kernel.dossiers import guards as of_dossiers

_ONLY_ADDED_TO = (*guards.APPEND_ONLY, *of_dossiers.TABLES)
_ONLY_READ = (
    "django_migrations",
    "kernel_feedorigin",
)  # the owner writes these: migrations, and after a restore


def statements(role: str) -> list[str]:
    """SQL for the owner to run, after each migration; the same again does no harm. `role`: an identifier."""
    return [
        f'GRANT USAGE ON SCHEMA public TO "{role}";',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}";',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}";',
        f'REVOKE UPDATE, DELETE ON {", ".join(_ONLY_ADDED_TO)} FROM "{role}";',
        f'REVOKE INSERT, UPDATE, DELETE ON {", ".join(_ONLY_READ)} FROM "{role}";',
    ]
