from openbook.findings import Severity
from openbook.rules.ob307 import RULE
from tests.narrative.samples import findings

TEXT = (
    "“一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）”390.00万元，主要用于人员。"
    "2023年预算执行数为300.00万元，2024年预算安排{}万元，比2023年预算执行数增加30.00%。"
)


def test_two_amounts_for_one_item_are_an_error():
    [finding] = findings(RULE, general=TEXT.format("392.32"))
    assert finding.severity is Severity.ERROR
    assert (finding.expected, finding.actual) == ("390.00万元", "392.32万元")


def test_the_same_amount_twice_is_silent():
    assert not findings(RULE, general=TEXT.format("390.00"))


def test_parts_of_running_costs_are_not_the_three_public_expenses():
    assert not findings(
        RULE,
        operating="机关运行经费50.00万元，主要用于公务接待0.30万元等；上年结转安排用于公务接待0.90万元。",
    )
