"""Which apps there are: the folders of this package say it, in the order of the design.

A folder under an area is an app when it has a `procedure.py`, a `models.py` or an `apps.py`. So a new
kind of matter is one folder; and a bureau's own, outside this package, is named by ONEWINDOW_APPS.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_ROOT = Path(__file__).parent.parent
AREAS = ("gateways", "approval", "citizens", "market", "office", "oversight", "finance")
_ROOMS = ("procedure.py", "models.py", "apps.py")


def apps(more: Iterable[str] = ()) -> list[str]:
    """Names of all apps, lowest first; `more`: packages of the bureau's own."""
    found = ["onewindow.kernel", "onewindow.people"]
    for area in AREAS:
        folders = sorted(path for path in (_ROOT / area).glob("*") if path.is_dir())
        found += [f"onewindow.{area}.{folder.name}" for folder in folders if _is_app(folder)]
    return [*found, *more, "onewindow.main"]


def _is_app(folder: Path) -> bool:
    return any((folder / room).exists() for room in _ROOMS)
