import pytest

from openbook.rules.ob601 import RULE
from tests.rules.wording import findings

SHANXI = "2024年某局政府采购预算总额{}万元。其中：政府采购货物预算0.50万元、政府采购工程预算0万元、政府采购服务预算6.00万元。"


def test_a_total_that_is_not_the_sum_is_found_with_the_difference():
    [finding] = findings(RULE, SHANXI.format("7.50"))
    assert (finding.actual, finding.expected, finding.difference) == ("7.50", "6.50", "1.00")
    assert len(finding.locations) == 4


@pytest.mark.parametrize(
    "text",
    [
        SHANXI.format("6.50"),
        SHANXI.format("6.51"),  # rounding
        "2024年政府采购预算830万元，其中：货物类10万元、工程类550万元、服务类270万元。",
        "本部门政府采购预算12.00万元，其中货物3.00万元。",  # the rest is not told
        "2023年政府采购预算5.00万元，2024年政府采购预算6.50万元，其中：货物0.50万元、工程0万元、服务6.00万元。",
        "安排政府采购预算0.00万元。具体内容见下表。",
        "负责整合全区政府采购体系，货物和服务2项。",
    ],
)
def test_sums_that_hold_or_cannot_be_judged_do_not_fire(text):
    assert findings(RULE, text) == []


def test_a_part_greater_than_the_total_is_found_although_others_are_missing():
    assert findings(RULE, "政府采购预算12.00万元，其中货物30.00万元。")
