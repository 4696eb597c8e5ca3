from openbook.findings import Severity
from openbook.rules.ob302 import RULE
from tests.narrative.samples import findings


def test_a_share_that_does_not_come_out_is_an_error():
    [finding] = findings(
        RULE,
        expenditure="支出预算1000.00万元，其中：基本支出400.00万元，占45.00%；项目支出600.00万元，占60.00%。",
    )
    assert (finding.expected, finding.actual) == ("40.00%", "45.00%")
    assert finding.severity is Severity.ERROR


def test_right_shares_are_silent():
    assert not findings(
        RULE,
        expenditure="支出预算1000.00万元，其中：基本支出400.00万元，占40%；项目支出600.00万元，占60.00%。",
    )


def test_rounding_is_no_fault():
    assert not findings(
        RULE, expenditure="支出预算206万元，其中：基本支出18.37万元，占8.92%；项目支出187.62万元，占91.08%。"
    )


def test_a_share_of_the_revenue_of_this_year_is_silent():
    assert not findings(
        RULE,
        revenue="收入预算1000.00万元，其中：一般公共预算拨款收入900.00万元，占100%；上年结转100.00万元。",
    )


def test_a_share_of_another_total_is_not_judged():
    assert not findings(
        RULE, expenditure="支出预算1000.00万元，其中：基本支出400.00万元，占财政拨款支出的44.44%。"
    )


def test_a_total_without_its_zeros_is_the_one_of_the_statement():
    parts = "基本支出400.00万元，占{}；项目支出600.00万元，占60.00%。"
    assert findings(RULE, expenditure="支出预算1000万元，其中：" + parts.format("40.02%"))
    assert not findings(RULE, expenditure="支出预算1000万元，其中：" + parts.format("40.00%"))
