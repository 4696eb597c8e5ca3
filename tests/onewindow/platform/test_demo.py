"""The demonstration: from nothing to a bureau that somebody can log in to, unattended."""

import re
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from tests.onewindow.platform.installations import ONCE, Installation, wait_until

pytestmark = ONCE

STATES = """
from collections import Counter
from onewindow.kernel import moment
from onewindow.kernel.api import Entry, Matter
from onewindow.kernel.cards import level_of
from onewindow.kernel.models import Message
permits = Matter.objects.filter(kind="permit")
print(permits.count())
print(*sorted(set(permits.values_list("state", flat=True))))
print(*sorted({level_of(one, moment.now_us()).name for one in permits if one.waits_for}))
print(permits.filter(late=True).count(), permits.exclude(trouble="").count())
print(*sorted(set(Entry.objects.filter(kind="permit").values_list("step", flat=True))))
print(Message.objects.filter(due_us__isnull=False).count())
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The demonstration was made, started, looked at and stopped; `.told`: what it printed."""
    one = Installation(tmp_path_factory.mktemp("demo"))
    one.data = one.folder / "demo"
    one.told = one.run("demo", "--data", "demo", "--once")
    one.environment["ONEWINDOW_DATA"] = str(one.data)
    return one


def test_it_says_where_and_who(shown):
    assert shown.address in shown.told
    assert '首页 200，/readyz 200 {"database": "ok"' in shown.told
    for role in (
        "系统管理员",
        "安全管理员",
        "审计管理员",
        "窗口人员",
        "审查人员",
        "审批负责人",
        "监督人员",
        "申请人",
    ):
        assert re.search(rf"{role}.* \S{{16}}\n", shown.told), role


def test_permits_stand_in_every_state(shown):
    count, states, cards, late, steps, waiting = shown.python(STATES).strip().split("\n")
    assert int(count) >= 60
    assert {"submitted", "correcting", "reviewing", "outside", "reviewed", "decided"} <= set(states.split())
    assert {"delivered", "denied", "refused", "withdrawn"} <= set(states.split())
    assert {"NONE", "RED"} <= set(cards.split())
    assert int(late.split()[0]) >= 2
    assert late.split()[1] == "0"
    assert {"deem_accepted", "extend", "deny_extension", "send_back", "take_back"} <= set(steps.split())
    assert waiting == "0"


def test_its_ledger_holds(shown):
    from_ledger = (
        "from onewindow.main.backups.restoring import ledger_faults\n"
        "print(len(list(ledger_faults(lambda told: None))))"
    )
    assert shown.python(from_ledger) == "0\n"


def test_nothing_stands_before_the_officer_was_there_or_on_a_holiday(shown):
    code = (
        "from onewindow.kernel import moment\nfrom onewindow.kernel.api import Entry\n"
        "from onewindow.kernel.law import law\n"
        "days = {moment.at(at).date() for at in Entry.objects.filter(kind='permit')"
        ".exclude(actor_id='system').values_list('at', flat=True)}\n"
        "print(len(days) > 30, all(law().calendar.is_working(day) for day in days))"
    )
    assert shown.python(code) == "True True\n"


def test_somebody_logs_in_with_what_was_printed(shown):
    password = re.search(r"窗口甲）\s+window\s+(\S+)\n", shown.told)[1]
    with shown.started("serve") as running:
        wait_until(lambda: shown.get("/readyz")[0] == 200)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = _submitted(browser, shown, "/login/", login="window", password=password)
        assert "动态口令" in page
        code = shown.run("demo", "--data", "demo", "code", "window").strip()
        assert re.fullmatch(r"\d{6}", code)
        page = _submitted(browser, shown, "/login/second/", factor="totp", code=code)
        assert "窗口甲" in page
        assert running.stop() == 0


def _submitted(browser, shown, path: str, **fields: str) -> str:
    page = browser.open(shown.address + path).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    data = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
    return browser.open(urllib.request.Request(shown.address + path, data)).read().decode()


def test_an_applicant_needs_no_code(shown):
    assert "没有登记动态口令" in shown.run("demo", "--data", "demo", "code", "citizen-1", expect=1)
    assert "没有这个账户" in shown.run("demo", "--data", "demo", "code", "nobody", expect=1)


def test_it_is_kept_where_that_is_wanted(shown):
    before = shown.python(
        "from onewindow.kernel.api import Matter\nprint(*Matter.objects.values_list('id', flat=True))"
    )
    told = shown.run("demo", "--data", "demo", "--keep", "--once")
    assert "/readyz 200" in told
    assert "建立示范局" not in told
    after = shown.python(
        "from onewindow.kernel.api import Matter\nprint(*Matter.objects.values_list('id', flat=True))"
    )
    assert set(before.split()) <= set(after.split())


def test_a_real_folder_is_never_thrown_away(installed):
    told = installed.run("demo", "--data", str(installed.data), "--once", expect=1)
    assert "不是演示的内容" in told
    assert (installed.data / "keyring.json").exists()


def test_without_a_demonstration_there_is_no_code(empty):
    assert "没有演示数据" in empty.run("demo", "--data", "nothing", "code", "window", expect=1)
