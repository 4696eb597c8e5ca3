"""`openbook show`: statements, claims and forms as understood, for readers and for programs."""

import json

import pytest

from openbook.commands import show
from openbook.document import (
    Cell,
    Claim,
    Column,
    Document,
    Form,
    Fund,
    Indicator,
    Row,
    Statement,
    Target,
    Text,
)
from openbook.money import Unit
from openbook.reading.errors import Unreadable
from openbook.source import Paragraph, Piece, Place, Problem, Source


def document(path):
    statement = Statement(
        "expenditure", "支出总表", Place(10), Unit.WAN, last=Place(12), note="本表无数据", reliable=False
    )
    column = Column("total", "合计", 0)
    statement.columns = [column, Column("basic", "基本支出\x1b[31m", 1)]
    row = Row(statement, "201", "201", "一般公共服务支出", None, Place(12))
    cell = Cell(row, column, "198.30", Place(12, 5, 11), 1_983_000_000, 50_000)
    row.cells = {"total": cell}
    statement.rows = [row]
    paragraph = Paragraph("支出198.30万元。", (Piece(0, Place(20)),))
    claim = Claim("amount", "支出", "expenditure.total", 1_983_000_000, 50_000, Place(20, 3, 11), "198.30万元",
                  paragraph.text, paragraph, 2, cells=(cell,))  # fmt: skip
    form = Form(Text("目标表", Place(30)), Text("某项目", Place(31)), place=Place(30), last=Place(40))
    form.funds = [
        Fund("total", "资金总额", 1_000_000_000, 0, Place(32), True),
        Fund("own", "自有", None, 0, Place(33), False),
    ]
    target = Target("≥95%", Place(35), ">=", 950_000, "%")
    form.indicators = [Indicator("产出指标", "数量指标", Text("办件量", Place(35)), target, None)]
    form.texts = {"总体目标": Text("办好", Place(34))}
    return Document(
        Source(path, "txt", []), "某局", 2024, "shanxi-13", statements=[statement], claims=[claim], forms=[form],
        problems=[Problem("OB004", "表头没有读懂", Place(11))],
    )  # fmt: skip


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(show, "read_document", document)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    return tmp_path / "a.txt"


def test_everything_is_shown_with_its_lines(path, openbook):
    ran = openbook("show", path)
    assert ran.status == 0
    lines = ran.out.splitlines()
    for part in (
        "  某局，2024 年度，部门预算，shanxi-13",
        "  OB004 表头没有读懂（第 11 行）",
        "《支出总表》 [expenditure] 第 10–12 行 单位：万元  栏目是推断的",
        "  注：本表无数据（位置不明）",
        "    20  金额 支出 198.30万元 → expenditure.total = 《支出总表》“201 一般公共服务支出”行“合计”栏",
        "某项目  第 30–40 行",
        "    32  整个期间 资金总额 100.00 万元",
        "    33  本年 自有 未填",
        "    35  产出指标 › 数量指标 › 办件量  ≥95%",
    ):
        assert part in lines
    assert any(line.split() == ["12", "201", "一般公共服务支出", "198.30"] for line in lines)
    assert "\x1b" not in ran.out


def test_programs_get_json(path, openbook):
    told = json.loads(openbook("show", path, "--format", "json").out)
    cell = told["statements"][0]["rows"][0]["cells"]["total"]
    assert (cell["text"], cell["li"], cell["line"]) == ("198.30", 1_983_000_000, 12)
    assert told["claims"][0]["cells"] == ["《支出总表》“201 一般公共服务支出”行“合计”栏"]
    assert told["forms"][0]["indicators"][0]["target"]["number"] == 950_000
    assert told["problems"][0]["code"] == "OB004"


@pytest.mark.parametrize(
    ("error", "told"),
    [(Unreadable("文件已加密"), "文件已加密"), (PermissionError(13, "Permission denied"), "没有权限")],
)
def test_a_file_that_cannot_be_read_is_explained(error, told, path, openbook, monkeypatch):
    def fail(_):
        raise error

    monkeypatch.setattr(show, "read_document", fail)
    ran = openbook("show", path)
    assert ran.status == 2
    assert told in ran.err
