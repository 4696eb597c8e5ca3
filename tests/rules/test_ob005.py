import pytest

from tests.statements.tables import findings, report

TABLE = """2024年部门预算支出总表
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
201 | 一般公共服务支出 | {} | | 12.30"""


def test_two_numbers_in_one_cell():
    [found] = findings("OB005", TABLE.format("12.30 45.60"))
    assert found.severity.word == "warning"
    assert "12.30 45.60" in found.message
    assert found.locations[0].place.line == 3


def test_one_number():
    assert findings("OB005", TABLE.format("12.30")) == []


@pytest.mark.parametrize("text", ["1 12.2", "12.3o", "拾贰", "12..3"])
def test_what_is_no_number_takes_no_part(text):
    made = report(TABLE.format(text))
    assert "OB005" in {found.code for found in made.findings}
    assert not any(found.severity.word == "error" for found in made.findings)
    assert made.counts.broken == 0


@pytest.mark.parametrize("text", ["", "-", "——", "无", "12. 30", "１２.３０", "(12.30)", "1,212.30"])
def test_must_not_fire_for_blanks_and_other_ways_to_print_a_number(text):
    assert findings("OB005", TABLE.format(text)) == []
