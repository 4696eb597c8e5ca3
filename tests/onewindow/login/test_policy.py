"""The rules of log-in are dated data, which a bureau may change."""

from datetime import date

import pytest

from onewindow.people.login import policy as module
from onewindow.people.login.policy import PolicyError, policy, read

OURS = module._FILE.read_text(encoding="utf-8")


def test_what_comes_with_the_program_is_marked_as_our_own_choice():
    (one,) = read(OURS)
    assert one.staff.shortest == 10
    assert one.lock.failures == 5
    assert one.session.hours == 8
    assert (one.basis, one.mark) == ("GB/T 22239-2019 8.1.4.1 身份鉴别", "推断")


def test_a_bureau_changes_a_figure_from_a_day_on(tmp_path, settings, on):
    own = tmp_path / "log-in.toml"
    own.write_text("[[policy]]\nsince = 2026-06-01\n[policy.staff]\nshortest = 12\n", encoding="utf-8")
    settings.LOG_IN = str(own)
    module._policies.cache_clear()
    try:
        with on("2026-05-31 23:59"):
            assert policy().staff.shortest == 10
        with on("2026-06-01 00:00"):
            assert policy().staff.shortest == 12
            assert policy().staff.classes == 3
    finally:
        module._policies.cache_clear()


def test_a_later_file_changes_the_same_day():
    (one,) = read(OURS, "[[policy]]\nsince = 2019-12-01\n[policy.lock]\nfailures = 3\n")
    assert (one.since, one.lock.failures, one.lock.minutes) == (date(2019, 12, 1), 3, 15)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[policy", "不是合格的 TOML"),
        ("shortest = 3", "只有 [[policy]] 表"),
        ("[[policy]]\nsince = '昨天'", "since 应为日期"),
        ("[[policy]]\nsince = 2026-01-01\nlength = 3", "不认识的部分：length"),
        ("[[policy]]\nsince = 2026-01-01\n[policy.staff]\nlength = 3", "staff 里缺少或多出：length"),
        ("[[policy]]\nsince = 2026-01-01\n[policy.staff]\nshortest = 2", "staff.shortest 应为 6 到 64"),
        ("[[policy]]\nsince = 2026-01-01\n[policy.lock]\nfailures = 0", "lock.failures 应为 1 到"),
        ("[[policy]]\nsince = 2026-01-01\n[policy.session]\nhours = true", "session.hours 应为 1 到 24"),
        ("[[policy]]\nsince = 2018-01-01", "缺少或多出"),
    ],
)
def test_what_cannot_be_used_is_said(text, told):
    with pytest.raises(PolicyError) as caught:
        read(OURS, text)
    assert told in str(caught.value)
