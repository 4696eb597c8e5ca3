"""The rule behind a finding, where it is one of ours."""

from __future__ import annotations

from functools import cache

from openbook.findings import Rule


@cache
def _rules() -> dict[str, Rule]:
    from openbook.rules.table import RULES

    return {rule.code: rule for rule in RULES}


def known(code: str) -> Rule | None:
    """The rule of this code, None for a code that is not in the table."""
    return _rules().get(code)
