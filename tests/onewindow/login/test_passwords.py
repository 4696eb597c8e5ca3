"""What a password must be."""

import pytest

from onewindow.people.login.passwords import Owner, faults, is_due, used_before
from onewindow.people.login.policy import _FILE as POLICY
from onewindow.people.login.policy import DAY_US, read

RULE = read(POLICY.read_text(encoding="utf-8"))[0].staff
OWNER = Owner("zhanghall", "测试甲")


def codes(password: str, owner: Owner = OWNER) -> list[str]:
    return [fault.code for fault in faults(password, owner, RULE)]


@pytest.mark.parametrize(
    "password", ["Green-Tea-2026", "一二三四五六七八Aa", "correct horse Battery 9", "x" * 40 + "Y1"]
)
def test_good_passwords(password):
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Ab1-Ab1-A", "too-short"),
        ("Ab1-" * 33, "too-long"),
        ("greenteagreentea", "few-classes"),
        ("my-ZhangHall-77", "holds-login"),
        ("my-llahgnahz-77", "holds-login"),
        ("测试甲-Green-77", "holds-name"),
        ("P@ssw0rd123", "common"),
        ("Zhengwu@123", "common"),
        ("!Q1w2e3r4t5!", "common"),
        ("1qaz@WSX3edc", "common"),
    ],
)
def test_each_rule_on_its_own(password, code):
    assert codes(password) == [code]


def test_every_broken_rule_is_said_at_once_in_chinese():
    found = faults("zhanghal", Owner("zha", "测试甲"), RULE)
    assert [fault.code for fault in found] == ["too-short", "few-classes", "holds-login"]
    assert found[0].message == "口令至少要 10 个字符，现在是 8 个。"
    assert all("\u4e00" <= fault.message[0] <= "\u9fff" for fault in found)


def test_a_short_login_is_in_too_many_passwords_by_chance():
    assert codes("Green-Tea-2026", Owner("te", "")) == []


def test_none_of_the_last_ones():
    def same(one, hashed):
        return f"#{one}" == hashed

    assert used_before("b", ["#a", "#b"], same).code == "used-before"
    assert used_before("c", ["#a", "#b"], same) is None


@pytest.mark.parametrize(
    ("initial", "days", "due"), [(True, 0, True), (False, 89.99, False), (False, 90, True), (False, 0, False)]
)
def test_it_is_changed_when_somebody_else_set_it_and_every_ninety_days(initial, days, due):
    assert is_due(initial, 0, int(days * DAY_US), RULE) is due


def test_applicants_are_not_asked_to_change_theirs():
    rule = read(POLICY.read_text(encoding="utf-8"))[0].applicant
    assert not is_due(False, 0, 1000 * DAY_US, rule)
