import pytest

from tests.statements.tables import findings, report

ROW = """2024年部门预算支出总表
单位：{}
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
2010301 | 行政运行 | {} | {} | {}"""


def test_a_tail_is_told_with_both_sides():
    [found] = findings("OB209", ROW.format("万元", "2804.37", "504.82", "2299.56"))
    assert found.severity.word == "info"
    assert "相差 -0.01" in found.message
    assert "0.015" in found.message


def test_without_a_tail_nothing_is_told():
    assert findings("OB209", ROW.format("万元", "2804.37", "504.82", "2299.55")) == []


@pytest.mark.parametrize(
    ("unit", "total", "basic", "project"),
    [
        ("万元", "10.00", "4.99", "5.00"),
        ("万元", "10.00", "5.01", "5.00"),
        ("元", "100,001", "50,000", "50,000"),
        ("元", "99,999", "50,000", "50,000"),
    ],
)
def test_a_tail_is_info_and_never_more(unit, total, basic, project):
    made = report(ROW.format(unit, total, basic, project))
    assert [found.severity.word for found in made.findings if found.code.startswith("OB2")] == ["info"]
    assert made.counts.rounding == 1


def test_must_not_fire_for_what_is_broken():
    assert findings("OB209", ROW.format("元", "100,003", "50,000", "50,000")) == []
