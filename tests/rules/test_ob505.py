from openbook.findings import Severity
from openbook.rules.ob505 import RULE
from tests.rules.project_forms import check, described, form, statement


def test_another_amount_in_the_form():
    [finding] = check(RULE, statement(("机房维护费", "18.76")) + form())
    assert finding.severity is Severity.ERROR
    assert finding.difference == "0.04万元"


def test_the_same_amount_rounded():
    assert not check(RULE, statement(("机房维护费", "18.80")) + form())
    assert not check(RULE, statement(("机房维护费", "18.80")) + form(year_total="188,049"))


def test_an_amount_read_once_is_only_a_warning():
    [finding] = check(RULE, statement(("机房维护费", "18.76")) + form(local="0"))
    assert finding.severity is Severity.WARNING


def test_forms_of_the_same_name_are_not_compared():
    text = statement(("智慧城区", "684.00"), ("智慧城区", "1400.00"))
    assert not check(RULE, text + form("智慧城区", "6,840,000") + form("智慧城区", "13,990,000"))


SENTENCE = "支出预算50万元，其中基本支出{rest}万元；项目支出{whole}万元，主要为窗口工作经费{a}万元、“好差评”建设经费{b}万元、装修费{c}万元，上年结转窗口工作经费0.97万元。\n\n"
COSTS = {"窗口工作经费": "4", "“好差评”建设经费": "24.37", "装修费": "72"}


def _forms(**other: str) -> str:
    costs = {**COSTS, **other}
    return "".join(
        described(
            ("成本指标", "成本预算控制数", "支出控制在预算额度内", f"≤{cost}万元", "预算批复"), project=name
        )
        for name, cost in [*costs.items(), ("窗口工作经费", "0.97")]
    )


def _sentence(a: str = "4", b: str = "24.37", c: str = "72", whole: str = "101.34") -> str:
    return SENTENCE.format(a=a, b=b, c=c, whole=whole, rest="20")


def test_costs_of_forms_are_the_listed_amounts():
    assert not check(RULE, _sentence() + _forms())


def test_a_cost_differs_from_the_listed_amount():
    [finding] = check(RULE, _sentence() + _forms(装修费="27"))
    assert (finding.severity, finding.expected, finding.actual) == (Severity.ERROR, "72万元", "≤27万元")
    assert finding.locations[0].value == "≤27万元"  # the list adds up: the form is suspect


def test_the_listed_amount_is_suspect_where_the_list_does_not_add_up():
    [finding] = check(RULE, _sentence(c="27") + _forms())
    assert finding.locations[0].value == "27万元"


def test_this_year_and_carried_over_are_told_apart():
    [finding] = check(RULE, _sentence() + _forms().replace("≤0.97", "≤0.79"))
    assert (finding.severity, finding.expected) == (Severity.ERROR, "0.97万元")


def test_one_form_for_both_years():
    last = "1、窗口工作经费"
    assert not check(RULE, _sentence() + _forms(窗口工作经费="4.97").rsplit(last, 1)[0])


def test_a_cost_of_a_part_is_no_error():
    forms = _forms(装修费="10").replace("支出控制在预算额度内\t≤10万", "材料的支出\t≤10万")
    assert not check(RULE, _sentence() + forms.replace("成本预算控制数\t材料", "材料和人工\t材料"))
    named = forms.replace("成本预算控制数\t材料", "装修费用\t材料")
    assert [one.severity for one in check(RULE, _sentence() + named)] == [Severity.WARNING]


def test_the_cost_of_several_years_is_no_error():
    text = _forms(装修费="300").replace(
        "支出控制在预算额度内\t≤300万元\t预算批复", "项目总支出\t≤300万元\t合同"
    )
    text = text.replace("成本预算控制数\t项目总支出", "项目总成本\t项目总支出")
    assert [one.severity for one in check(RULE, _sentence() + text)] == [Severity.WARNING]


def test_a_line_that_the_statement_lost_is_no_error():
    two = statement(("热线运行费", "3.00"), ("热线运行费", "2.00"))
    assert not check(RULE, two + form("热线运行费", "50,000"))
    lost = two.replace("热线运行费\t2.00\t2.00\n", "")
    assert [one.severity for one in check(RULE, lost + form("热线运行费", "50,000"))] == [Severity.WARNING]


def test_a_line_whose_name_was_cut_is_no_error():
    two = statement(("热线运行费", "3.00"), ("热线", "2.00"))
    assert [one.severity for one in check(RULE, two + form("热线运行费", "50,000"))] == [Severity.WARNING]


def test_a_listed_amount_may_be_printed_a_step_off_so_that_sums_add_up():
    assert not check(RULE, _sentence(a="3.99") + _forms(窗口工作经费="3.996669"))
    assert check(RULE, _sentence(a="3.99") + _forms(窗口工作经费="4.02"))
