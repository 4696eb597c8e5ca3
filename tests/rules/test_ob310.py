from openbook.findings import Severity
from openbook.rules.ob310 import RULE
from tests.narrative.samples import findings

HEAD = "一般公共预算支出900.00万元。\n\n财政拨款支出主要内容如下：\n\n"
OFFICE = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）"
AGED = "社会保障和就业支出（类）行政事业单位养老支出（款）"
ALL = (
    f"1. “{OFFICE}行政运行（项）”390.00万元。\n\n2. “{OFFICE}一般行政管理事务（项）”500.00万元。\n\n"
    f"3. “{AGED}行政单位离退休（项）”6.00万元。\n\n"
)


def test_an_item_of_the_statement_that_is_not_explained():
    [finding] = findings(RULE, general=HEAD + ALL)
    assert "2080502 事业单位离退休" in finding.message
    assert finding.severity is None


def test_a_complete_explanation_is_silent():
    assert not findings(RULE, general=HEAD + ALL + f"4. “{AGED}事业单位离退休（项）”4.00万元。")


def test_items_greater_than_the_total_are_an_error():
    found = findings(
        RULE, general=HEAD + ALL.replace("390.00", "432.18") + f"4. “{AGED}事业单位离退休（项）”4.00万元。"
    )
    [finding] = found
    assert finding.severity is Severity.ERROR
    assert finding.difference == "42.18万元"


def test_an_item_that_no_statement_has():
    found = findings(RULE, general=HEAD + ALL + f"4. “{AGED}事业单位离岗（项）”4.00万元。")
    assert [finding.key[0] for finding in found] == ["item-not-in-statement"]
