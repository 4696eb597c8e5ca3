from openbook.findings import Severity
from openbook.rules.ob502 import RULE
from tests.rules.project_forms import check, form, statement

ONE = statement(("机房维护费", "18.80"))


def test_a_form_left_over_by_count():
    [finding] = check(RULE, ONE + form() + form("咨询服务费", "5,000,000"))
    assert finding.severity is Severity.ERROR
    assert "500.00 万元" in finding.message


def test_only_a_name_that_does_not_match():
    text = statement(("机房维护费", "18.80"), ("热线运行费", "5.00")) + form() + form("咨询服务费", "60,000")
    [finding] = check(RULE, text)
    assert finding.severity is Severity.WARNING


def test_the_form_of_a_listed_project():
    assert not check(
        RULE,
        statement(("机房维护费", "18.80"), ("咨询服务费", "500.00"))
        + form()
        + form("咨询服务费", "5,000,000"),
    )


def test_nothing_without_a_statement():
    assert not check(RULE, form() + form("咨询服务费", "5,000,000"))


def test_a_form_that_may_be_a_part_of_a_line():
    text = statement(("机房维护费", "58.80")) + form() + form("线路租赁费", "400,000")
    assert [finding.severity for finding in check(RULE, text)] == [Severity.WARNING]


def test_a_statement_that_lost_a_line_proves_nothing():
    text = statement(("机房维护费", "18.80"), total="518.80") + form() + form("咨询服务费", "5,000,000")
    assert [finding.severity for finding in check(RULE, text)] == [Severity.WARNING]
