"""When a message that did not leave is tried again, to the second, and when no more."""

from datetime import datetime, timedelta

import pytest

from onewindow.kernel import moment
from onewindow.kernel.api import CHANNELS, Channel, deliver_due, post
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.models import Message
from onewindow.kernel.outbox import schedule
from onewindow.kernel.outbox.delivering import LEASE
from onewindow.kernel.outbox.schedule import Schedule, ScheduleError, read
from tests.onewindow.outbox.conftest import again, never

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)


def at(seconds):
    return moment.set_to(NINE + timedelta(seconds=seconds))


def test_the_waits_grow_threefold_until_the_ninth_try_is_the_last(gateway):
    gateway.errors = [again() for _each in range(9)]
    with at(0):
        post("pigeon", "tower", "hello")
    passed: float = 0
    waits = []
    for _try in range(8):
        with at(passed):
            assert deliver_due().failed == 1
        wait = (moment.at(Message.objects.get().due_us or 0) - NINE).total_seconds() - passed
        with at(passed + wait - 1):
            assert deliver_due().failed == 0  # a second too early
        waits.append(wait)
        passed += wait
    assert waits == [30, 90, 270, 810, 2430, 7290, 21600, 21600]
    with at(passed):
        assert deliver_due().dead == 1
    message = Message.objects.get()
    assert (message.state, message.tries, message.code, message.trouble) == ("dead", 9, "busy", "稍后再试。")
    with at(passed + 10**7):
        assert deliver_due().sent == 0


def test_what_will_never_succeed_is_not_tried_again(gateway):
    gateway.errors = [never()]
    post("pigeon", "tower", "hello")
    assert deliver_due().dead == 1
    assert Message.objects.get().tries == 1


def test_a_program_error_in_a_gateway_is_tried_again_and_tells_no_secret(gateway, caplog):
    gateway.errors = [ValueError("00012345678 is no number")]
    post("pigeon", "00012345678", "hello")
    assert deliver_due().failed == 1
    assert Message.objects.get().trouble == "网关程序出错（ValueError），请看日志。"
    assert "00012345678" not in caplog.text
    assert caplog.records[0].told["error"] == "ValueError"


def test_what_a_gateway_says_of_numbers_and_addresses_is_kept_masked(gateway):
    gateway.errors = [again()]
    gateway.errors[0].message = "18612345678 和 someone@example.org 停机"
    post("pigeon", "tower", "hello")
    deliver_due()
    assert Message.objects.get().trouble == "186****5678 和 s***@example.org 停机"


def test_a_strange_receipt_does_not_undo_what_has_been_sent(monkeypatch):
    strange = "ok\0\ud800\n 4711" + "x" * 500
    monkeypatch.setitem(CHANNELS.open, "pigeon", Channel("信鸽", lambda to, content, message_id: strange))
    post("pigeon", "tower", "hello")
    assert deliver_due().sent == 1
    assert Message.objects.get().receipt.startswith("ok 4711xxx")


def test_a_strange_refusal_is_kept_as_far_as_it_can_be(gateway):
    gateway.errors = [never()]
    gateway.errors[0].message = "no\0\ud800\n way" + "x" * 500
    post("pigeon", "tower", "hello")
    assert deliver_due().dead == 1
    assert Message.objects.get().trouble.startswith("no wayxxx")


def test_a_gateway_that_is_down_is_left_alone_for_the_round_and_the_others_go_on(gateway, other):
    gateway.errors = [again(down=True)]
    with at(0):
        for number in range(5):
            post("pigeon", "tower", f"pigeon {number}")
            post("crow", "tower", f"crow {number}")
        done = deliver_due()
    assert (done.sent, done.failed) == (5, 1)
    assert len(gateway.tries) == 1
    assert Message.objects.filter(channel="pigeon", tries=0).count() == 4
    with at(1):
        assert deliver_due().sent == 4  # the one that was tried waits its thirty seconds


def test_an_error_of_one_message_holds_up_no_other(gateway):
    gateway.errors = [again()]
    post("pigeon", "tower", "first")
    post("pigeon", "tower", "second")
    done = deliver_due()
    assert (done.sent, done.failed) == (1, 1)


def test_a_message_whose_worker_died_is_taken_up_when_the_lease_is_over(gateway):
    gateway.errors = [KeyboardInterrupt()]  # nothing catches it, as if the process had gone
    with at(0):
        post("pigeon", "tower", "hello")
        with pytest.raises(KeyboardInterrupt):
            deliver_due()
        assert Message.objects.get().state == "sending"
    with at(LEASE - 1):
        assert deliver_due().sent == 0
    with at(LEASE):
        assert deliver_due().sent == 1
    assert Message.objects.get().tries == 2


