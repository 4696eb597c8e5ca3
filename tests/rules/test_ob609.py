import pytest

from openbook.rules.ob609 import RULE
from tests.rules.wording import check, findings, understood


def test_a_date_of_an_earlier_year_and_a_missing_date():
    [old] = findings(RULE, "截至2021年12月31日，共有车辆7辆。", year=2024)
    assert old.expected == "2023"
    [missing] = findings(RULE, "我局共有车辆7辆，房屋面积200平方米。", year=2024)
    assert missing.key == ("assets", "no-date")


@pytest.mark.parametrize(
    "text",
    [
        "截至2023年12月31日，共有车辆7辆。",
        "截止2023年8月31日，共有车辆7辆。",
        "本单位目前没有公务用车。",
        "上年末固定资产金额为202.00万元。",
        "购买运输车辆5辆的补助资金。",
        "截至2020年底，全县脱贫人口全部退出。",
    ],
)
def test_plausible_dates_and_no_assets_do_not_fire(text):
    assert findings(RULE, text, year=2024) == []


def test_final_accounts_count_at_the_end_of_their_own_year():
    assert findings(RULE, "截至2023年12月31日，共有车辆7辆。", year=2023, stage="accounts") == []


SECTION = "## 十一、国有资产占有使用情况\n\n### 1、车辆情况：\n\n{}\n\n### 2、房屋情况：\n\n{}\n"


def test_a_section_without_any_date():
    made = understood(SECTION.format("本单位目前没有公务用车。", "本单位没有房屋。"))
    [finding] = check(RULE, made)
    assert finding.severity is None
    for words in (
        "截至2023年12月31日，没有公务用车。",
        "2023年12月31日没有公务用车。",
        "上年年末没有公务用车。",
    ):
        assert not check(RULE, understood(SECTION.format(words, "本单位没有房屋。"))), words
