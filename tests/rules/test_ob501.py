from openbook.findings import Severity
from openbook.rules.ob501 import RULE
from tests.rules.project_forms import check, described, form, severities, statement

TWO = statement(("机房维护费", "18.80"), ("热线运行费", "5.00"))
LISTED = (
    "2024年某县数据局实行绩效目标管理的项目2个。\n\n（1）机房维护费：18.8万元\n\n（2）热线运行费：5万元\n\n"
)


def test_a_project_without_form():
    [finding] = check(RULE, TWO + form())
    assert "热线运行费" in finding.message
    assert finding.severity is Severity.WARNING


def test_counted_and_listed_it_is_an_error():
    [finding] = check(RULE, TWO + LISTED + form())
    assert finding.severity is Severity.ERROR
    assert len(finding.locations) == 3


def test_every_project_has_its_form():
    assert not check(RULE, TWO + LISTED + form() + form("“热线”运行费", "50,000"))


def test_a_document_that_attaches_no_forms():
    assert not check(RULE, TWO + LISTED)


def test_many_without_forms_are_one_hint():
    many = statement(("机房维护费", "18.80"), *((f"第{n}号街区整治", "5.00") for n in "一二三"))
    assert severities(RULE, many + form()) == [Severity.INFO]


def test_a_misread_name_of_the_same_amount_is_the_same_project():
    assert not check(RULE, TWO + form() + form("热钱运行费", "50,000"))


def test_one_form_for_a_project_of_two_units():
    text = statement(("机房维护费", "18.80"), ("热线运行费", "5.00"), ("热线运行费", "3.00"))
    assert not check(RULE, text + form() + form("热线运行费", "80,000"))


SENTENCE = "项目支出33.37万元，主要为窗口工作经费4万元、“好差评”建设经费24.37万元、网络费5万元。\n\n"
LINE = ("成本指标", "成本预算控制数", "控制在预算额度内", "≤4万元", "预算批复")


def test_projects_of_a_sentence_without_a_statement():
    forms = described(LINE, project="窗口工作经费") + described(LINE, project="好差评建设经费")
    [finding] = check(RULE, SENTENCE + forms)
    assert "网络费" in finding.message
    assert finding.severity is None
    assert not check(RULE, SENTENCE + forms + described(LINE, project="网络费项目"))


def test_a_sentence_of_mostly_other_things():
    assert not check(RULE, SENTENCE + described(LINE, project="窗口工作经费"))


def test_targets_set_and_no_form_attached():
    said = "某县数据局编报绩效目标的项目50个，涉及项目预算资金5634.81万元。"
    assert severities(RULE, said) == [Severity.INFO]
    assert not check(RULE, said + "\n\n项目绩效目标表详见附件。")
    assert not check(RULE, said + "\n\n" + form())
    assert not check(RULE, said.replace("50个", "0个"))


def test_a_form_that_lost_its_line_of_money_is_a_form():
    text = TWO + LISTED + form("热线运行费", "50,000") + form()
    lost = "\n".join(line for line in text.split("\n") if not line.startswith("项目资金(元)"))
    assert not check(RULE, lost)


def test_a_form_whose_name_was_lost_is_no_missing_form():
    text = TWO + LISTED + form() + form("热线运行费", "50,000")
    lost = "\n".join(line for line in text.split("\n") if not line.startswith("项目名称\t\t热线"))
    assert set(severities(RULE, lost)) <= {Severity.WARNING}
