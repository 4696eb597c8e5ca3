"""identities.toml is one whole: every word in it is known to the code that reads it."""

import re
from importlib import import_module

import pytest

from openbook.statements.conditions import CONDITIONS
from openbook.statements.declared import identities
from openbook.statements.identities import BUDGETS, SOURCES, apply
from openbook.statements.words import words
from tests.statements.tables import read

KINDS = {pattern.key for pattern in words().titles} - {"none"}
COLUMNS = {pattern.key for table in words().columns.values() for pattern in table} | {"amount"}
LINES = {pattern.key for table in words().lines.values() for pattern in table}
FAMILIES = {
    code: import_module(f"openbook.rules.{code}")._FAMILIES
    for code in ("ob201", "ob202", "ob203", "ob204", "ob205", "ob206", "ob207", "ob210")
}
ALL = pytest.mark.parametrize("identity", identities(), ids=lambda identity: identity.id)
_TERM = re.compile(r"-?(?:\?(?P<condition>\w+) )?(?P<kind>\w+)/(?P<rows>[^/]+)/(?P<columns>[^/]+)")


def test_every_id_is_used_once():
    names = [identity.id for identity in identities()]
    assert len(set(names)) == len(names)


def test_every_family_has_one_rule_and_every_rule_a_family():
    listed = [family for families in FAMILIES.values() for family in families]
    assert sorted(listed) == sorted({identity.family for identity in identities()})


@ALL
def test_an_identity_says_what_it_is_and_on_what_it_rests(identity):
    assert identity.title
    assert identity.basis
    assert identity.form in ("row", "tree", "lines", "nested", "linear")
    assert identity.sense in ("=", ">=")
    assert identity.each in ("", "class", "code", "source", "budget")
    assert set(identity.when) <= CONDITIONS.keys()
    assert set(identity.statements) <= KINDS
    assert bool(identity.statements) != (identity.form == "linear")


@ALL
def test_its_columns_and_lines_are_known(identity):
    if identity.form == "row":
        assert {identity.total, *identity.parts} <= COLUMNS
    if identity.form == "lines":
        named = {option for part in identity.parts for option in part.split("|")}
        named = {each for each in named if not (each.startswith("rev.carryover.") or each.isdigit())}
        assert {identity.total, *named} <= LINES | {"class", "rev.source"}
    for path in (*identity.has, *identity.lacks):
        assert re.split(r"[./]", path)[0] in KINDS


@ALL
def test_its_terms_are_known(identity):
    for path in (identity.left, *identity.right) if identity.form == "linear" else ():
        term = _TERM.fullmatch(path)
        assert term is not None, path
        assert term["kind"] in KINDS
        assert term["condition"] is None or term["condition"] in CONDITIONS
        assert set(term["columns"].split("|")) <= COLUMNS | {"*"}
        for row in term["rows"].split("|"):
            known = LINES | {"total", "*", "rev.*"}
            assert row in known or row.startswith("rev.carryover.") or row.isdigit(), row


def test_sources_and_budgets_are_columns():
    assert set(SOURCES) <= COLUMNS
    assert set(BUDGETS) <= set(SOURCES)


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_every_condition_is_used(name):
    asked = {each for identity in identities() for each in identity.when}
    asked |= {path[1:].split()[0] for identity in identities() for path in identity.right if path[0] == "?"}
    assert name in asked


def test_what_does_not_apply_says_why():
    applied = apply(
        read("支出总表\n科目编码 | 科目名称 | 合计\n合计 | | 1.00\n201 | 一般公共服务支出 | 1.00")
    )
    assert [equation.identity.id for equation in applied.equations] == ["T1"]
    assert applied.not_applicable.keys() == {identity.id for identity in identities()} - {"T1"}
    assert all(applied.not_applicable.values())