def test_a_message_that_kills_every_worker_ends_on_the_desk(gateway):
    gateway.errors = [KeyboardInterrupt() for _each in range(9)]
    with at(0):
        post("pigeon", "tower", "poison")
    for number in range(9):
        with at(number * LEASE), pytest.raises(KeyboardInterrupt):
            deliver_due()
    with at(9 * LEASE):
        assert deliver_due().dead == 1
    assert Message.objects.get().code == "never-finished"
    assert len(gateway.tries) == 9


def test_a_worker_that_was_too_slow_does_not_say_how_it_ended(gateway):
    """Somebody else took the message over meanwhile: what he records holds."""
    with at(0):
        reference = post("pigeon", "tower", "hello")

    def meanwhile():
        gateway.before = lambda: None
        with at(LEASE):
            assert deliver_due().sent == 1

    gateway.before = meanwhile
    gateway.errors = [None, again()]
    with at(0):
        deliver_due()
    assert Message.objects.get(reference=reference).state == "sent"


def test_messages_come_in_the_order_in_which_they_are_due(gateway):
    for second, text in enumerate(("first", "second", "third")):
        with at(second):
            post("pigeon", "tower", text)
    with at(5):
        assert deliver_due(limit=2).sent == 2
        assert gateway.texts == ["first", "second"]


def test_no_message_is_begun_when_the_time_is_over(gateway):
    post("pigeon", "tower", "hello")
    assert deliver_due(seconds=0).sent == 0


# --- one matter, one receiver: in order -------------------------------------------------------


def test_messages_about_one_matter_to_one_receiver_keep_their_order(gateway):
    gateway.errors = [again()]
    with at(0):
        post("pigeon", "tower", "accepted", about="m-1")
        post("pigeon", "tower", "granted", about="m-1")
        post("pigeon", "castle", "to somebody else", about="m-1")
        post("pigeon", "tower", "another matter", about="m-2")
        post("pigeon", "tower", "no matter")
        assert deliver_due().sent == 3
    with at(29):
        assert deliver_due().sent == 0
    with at(30):
        assert deliver_due().sent == 2
    assert gateway.texts[-2:] == ["accepted", "granted"]


def test_a_dead_message_holds_up_nobody(gateway):
    gateway.errors = [never()]
    post("pigeon", "tower", "accepted", about="m-1")
    post("pigeon", "tower", "granted", about="m-1")
    done = deliver_due()
    assert (done.dead, done.sent) == (1, 1)


# --- the table ---------------------------------------------------------------------------------


def test_the_bureau_sets_a_schedule_of_its_own(gateway, settings, tmp_path):
    settings.RETRIES = str(tmp_path / "retries.toml")
    (tmp_path / "retries.toml").write_text("[pigeon]\nfirst = 5\nfactor = 1\nlongest = 5\ntries = 2\n")
    gateway.errors = [again(), again()]
    with at(0):
        post("pigeon", "tower", "hello")
        deliver_due()
    assert moment.at(Message.objects.get().due_us or 0) == NINE + timedelta(seconds=5)
    Message.objects.update(tries=50)  # as many as a schedule of before allowed
    with at(5):
        assert deliver_due().dead == 1
    assert Message.objects.get().code == "busy"
    assert schedule.schedule_of("sms").tries == 9


def test_a_platform_that_is_shut_for_a_weekend_loses_no_report():
    province = schedule.schedule_of("province")
    waits = [province.wait(tries) or 0 for tries in range(1, province.tries)]
    assert sum(waits) > 3 * 86_400
    assert province.wait(province.tries) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x", "不是合法的 TOML"),
        ("[sms]\nfirst = 5\n", "四项"),
        ("sms = 5", "四项"),
        ("[sms]\nfirst = 0\nfactor = 2\nlongest = 5\ntries = 2\n", "first 应为 1 至"),
        ("[sms]\nfirst = 1.5\nfactor = 2\nlongest = 5\ntries = 2\n", "first 应为"),
        ("[sms]\nfirst = 5\nfactor = true\nlongest = 5\ntries = 2\n", "factor 应为"),
        ("[sms]\nfirst = 5\nfactor = 2\nlongest = 5\ntries = 1001\n", "tries 应为 1 至 1000"),
    ],
)
def test_a_schedule_that_cannot_be_says_how_to_mend_it(text, told):
    with pytest.raises(ScheduleError, match=told):
        read(text)


def test_a_wait_never_passes_the_longest_however_often():
    assert Schedule(1, 1000, 86_400, 1000).wait(999) == 86_400
