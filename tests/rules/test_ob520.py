from openbook.rules.ob520 import RULE
from tests.rules.project_forms import check, form

ADJUSTED = form(title="某县级预算部门(单位)项目支出绩效目标调整申报表")


def test_an_adjustment_in_the_initial_budget():
    [finding] = check(RULE, ADJUSTED)
    assert finding.actual == "绩效目标调整申报表"
    assert not check(RULE, form())


def test_the_accounts_may_show_adjusted_targets():
    assert not check(RULE, ADJUSTED.replace("申报", ""), stage="accounts")
    assert len(check(RULE, form(), stage="accounts")) == 1
