import pytest

from openbook.rules.ob805 import RULE
from tests.rules.wording import findings, messages


@pytest.mark.parametrize(
    "text",
    [
        "2024年预算收入XX万元。",
        "2024年××部门预算公开",
        "比上年增加____万元。",
        "部门名称：{单位名称}",
        "收入预算{{ total }}万元",
        "填报日期：  年  月  日",
        "某某局2024年部门预算",
        "主要原因是（待填写）。",
    ],
)
def test_blanks_of_a_template_are_found(text):
    assert len(findings(RULE, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "经办人：赵某某，联系电话：139****0000",
        "真如城市副中心X101、XX102地块",
        "**一、基本支出：**指为保障机构正常运转的支出。",
        "依据晋政办发【2019】75号文件，2024年1月19日",
        "结余<0的单位，指标值≥95%",
    ],
)
def test_masks_bold_and_numbers_do_not_fire(text):
    assert findings(RULE, text) == []


def test_letters_that_stand_for_words():
    assert messages(RULE, "比上年增加12万元，主要原因是XXX。")
    assert messages(RULE, "使用XML和XLSX格式，型号为XX3。") == []
