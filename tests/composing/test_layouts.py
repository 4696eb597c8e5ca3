"""Adding a province is adding a data file; every file that is there builds a disclosure without a finding."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest

from openbook.building.build import Wish, build_book
from openbook.building.proof import Proof, objections
from openbook.checking.engine import check_document, read_document, understand_source
from openbook.composing import layout as building
from openbook.composing.compose import compose
from openbook.composing.layout import WrongLayout, build_of, buildable
from openbook.findings import Severity
from openbook.statements import layouts as reading
from tests.book.books import BUREAU, CENTRE
from tests.composing.departments import CASES, LAYOUTS, department, disclosure

QINGHAI = """
id = "qinghai-3"
title = "青海省部门预算公开三表"
province = "青海"
stage = "budget"
years = [2022, 0]

[build]
unit = "元"
decimals = 0
statement_title = "{year}年{title}"
above = ["{level}：{department}", "单位：{unit}"]
number = "公开表{n}"
empty_note = "注：本表无数据"
form = "targets"
document = "plain.md"

[[statement]]
kind = "summary"
title = "部门收支情况总表"
rows = "sides"
head = ["收入 | < | 支出 | <", "项目 | 预算数 | 项目 | 预算数"]
columns = ["label", "amount", "label", "total"]
left = [["一般公共预算", "rev.general"], ["政府性基金预算", "rev.fund"], ["其他收入", "rev.other", "?"]]
tail = [
    ["本年收入合计", "rev.current", "本年支出合计", "exp.current"],
    ["上年结转", "rev.carryover", "年终结转", "exp.carryover", "?"],
    ["收入总计", "rev.total", "支出总计", "exp.total"],
]
widths = [30, 20, 30, 20]

[[statement]]
kind = "expenditure"
title = "部门支出情况总表"
rows = "functions"
total = "last"
head = ["支出功能科目 | < | 预算数 | < | <", "编码 | 名称 | 合计 | 基本支出 | 项目支出"]
columns = ["code", "name", "total", "basic", "project"]
widths = [12, 40, 16, 16, 16]

[[statement]]
kind = "general_basic"
title = "一般公共预算基本支出表"
rows = "economics"
scope = "general basic"
unit = "万元"
decimals = 2
head = ["编码 | 名称 | 合计 | 人员经费 | 公用经费"]
columns = ["code", "name", "total", "personnel", "public"]
widths = [12, 40, 16, 16, 16]
"""
DOCUMENT = """
{{ 封面(部门, 年 ~ "年部门预算") }}
{{ 目录() }}

# 第一部分 部门概况

{{ 正文("duties") }}

{{ 正文("organisation") }}

# 第二部分 部门预算表

{{ 报表() }}

# 第三部分 部门预算情况说明

{{ 年 }}年收入总计{{ 收入总计 }}，支出总计{{ 支出总计 }}，{{ 支出总计.比上年 }}。
"""


@pytest.fixture
def province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of layouts with one more file in it, and the document it names."""
    layouts, documents = tmp_path / "layouts", tmp_path / "composing" / "documents"
    for source, target in ((reading, layouts), ("openbook.composing", documents.parent)):
        shutil.copytree(Path(str(resources.files(source))), target, dirs_exist_ok=True)
    (layouts / "qinghai-3.toml").write_text(QINGHAI, encoding="utf-8")
    (documents / "plain.md").write_text(DOCUMENT, encoding="utf-8")
    there = {reading: layouts, "openbook.composing": documents.parent, "openbook.statements.layouts": layouts}
    kept = (building._files, build_of, reading.layouts)
    for module in (reading, building):
        monkeypatch.setattr(module, "resources", SimpleNamespace(files=there.__getitem__))
    for cached in kept:
        cached.cache_clear()
    yield layouts
    monkeypatch.undo()
    for cached in kept:
        cached.cache_clear()


def test_a_new_province_is_a_new_file(province: Path, tmp_path: Path) -> None:
    assert "qinghai-3" in buildable()
    book = department("shanxi-13-2024")
    book.layout = "qinghai-3"
    built = build_book(book, tmp_path / "out", Wish(("docx",)))
    assert [fault.describe() for fault in built.faults] == []
    document = read_document(str(built.files[0]))
    assert document.layout == "qinghai-3"
    assert [one.kind for one in document.statements] == ["summary", "expenditure", "general_basic"]
    findings = check_document(document).findings
    assert [one.message for one in findings if one.severity > Severity.INFO] == []
    total = document.cell("expenditure", "total", "total")
    assert total is not None
    assert total.value == 10 * sum(line.amount for line in book.expenditure) // 1000 * 1000
    assert document.cell("general_basic", "total", "total").row.statement.unit.value == "万元"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('rows = "functions"', 'rows = "pyramids"'),
        ('scope = "general basic"', 'scope = "general nonsense"'),
        ('"rev.general"', '"rev.nonsense"'),
        ('columns = ["code", "name", "total", "basic"', 'columns = ["code", "name", "nonsense", "basic"'),
        ('form = "targets"', 'shape = "targets"'),
        ('empty_note = "注：本表无数据"', ""),
    ],
)
def test_a_file_with_a_mistake_is_told_by_name(province: Path, wrong: str, right: str) -> None:
    (province / "qinghai-3.toml").write_text(QINGHAI.replace(wrong, right), encoding="utf-8")
    with pytest.raises(WrongLayout, match=r"qinghai-3\.toml 有误"):
        build_of("qinghai-3")


def test_a_layout_that_is_only_read_cannot_be_built() -> None:
    assert "beijing-14" not in buildable()
    for name in ("beijing-14", "mars-1", ""):
        with pytest.raises(WrongLayout, match=f"“{name}”。现有：.*shanxi-13-2024"):
            build_of(name)


@pytest.mark.parametrize(("layout", "unit"), CASES)
def test_every_layout_builds_at_every_level_without_a_finding(layout: str, unit: str) -> None:
    made = disclosure(layout, unit)
    assert len(made.blocks) > 20
    faults, report = objections(made, department(layout))
    assert [fault.describe() for fault in faults] == []
    assert report.layout == layout
    document = understand_source(Proof(made).source)
    if not layout.startswith("shanxi"):  # whose titles speak of neither
        assert document.level == ("unit" if unit else "department")
    assert document.department == made.department
    assert document.year == made.year


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_book_of_last_resort_builds_too(layout: str) -> None:
    """One line of money and nothing else but the texts that are asked for."""
    book = department(layout)
    book.expenditure = book.expenditure[:1]
    book.revenue = [one for one in book.revenue if one.unit == BUREAU][:1]
    book.revenue[0] = type(book.revenue[0])(BUREAU, "general", "current", book.expenditure[0].amount)
    book.projects, book.purchases, book.assets, book.controls = [], [], [], []
    book.purposes = {}
    composed = compose(book)
    assert composed.faults == []
    assert composed.disclosure is not None
    assert objections(composed.disclosure, book)[0] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_unit_speaks_of_itself_alone(layout: str) -> None:
    made = disclosure(layout, CENTRE)
    assert made.department == CENTRE
    assert made.level == "unit"
    assert made.title == f"{CENTRE}{made.year}年度单位预算公开"
    words = "".join(str(getattr(block, "text", "")) for block in made.blocks)
    words += "".join(table.title + "".join(table.above) for table in made.tables())
    assert "综合窗口服务外包" not in words
    of_department = re.sub("部门预算(?=支出经济|经济)", "", words)
    assert "部门预算" not in of_department
    assert "部门政府采购" not in words
