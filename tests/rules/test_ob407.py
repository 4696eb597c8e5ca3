from openbook.rules.ob407 import RULE
from tests.accounts.samples import findings, severities


def basic(*rows: str) -> str:
    return "# general_basic\n" + "\n".join(rows)


def test_trade_union_dues_are_no_meetings():
    (found,) = findings(RULE, basic("| 商品和服务支出", "| 工会经费 | -> 会议费"))
    assert found.severity.word == "warning"
    assert "办公经费" in found.message


def test_both_natures_are_right():
    rows = ["| 商品和服务支出", "| 工会经费 | -> 办公经费", "| 工会经费 | -> 商品和服务支出"]
    assert findings(RULE, basic(*rows)) == []


def test_a_code_decides_before_the_name():
    assert severities(RULE, basic("30113 | 住房公积金 | -> 社会保障缴费")) == ["warning"]


def test_a_mapping_known_by_memory_is_a_remark():
    assert severities(RULE, basic("| 对个人和家庭的补助", "| 助学金 | -> 离退休费")) == ["info"]


def test_must_not_fire():
    rows = [
        "| 对个人和家庭的补助",
        "| 退休费 | -> 离退休费",
        "| 奖励金 | -> 社会福利和 救助",
        "| 其他对个人和家庭的补助 | -> 其他对个人和家庭补助",
        "| 代缴社会保险费 | -> 社会福利和救助",
        "| 抚恤金 | -> 读不清的字",
        "| 不认得的费用 | -> 会议费",
        "| 生活补助 |",
    ]
    assert findings(RULE, basic(*rows)) == []
