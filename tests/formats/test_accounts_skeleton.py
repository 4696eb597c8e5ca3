"""Final accounts (决算) in the nine-table skeleton: every table is understood, and a wrong figure is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openbook.api import Document, check_document, read_document
from openbook.document import Statement
from scripts.samples.__main__ import SOURCES
from scripts.samples.plain import parse
from scripts.samples.text import text

PLAIN = (SOURCES / "accounts-2024.txt.txt").read_text("utf-8")
KINDS = [
    "summary", "revenue", "expenditure", "appropriation", "general_expenditure",
    "general_basic", "three_public", "fund_expenditure", "state_capital",
]  # fmt: skip
WAN = 10_000_000  # li


def read(plain: str, folder: Path) -> Document:
    path = folder / "决算.txt"
    path.write_bytes(text(parse(plain)))
    return read_document(str(path))


def table(title: str, rows: str, folder: Path) -> Statement:
    """The one statement of a document that holds nothing else."""
    document = read(f"# 某省甲市乙区某局2024年度部门决算\n## {title}\n单位：万元\n{rows}", folder)
    assert [problem.message for problem in document.problems] == []
    assert len(document.statements) == 1
    return document.statements[0]


def amounts(statement: Statement | None, *keys: str) -> list[dict[str, float]]:
    """Figures of the rows in 万元; blank ones are left out."""
    assert statement is not None
    found = []
    for key in keys:
        row = statement.row(key)
        assert row is not None, (key, [one.key for one in statement.rows])
        found.append({name: cell.amount / WAN for name, cell in row.cells.items() if cell.amount})
    return found


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return read(PLAIN, tmp_path_factory.mktemp("accounts"))


def test_all_nine_are_there(accounts: Document) -> None:
    assert [statement.kind for statement in accounts.statements] == KINDS
    assert (accounts.stage, accounts.layout, accounts.year) == ("accounts", "accounts-9", 2024)
    assert accounts.problems == []
    assert all(statement.reliable for statement in accounts.statements)


def test_summary_ends_in_balances(accounts: Document) -> None:
    summary = accounts.statement("summary")
    assert amounts(summary, "rev.current", "rev.use_of_balance", "rev.carryover", "rev.total") == [
        {"amount": 1155.44}, {"amount": 0.7}, {"amount": 37.0}, {"amount": 1193.14},
    ]  # fmt: skip
    assert amounts(summary, "exp.current", "exp.distribution", "exp.carryover", "exp.total") == [
        {"amount": 1167.09}, {}, {"amount": 26.05}, {"amount": 1193.14},
    ]  # fmt: skip
    assert amounts(summary, "rev.superior", "rev.operations", "rev.subordinate", "rev.other") == [
        {}, {}, {}, {"amount": 10.0},
    ]  # fmt: skip


def test_revenue_and_expenditure_have_every_column(accounts: Document) -> None:
    revenue, expenditure = accounts.statement("revenue"), accounts.statement("expenditure")
    assert [column.key for column in revenue.columns][1:] == [
        "appropriation", "superior", "business", "operations", "subordinate", "other",
    ]  # fmt: skip
    assert [column.key for column in expenditure.columns] == [
        "total", "basic", "project", "superior", "operations", "subordinate",
    ]  # fmt: skip
    assert len(expenditure.rows) == 20


def test_appropriation_carries_over_by_budget(accounts: Document) -> None:
    appropriation = accounts.statement("appropriation")
    assert amounts(appropriation, "rev.carryover", "rev.carryover.general", "exp.carryover") == [
        {"amount": 35.2}, {"amount": 35.2}, {"total": 26.05, "general": 21.05, "fund": 5.0},
    ]  # fmt: skip


def test_basic_stands_in_two_halves(accounts: Document) -> None:
    basic = accounts.statement("general_basic")
    assert [row.key for row in basic.rows][:4] == ["301", "302", "30101", "30201"]
    assert amounts(basic, "301", "303", "302", "310", "personnel", "public") == [
        {"amount": 623.53}, {"amount": 8.48}, {"amount": 141.92}, {"amount": 17.5},
        {"amount": 632.01}, {"amount": 159.42},
    ]  # fmt: skip


def test_three_public_lies_and_is_stood_up(accounts: Document) -> None:
    three = accounts.statement("three_public")
    assert [column.key for column in three.columns] == ["budget", "amount"]
    assert amounts(three, "three.total", "three.vehicle", "three.running", "three.reception") == [
        {"budget": 6.5, "amount": 5.16}, {"budget": 5.0, "amount": 4.2},
        {"budget": 5.0, "amount": 4.2}, {"budget": 1.5, "amount": 0.96},
    ]  # fmt: skip
    assert three.cell("three.total", "amount").place.column is not None


def test_funds_carry_their_balance(accounts: Document) -> None:
    fund, capital = accounts.statement("fund_expenditure"), accounts.statement("state_capital")
    keys = ["carryover", "current", "total", "basic", "project", "year_end"]
    assert [column.key for column in fund.columns] == keys
    assert [column.key for column in capital.columns] == keys
    assert (
        amounts(fund, "total", "2120899")
        == [{"current": 65.0, "total": 60.0, "project": 60.0, "year_end": 5.0}] * 2
    )
    assert capital.empty
    assert "无数据" in capital.note


def test_three_blocks_side_by_side(tmp_path: Path) -> None:
    head = "人员经费\t<\t<\t公用经费\t<\t<\t<\t<\t<\n" + "\t".join(["科目编码\t科目名称\t金额"] * 3)
    rows = (
        "301\t工资福利支出\t9.00\t302\t商品和服务支出\t3.00\t310\t资本性支出\t1.50\n"
        "30101\t基本工资\t9.00\t30201\t办公费\t3.00\t31002\t办公设备购置\t1.50\n"
        "303\t对个人和家庭的补助\t0.50\t\t\t\t\t\t\n"
        "人员经费合计\t<\t9.50\t公用经费合计\t<\t<\t<\t<\t4.50\n"
    )
    basic = table("一般公共预算财政拨款基本支出决算表", f"{head}\n{rows}", tmp_path)
    assert amounts(basic, "30101", "30201", "31002", "303") == [
        {"amount": 9.0}, {"amount": 3.0}, {"amount": 1.5}, {"amount": 0.5},
    ]  # fmt: skip
    assert amounts(basic, "personnel", "public") == [{"amount": 9.5}, {"amount": 4.5}]


def test_numbers_of_lines_are_no_amounts(tmp_path: Path) -> None:
    summary = table(
        "收入支出决算总表",
        "收入\t<\t<\t支出\t<\t<\n项目\t行次\t金额\t项目\t行次\t金额\n栏次\t\t1\t栏次\t\t2\n"
        "一、一般公共预算财政拨款收入\t1\t8.00\t一、一般公共服务支出\t32\t8.50\n"
        "八、其他收入\t8\t1.00\t二、外交支出\t33\t\n"
        "本年收入合计\t27\t9.00\t本年支出合计\t57\t8.50\n"
        "使用非财政拨款结余\t28\t\t结余分配\t58\t\n"
        "年初结转和结余\t29\t0.50\t年末结转和结余\t59\t1.00\n总计\t31\t9.50\t总计\t62\t9.50\n",
        tmp_path,
    )
    assert amounts(summary, "rev.general", "rev.total", "201", "exp.carryover") == [
        {"amount": 8.0}, {"amount": 9.5}, {"amount": 8.5}, {"amount": 1.0},
    ]  # fmt: skip


ITEMS = "合计\t因公出国（境）费\t公务用车购置及运行维护费\t<\t<\t公务接待费"
BELOW = "^\t^\t小计\t公务用车购置费\t公务用车运行维护费\t^"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            "预算数" + "\t<" * 5 + "\t决算数" + "\t<" * 5 + f"\n{ITEMS}\t{ITEMS}\n{BELOW}\t{BELOW}\n"
            + "\t".join(map(str, range(1, 13))) + "\n4.00\t\t3.00\t\t3.00\t1.00\t3.50\t\t3.00\t\t3.00\t0.50\n",
            id="budget-then-outcome",
        ),
        pytest.param(
            "项目\t预算数\t决算数\n合计\t4.00\t3.50\n一、因公出国（境）费\t\t\n"
            "二、公务用车购置及运行维护费\t3.00\t3.00\n其中：公务用车购置费\t\t\n"
            "公务用车运行维护费\t3.00\t3.00\n三、公务接待费\t1.00\t0.50\n",
            id="standing",
        ),
    ],
)  # fmt: skip
def test_three_public_in_other_shapes(rows: str, tmp_path: Path) -> None:
    three = table("财政拨款“三公”经费支出决算表", rows, tmp_path)
    assert amounts(three, "three.total", "three.vehicle", "three.purchase", "three.reception") == [
        {"budget": 4.0, "amount": 3.5}, {"budget": 3.0, "amount": 3.0}, {},
        {"budget": 1.0, "amount": 0.5},
    ]  # fmt: skip


def test_three_public_of_a_budget_may_lie_too(tmp_path: Path) -> None:
    three = table("“三公”经费支出预算表", f"{ITEMS}\n{BELOW}\n4.00\t\t3.00\t\t3.00\t1.00\n", tmp_path)
    assert amounts(three, "three.total", "three.running") == [{"amount": 4.0}, {"amount": 3.0}]


def test_consistent_accounts_have_no_finding(accounts: Document) -> None:
    assert list(check_document(accounts).findings) == []


@pytest.mark.parametrize(
    ("right", "wrong", "statement"),
    [
        ("总计\t1193.14\t总计\t1193.14", "总计\t1193.24\t总计\t1193.14", "收入支出决算总表"),
        ("人员经费合计\t<\t632.01", "人员经费合计\t<\t632.11", "基本支出决算表"),
        ("6.50\t5.16\t", "6.50\t5.26\t", "三公"),
        ("60.00\t\t60.00\t5.00", "60.00\t\t60.00\t5.10", "政府性基金"),
        ("30101\t基本工资\t168.20", "30101\t基本工资\t168.30", "基本支出决算表"),
        ("本年支出合计\t1154.59\t1094.59", "本年支出合计\t1154.59\t1094.69", "财政拨款收入支出决算总表"),
    ],
)
def test_a_wrong_figure_is_an_error_there(right: str, wrong: str, statement: str, tmp_path: Path) -> None:
    assert right in PLAIN
    found = check_document(read(PLAIN.replace(right, wrong), tmp_path)).findings
    places: list[Any] = [
        location for finding in found if finding.severity.name == "ERROR" for location in finding.locations
    ]
    assert any(
        statement in (location.statement or "").replace("“", "").replace("”", "") for location in places
    )
