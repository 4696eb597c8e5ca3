from openbook.rules.ob313 import RULE
from tests.narrative.samples import document, findings


def last_year():
    made = document({})
    made.year = 2023
    return made


def test_change_against_last_years_disclosure():
    before = last_year()
    before.cell("operating", "total", "total").amount = 400_000_000
    text = "2024年机关运行经费50.00万元，比2023年预算增加{}万元。"
    assert not findings(RULE, before, operating=text.format("10.00"))
    [finding] = findings(RULE, before, operating=text.format("20.00"))
    assert finding.expected == "增加10.00万元"


def test_standstill_against_last_years_disclosure():
    assert not findings(RULE, last_year(), operating="2024年机关运行经费50.00万元，与上年预算持平。")
    before = last_year()
    before.cell("operating", "total", "total").amount = 400_000_000
    assert findings(RULE, before, operating="2024年机关运行经费50.00万元，与上年预算持平。")


def test_execution_is_not_compared_with_budget():
    before = last_year()
    before.cell("operating", "total", "total").amount = 400_000_000
    assert not findings(
        RULE, before, operating="2024年机关运行经费50.00万元，比2023年预算执行数增加20.00万元。"
    )


def test_without_last_year_nothing_is_said():
    assert not findings(RULE, operating="2024年机关运行经费50.00万元，比2023年预算增加20.00万元。")
