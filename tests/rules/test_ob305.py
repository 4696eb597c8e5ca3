from openbook.findings import Severity
from openbook.rules.ob305 import RULE
from tests.narrative.samples import findings

ITEM = "“一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）”390.00万元。"


def test_a_percentage_against_zero_is_an_error():
    [finding] = findings(
        RULE,
        general=ITEM + "2023年预算执行数为0万元，2024年预算安排390.00万元，比2023年预算执行数增加100.00%。",
    )
    assert finding.severity is Severity.ERROR
    assert "不能计算" in finding.message


def test_all_of_it_being_increase_means_zero_before():
    [finding] = findings(RULE, three_public="公务接待费1.20万元，比上年增加1.20万元，增长100%。")
    assert finding.key == ("zero-base", "three_public", "three.reception")


def test_an_increase_without_percentage_is_silent():
    assert not findings(
        RULE, general=ITEM + "2023年预算执行数为0万元，2024年预算安排390.00万元，增加390.00万元。"
    )


def test_a_base_above_zero_is_silent():
    assert not findings(
        RULE,
        general=ITEM
        + "2023年预算执行数为195.00万元，2024年预算安排390.00万元，比2023年预算执行数增加100.00%。",
    )
