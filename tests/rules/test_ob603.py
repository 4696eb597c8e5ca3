import pytest

from openbook.findings import Severity
from openbook.rules.ob603 import RULE
from tests.rules.wording import findings


def test_uses_that_do_not_make_the_total():
    [finding] = findings(
        RULE, "截至2023年12月31日，共有车辆3辆，其中：机要通信用车1辆、执法执勤用车0辆、其他用车1辆。"
    )
    assert (finding.actual, finding.expected) == ("3", "2")


def test_more_uses_than_vehicles_even_where_the_list_is_open():
    assert findings(RULE, "实有车辆1辆，其中：机要通信用车1辆，应急保障用车1辆。")


def test_more_vehicles_than_established_is_a_warning():
    [finding] = findings(RULE, "本局共有公务用车编制2辆，实有3辆。")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    [
        "截至2023年12月31日，共有公务用车编制2辆，实有2辆，其中：领导用车1辆，机要通信用车0辆，特种专业技术用车1辆，其他公务用车0辆。",
        "固定资产3149.52万元，其中：车辆7辆（一般公务用车3辆，执法执勤用车4辆，其他用车0辆）；专用设备818台。",
        "2024年部门预算安排购置车辆1辆，其中：机要通信用车0辆、其他用车1辆；购置设备0台。",
        "共有车辆7辆，其中：机要通信用车1辆、执法执勤用车2辆等。",
        "共有车辆2辆，其中：应急保障用车0辆、其他用车2辆（其中：业务用车2辆）。",
        "共有车辆2辆，其中：应急保障用车0辆、其他用车2辆，其他用车主要是业务用车2辆。",
        "“三公”经费增加，主要原因是公务用车增加1辆。",
    ],
)
def test_numbers_that_agree_do_not_fire(text):
    assert findings(RULE, text) == []


def test_vehicles_of_leading_cadres_are_a_use_like_the_others():
    uses = "部级领导干部用车0辆、主要领导干部用车1辆、机要通信用车0辆、其他用车6辆"
    assert findings(RULE, f"共有车辆8辆，其中：{uses}；单价100万元以上设备0台。")
    assert findings(RULE, f"共有车辆7辆，其中：{uses}；单价100万元以上设备0台。") == []
