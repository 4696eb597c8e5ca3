"""All rules, in one visible place. A rule that is not listed here does not exist."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from openbook.findings import Rule

CODES = (
    # reading
    "OB001", "OB002", "OB003", "OB004", "OB005", "OB006", "OB007", "OB008", "OB009", "OB010",
    # statements
    "OB101", "OB102", "OB103", "OB104", "OB105", "OB106",
    # identities
    "OB201", "OB202", "OB203", "OB204", "OB205", "OB206", "OB207", "OB208", "OB209", "OB210", "OB211",
    # explanation
    "OB301", "OB302", "OB303", "OB304", "OB305", "OB306", "OB307", "OB308", "OB309", "OB310",
    "OB311", "OB312", "OB313", "OB314", "OB321", "OB322", "OB323", "OB324",
    # classification
    "OB401", "OB402", "OB403", "OB404", "OB405", "OB406", "OB407", "OB408", "OB409",
    # performance
    "OB501", "OB502", "OB503", "OB504", "OB505", "OB506", "OB507", "OB508", "OB509", "OB510",
    "OB511", "OB512", "OB513", "OB514", "OB515", "OB516", "OB517", "OB518", "OB519", "OB520",
    "OB521",
    # procurement and assets
    "OB601", "OB602", "OB603", "OB604", "OB605", "OB606", "OB607", "OB608", "OB609", "OB610",
    # personal data, metadata, hidden content
    "OB701", "OB702", "OB703", "OB704", "OB705", "OB706",
    # leftovers
    "OB801", "OB802", "OB803", "OB804", "OB805", "OB806", "OB807", "OB808", "OB809", "OB810",
    "OB811", "OB812",
)  # fmt: skip


def _load(code: str) -> Rule:
    found: Rule = import_module(f"openbook.rules.{code.lower()}").RULE
    return found


RULES: tuple[Rule, ...] = tuple(_load(code) for code in CODES)


@cache
def _by_code() -> dict[str, Rule]:
    return {rule.code: rule for rule in RULES}


def rule(code: str) -> Rule:
    """The rule of this code. Raises KeyError where there is none."""
    return _by_code()[code]
