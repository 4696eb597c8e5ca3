from openbook.findings import Severity
from openbook.rules.ob505 import RULE
from tests.rules.project_forms import check, form, statement


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
