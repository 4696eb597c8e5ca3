"""Right sentences of every shape are silent; the same sentences with one wrong figure are not."""

import pytest

from openbook.narrative.lexer import items
from tests.narrative.samples import all_findings

# topic, right sentence, wrong variant (old, new), code that finds it
SENTENCES = [
    pytest.param(
        "change",
        "2024年度预算收入总计1,000.00万元，其中：本年收入900.00万元，上年结转100.00万元，为上年的5.02倍，"
        "比上年增加800.80万元，增长402.01%，主要原因是增加项目；预算支出总计1,000.00万元，"
        "其中：本年预算安排900.00万元，上年结转100.00万元，比上年增加800.80万元，增长402.01%，主要原因是增加项目。",
        ("900.00万元，上年结转100.00万元，比上年增加", "900.00万元，上年结转110.00万元，比上年增加"),
        "OB308",
        id="a multiple of last year's figure is no figure of last year",
    ),
    pytest.param(
        "change",
        "2024年度预算支出总计1,000.00万元，其中：本年预算安排900.00万元，上年结转100.00万元，相当于上年的80%，"
        "比上年减少250.00万元，下降20.00%。",
        ("20.00%", "25.00%"),
        "OB303",
        id="a percentage of last year's figure",
    ),
    pytest.param(
        "expenditure",
        "支出预算1000.00万元，其中：基本支出400.00万元，占40.00%，其中人员经费350.00万元，占基本支出的87.50%；"
        "公用经费50.00万元，占12.50%。项目支出600.00万元，占60.00%。",
        ("占12.50%", "占22.50%"),
        "OB302",
        id="the base of one share goes for the shares beside it",
    ),
    pytest.param(
        "expenditure",
        "支出预算1000.00万元，其中：基本支出400.00万元，占总支出的40.00%；其中人员经费350.00万元，"
        "占基本支出比重为87.50%。",
        ("87.50%", "35.50%"),
        "OB302",
        id="a share says what it is a share of",
    ),
    pytest.param(
        "three_public",
        "“三公”经费预算4.40万元，上年预算6.40万元，减少2.00万元，下降31.25%，主要原因是压减支出；"
        "因公出国（境）费0.00万元，与上年相同；公务接待费1.20万元，上年预算3.20万元，减少2.00万元，下降62.50%；"
        "公务用车购置及运行费3.20万元，与上年持平。",
        ("下降62.50%", "下降42.50%"),
        "OB303",
        id="sameness belongs to the item named last",
    ),
    pytest.param(
        "three_public",
        "“三公”经费预算4.40万元，上年预算6.40万元，减少2.00万元，因公出国（境）费0.00万元，与上年相同。",
        ("减少2.00万元", "减少3.00万元"),
        "OB303",
        id="sameness after a comma",
    ),
    pytest.param(
        "change",
        "2024年预算收支安排1000.00万元，较2023年预算783.92万元增加216.08万元，增长27.56%，其中：基本支出增加56.21万元，"
        "增长16.35%；项目支出增加159.87万元，增长36.32%，主要是增加了项目。",
        ("增长27.56%", "增长37.56%"),
        "OB303",
        id="growth after the change of a part is growth of that part",
    ),
    pytest.param(
        "change",
        "2024年预算收支安排1000.00万元，较2023年预算783.92万元增加216.08万元，其中：基本支出400.00万元，"
        "较2023年预算343.79万元增加56.21万元，增长16.35%；项目支出600.00万元，较2023年预算440.13万元增加159.87万元。",
        ("增加159.87万元", "增加169.87万元"),
        "OB303",
        id="last year's figures of the parts inside the comparison",
    ),
    pytest.param(
        "revenue",
        "2024年度预算收入1，000.00万元，其中：本年收入９００．００万元；上年结转100. 00万元。",
        ("1，000.00", "1，010.00"),
        "OB301",
        id="full-width commas and digits inside a number",
    ),
    pytest.param(
        "expenditure",
        "2024年度支出预算1,000.00万元（其中当年900.00、上年结转100.00），其中：基本支出400.00万元，项目支出600.00万元。",
        ("项目支出600.00万元", "项目支出610.00万元"),
        "OB308",
        id="a bracket without units before the list",
    ),
    pytest.param(
        "expenditure",
        "2024年度支出预算1,000.00万元（其中当年900.00万元、上年结转100.00万元），其中：基本支出400.00万元，"
        "项目支出600.00万元。",
        ("基本支出400.00万元", "基本支出390.00万元"),
        "OB308",
        id="a bracket is a list of its own",
    ),
    pytest.param(
        "expenditure",
        "2024年度支出预算1,000.00万元，包括：一般公共服务支出990.00万元（其中当年890.00万元、上年结转100.00万元）；"
        "社会保障和就业支出10.00万元。",
        ("一般公共服务支出990.00万元", "一般公共服务支出980.00万元"),
        "OB301",
        id="a bracket inside a list",
    ),
    pytest.param(
        "expenditure",
        "2024年度支出预算1,000.00万元，包括：一般公共服务支出990.00万元，其中当年890.00万元，上年结转100.00万元；"
        "社会保障和就业支出10.00万元。",
        ("社会保障和就业支出10.00万元", "社会保障和就业支出20.00万元"),
        "OB301",
        id="any amount may hold a carry-over",
    ),
    pytest.param(
        "revenue",
        "2024年度预算收入1,000.00万元，其中：本年收入900.00万元，其中一般公共预算拨款收入900.00万元，上年结转100.00万元。",
        ("上年结转100.00万元", "上年结转200.00万元"),
        "OB308",
        id="a carry-over beside the income of this year",
    ),
    pytest.param(
        "three_public",
        "“三公”经费预算4.40万元，其中：公务用车购置及运行费3.20万元，其中公务用车购置费0万元，公务用车运行维护费3.20万元，"
        "公务接待费1.20万元，因公出国（境）费0万元。",
        ("公务用车运行维护费3.20万元", "公务用车运行维护费2.20万元"),
        "OB308",
        id="the next part of the outer total",
    ),
]


@pytest.mark.parametrize(("topic", "right", "wrong", "code"), SENTENCES)
def test_right_sentences_are_silent(topic, right, wrong, code):
    assert all_findings({topic: right}) == []


@pytest.mark.parametrize(("topic", "right", "wrong", "code"), SENTENCES)
def test_a_wrong_figure_is_found(topic, right, wrong, code):
    assert wrong[0] in right
    found = all_findings({topic: right.replace(*wrong)})
    assert code in {found_code for found_code, _ in found}, found


def test_the_name_of_an_item_may_hold_marks():
    for name in ("“两庭”建设", "在乡复员、退伍军人生活补助"):
        [item] = items(f"1. “公共安全支出（类）法院（款）{name}（项）”31.23万元。")
        assert item.names == ("公共安全支出", "法院", name)
