from openbook.rules.ob519 import RULE
from tests.rules.project_forms import check, form

THREE = form("甲项") + form("乙项") + form("丙项")


def test_another_department():
    [finding] = check(RULE, THREE + form("丁项", department="909-某某股"))
    assert finding.expected == "021-某县数据局"


def test_cut_and_misread_departments():
    assert not check(RULE, THREE + form("丁项", department="021-某县数"))
    assert not check(RULE, THREE + form("丁项", department="027-某县数据局"))


def test_no_majority():
    assert not check(RULE, form("甲项") + form("乙项", department="909-某某股"))
