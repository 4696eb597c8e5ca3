"""Hands on the pages, in a real browser: keyboard alone, without script, an impatient finger, a page that stays open."""

import threading
import time

import pytest
import uvicorn

from onewindow.kernel.api import Entry, Matter, move
from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases
from tests.onewindow.pages.browser import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page, what, most=80):
    """Press Tab until what has the focus fits the selector; the focus can always be seen."""
    for _press in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"no way to {what} by keyboard")


def test_an_application_by_keyboard_alone(applicant, window):
    page = window(applicant()).open("/start/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    tab_to(page, "a.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/own/")
    tab_to(page, "main .acts button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".faults")
    assert page.evaluate("document.activeElement.className") == "faults"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first fault leads to its field
    assert page.evaluate("document.activeElement.id") == "fact-about.title"
    page.keyboard.type("食品经营许可")
    tab_to(page, "[name='fact-about.unit']")
    page.keyboard.press("Space")
    tab_to(page, "#fact-note")
    page.keyboard.type("第一行")
    page.keyboard.press("Enter")
    page.keyboard.type("第二行")
    tab_to(page, "main .acts button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters/*/**")
    assert "已提交，编号" in page.inner_text("main")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    matter = Matter.objects.get(kind="permit")
    assert (matter.title, matter.state) == ("食品经营许可", "submitted")


def test_enter_in_a_field_sends_the_form_and_adds_no_row(signed_in, window):
    matter = cases.submitted()
    page = window(signed_in(Role.WINDOW)).open(f"/matters/{matter.pk}/steps/correct/")
    page.fill("#fact-missing-1-name", "章程")
    page.fill("#fact-missing-1-problem", "缺签字")
    page.press("#fact-missing-1-problem", "Enter")
    page.wait_for_selector("text=不能再补")


def test_a_correction_notice_without_script_on_a_telephone(signed_in, window):
    matter = cases.submitted()
    seen = window(signed_in(Role.WINDOW), NARROW, java_script_enabled=False)
    page = seen.open(f"/matters/{matter.pk}/steps/correct/")
    for number, (name, problem) in enumerate((("章程", "缺签字"), ("租赁合同", "缺第三页")), 1):
        if number > 1:
            page.click("text=再加一行")
        page.fill(f"#fact-missing-{number}-name", name)
        page.fill(f"#fact-missing-{number}-problem", problem)
    page.click("text=下一步：核对")
    assert "缺第三页" in page.inner_text("main")
    page.click("button:has-text('确认')")
    assert Matter.objects.get(pk=matter.pk).state == "correcting"
    assert "缺第三页" in page.inner_text("main")


def test_every_page_is_whole_without_script(signed_in, applicant, window, it_is):
    it_is("2026-06-02 10:20")
    asking = applicant()
    ids = cases.a_bureau_at_work(asking.account.party)
    page = window(asking, java_script_enabled=False).open(f"/matters/{ids['late']}/")
    page.click("summary:has-text('逐日说明')")
    assert "逾期第14日" in page.inner_text("main")
    page.click("text=大字高对比")
    assert page.get_attribute("html", "class") == "large"
    page = window(signed_in(Role.SUPERVISOR), java_script_enabled=False).open("/board/")
    assert "人力资源服务许可" in page.inner_text("main")


def test_an_impatient_finger_counts_once(signed_in, window):
    matter = cases.accepted()
    page = window(signed_in(Role.OFFICER)).open(f"/matters/{matter.pk}/steps/propose/")
    page.check("text=建议准予")
    page.fill("#fact-grounds", "符合条件。")
    page.dblclick("main .acts button")
    page.wait_for_url(f"**/matters/{matter.pk}/")
    assert Entry.objects.filter(matter=matter.pk, step="propose").count() == 1


def test_going_back_shows_where_the_matter_stands_and_no_old_form(signed_in, window):
    matter = cases.accepted()
    page = window(signed_in(Role.OFFICER)).open(f"/matters/{matter.pk}/steps/propose/")
    page.check("text=建议准予")
    page.fill("#fact-grounds", "符合条件。")
    page.click("main .acts button")
    page.wait_for_url(f"**/matters/{matter.pk}/")
    page.go_back()
    assert "“提出审查意见”现在不能办理" in page.inner_text("main")


# --- a board that stays open ------------------------------------------------------------------------------


def test_an_open_board_asks_anew_every_ten_seconds(signed_in, window):
    seen = window(signed_in(Role.SUPERVISOR))
    seen.page.clock.install()
    page = seen.open("/board/")
    assert page.inner_text("#figure-paused strong") == "0"
    page.focus("#figure-paused")
    page.click("summary:has-text('牌色怎么定')")
    page.focus("#figure-paused")
    move(cases.accepted().pk, "send_out", cases.OFFICER, {"excluded": "testing"})
    page.clock.fast_forward(11_000)
    page.wait_for_selector("#figure-paused strong:text-is('1')", timeout=8000)
    assert "不计时 1" in page.text_content("#board-news")
    assert page.evaluate("document.activeElement.id") == "figure-paused"
    assert page.evaluate("document.querySelector('.limits').open")
    assert seen.wrong("board-renewed") == []


def test_a_board_that_is_answered_no_more_says_so(signed_in, window):
    supervisor = signed_in(Role.SUPERVISOR)
    seen = window(supervisor)
    seen.page.clock.install()
    page = seen.open("/board/")
    supervisor.session.flush()
    for _time in range(3):
        page.clock.fast_forward(11_000)
        page.wait_for_timeout(300)
    page.wait_for_selector("#board-over", state="visible")


@pytest.fixture
def stream(settings, live_server):
    """The stream itself, on a port of its own."""
    from onewindow.main import stream as module

    settings.ORIGINS = [live_server.url]
    server = uvicorn.Server(
        uvicorn.Config(
            module.application, port=0, log_config=None, lifespan="on", timeout_graceful_shutdown=5
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    settings.STREAM_URL = f"http://127.0.0.1:{port}"
    yield settings.STREAM_URL
    server.should_exit = (
        True  # the windows are closed by now; its hub gives back its connection to the database
    )
    thread.join(20)
    assert not thread.is_alive()


def test_a_board_hears_of_a_change_from_the_stream(stream, signed_in, window):
    seen = window(signed_in(Role.SUPERVISOR))
    seen.elsewhere.append(stream)
    page = seen.open("/board/")
    page.wait_for_timeout(1500)  # the stream is open, its hub has found the end of the feed
    matter = cases.accepted()
    move(matter.pk, "send_out", cases.OFFICER, {"excluded": "testing"})
    page.wait_for_selector("#figure-paused strong:text-is('1')", timeout=8000)
    assert seen.faults == []
