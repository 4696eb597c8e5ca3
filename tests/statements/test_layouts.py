"""Provinces are data: every file is well-formed, fits its own disclosures, and a new file is enough."""

import shutil
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest

from openbook.statements import layouts as module
from openbook.statements.layouts import Layout, layout, layouts
from openbook.statements.words import title_kind, words
from tests.statements.tables import read, report

KINDS = {pattern.key for pattern in words().titles} - {"none"}
BODY = "\n科目编码 | 科目名称 | 合计\n合计 | |\n\n注：本表无数据\n\n"
ALL = pytest.mark.parametrize("known", layouts(), ids=lambda known: known.id)

QINGHAI = """
id = "qinghai-3"
title = "青海省部门预算公开三表"
province = "青海"
stage = "budget"
years = [2022, 0]

[[statement]]
kind = "summary"
title = "部门收支情况总表"

[[statement]]
kind = "revenue"
title = "部门收入情况总表"

[[statement]]
kind = "expenditure"
title = "部门支出情况总表"
"""


def disclosure(known: Layout, year: int = 2024) -> str:
    return "".join(f"{year}年{title}{BODY}" for title in known.titles)


@ALL
def test_a_layout_is_well_formed(known):
    assert known.stage in ("budget", "accounts")
    assert 2000 < known.years[0] < 2100
    assert known.years[1] == 0 or known.years[0] <= known.years[1]
    assert len(set(known.kinds)) == len(known.kinds) == len(known.titles)
    assert set(known.kinds) <= KINDS
    assert [title_kind(title) for title in known.titles] == [(kind, None) for kind in known.kinds]
    assert known.title_of(known.kinds[0]) == known.titles[0]


def test_every_file_is_named_after_its_layout():
    folder = resources.files("openbook.statements.layouts")
    assert sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")) == sorted(
        f"{known.id}.toml" for known in layouts()
    )


@ALL
def test_a_disclosure_in_a_layout_is_known_as_that(known):
    document = read(disclosure(known))
    assert document.layout == known.id
    assert document.stage == known.stage
    assert [statement.kind for statement in document.statements] == list(known.kinds)


@ALL
def test_one_missing_statement_does_not_hide_the_layout(known):
    text = disclosure(known).replace(f"2024年{known.titles[-1]}{BODY}", "")
    assert read(text).layout == known.id


@ALL
def test_a_disclosure_in_its_layout_lacks_nothing(known):
    codes = {found.code for found in report(disclosure(known)).findings}
    assert codes.isdisjoint({"OB002", "OB003", "OB007", "OB101", "OB103", "OB104"})


def test_there_is_no_layout_without_an_id():
    assert layout(None) is None
    assert layout("mars-1") is None


def test_the_disclosure_of_a_unit():
    titles = ["单位收支总表", "单位收入总表", "单位支出总表", "预算单位“三公”经费支出表"]
    assert read("".join(title + BODY for title in titles)).level == "unit"
    assert read(disclosure(layouts()[0])).level == "department"


def test_a_new_province_is_a_new_file(tmp_path, monkeypatch):
    for entry in Path(str(resources.files("openbook.statements.layouts"))).glob("*.toml"):
        shutil.copy(entry, tmp_path)
    (tmp_path / "qinghai-3.toml").write_text(QINGHAI, encoding="utf-8")
    monkeypatch.setattr(module, "resources", SimpleNamespace(files=lambda _name: tmp_path))
    layouts.cache_clear()
    try:
        new = layout("qinghai-3")
        assert new is not None
        assert read(disclosure(new)).layout == "qinghai-3"
    finally:
        layouts.cache_clear()
