"""The desk of dead messages: seen masked, taken up again, given up, read with a reason; each act noted once."""

import json
from datetime import datetime, timedelta

import pytest

from onewindow.kernel import keys, moment, sealing
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import (
    PLATFORM,
    PLATFORM_UNIT,
    REGISTRY,
    FactsInvalid,
    NotAllowed,
    NotFound,
    NotPossible,
    Subject,
    begin,
    deliver_due,
    drop_message,
    erase_messages,
    journal_id,
    outbox_figures,
    outbox_message,
    outbox_messages,
    post,
    read_message,
    retry_message,
    retry_messages,
)
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.models import Entry, Message
from onewindow.kernel.outbox import sealing as outbox_sealing
from onewindow.kernel.procedure import Role
from tests.onewindow.outbox.conftest import again, never
from tests.onewindow.people import APPLICANT, one

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)
ADMIN = Actor("a-admin", "管理员", {Role.SYSTEM_ADMIN: frozenset({PLATFORM_UNIT})})
OTHER = Actor("a-other", "另一位", {Role.SYSTEM_ADMIN: frozenset({PLATFORM_UNIT})})


def dead(gateway, to="00012345678", content="您的申请已受理，编号260506-ABCDEFGHJK", **more):
    gateway.errors = [never()]
    reference = post("pigeon", to, content, **more)
    assert deliver_due().dead == 1
    return reference


def noted(step):
    entries = Entry.objects.filter(matter=journal_id(PLATFORM), step=step)
    return [(entry.actor_id, json.loads(entry.facts)) for entry in entries]


def test_a_dead_message_is_seen_masked(gateway):
    reference = dead(gateway)
    (shown,) = outbox_messages().messages
    assert shown.reference == reference
    assert (shown.to, shown.size) == ("000****5678", 27)
    assert (shown.code, shown.trouble, shown.tries) == ("nobody", "没有这个收件人。", 1)


@pytest.mark.parametrize(
    ("to", "masked"),
    [
        ("00012345678", "000****5678"),
        ("+86 186 1234 5678", "+86 ****5678"),
        ("someone@example.org", "s***@example.org"),
        ("@", "***@"),
        ("party:4711", "鸽主 4711"),
        ("tel:00012345678", "tel:000****5678"),
        ("某街道某号", "某***"),
    ],
)
def test_every_kind_of_address_is_masked(gateway, to, masked):
    assert outbox_message(dead(gateway, to)).to == masked


def test_taken_up_again_it_has_all_its_tries(gateway):
    reference = dead(gateway)
    retry_message(reference, ADMIN)
    gateway.errors = [again()]
    assert deliver_due().failed == 1
    assert Message.objects.get().tries == 1
    ((who, facts),) = noted("message_retried")
    assert who == "a-admin"
    assert facts["what"] == f"信鸽消息 {reference}，原因：nobody"


def test_two_administrators_at_once_take_it_up_only_once(gateway):
    reference = dead(gateway)
    retry_message(reference, ADMIN)
    with pytest.raises(NotPossible, match="这条消息现在是“待发送”，可能已由他人处理"):
        retry_message(reference, OTHER)
    with pytest.raises(NotPossible, match="待发送"):
        drop_message(reference, OTHER, "号码是空号")
    deliver_due()
    with pytest.raises(NotPossible, match="已发送"):
        retry_message(reference, OTHER)
    assert len(noted("message_retried")) == 1
    assert len(gateway.came) == 1


def test_all_of_a_channel_are_taken_up_at_once(gateway, other):
    for _each in range(3):
        dead(gateway)
    other.errors = [never()]
    post("crow", "tower", "stays")
    deliver_due()
    assert retry_messages("pigeon", ADMIN) == 3
    with pytest.raises(NotPossible, match="信鸽没有发送失败的消息"):
        retry_messages("pigeon", OTHER)
    assert deliver_due().sent == 3
    assert [facts["what"] for _who, facts in noted("message_retried")] == ["信鸽的全部失败消息，共3条"]
    assert [shown.channel for shown in outbox_messages().messages] == ["crow"]


def test_given_up_with_a_reason(gateway):
    reference = dead(gateway)
    with pytest.raises(FactsInvalid, match="请填写“理由”"):
        drop_message(reference, ADMIN, " ")
    assert outbox_message(reference).state == "dead"
    drop_message(reference, ADMIN, "号码是空号，已电话告知")
    assert outbox_message(reference).state == "dropped"
    assert noted("message_dropped")[0][1]["reason"] == "号码是空号，已电话告知"
    with pytest.raises(NotPossible, match="已放弃"):
        retry_message(reference, ADMIN)


@pytest.mark.parametrize("role", [Role.WINDOW, Role.SUPERVISOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_nobody_but_the_system_administrator_works_at_the_desk(gateway, role):
    reference = dead(gateway)
    actor = one(role, units={PLATFORM_UNIT, "bureau"})
    for act in (
        lambda: retry_message(reference, actor),
        lambda: retry_messages("pigeon", actor),
        lambda: drop_message(reference, actor, "不行"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert outbox_message(reference).state == "dead"


def test_reading_the_whole_of_it_is_an_entry_of_whom_it_is_about(gateway, monkeypatch):
    monkeypatch.setattr(REGISTRY, "reactions", {})
    matter = begin("permit", "submit", APPLICANT, subject=Subject("bureau", "食品经营许可", "p-1")).matter
    reference = dead(gateway, about=matter.id)
    with pytest.raises(FactsInvalid):
        read_message(reference, ADMIN, "")
    letter = read_message(reference, ADMIN, "核对号码")
    assert letter == ("00012345678", "您的申请已受理，编号260506-ABCDEFGHJK")
    entry = Entry.objects.get(matter=journal_id("p-1"), step="value_read")
    assert json.loads(entry.facts) == {"what": f"信鸽消息 {reference} 的地址和内容", "reason": "核对号码"}


def test_a_message_that_does_not_exist_is_not_found():
    for act in (outbox_message, lambda reference: retry_message(reference, ADMIN)):
        with pytest.raises(NotFound, match="没有这条消息"):
            act("0" * 32)


def test_lists_are_filtered_and_go_on_page_by_page(gateway, other):
    with moment.set_to(NINE):
        for number in range(7):
            post("pigeon", "tower", f"{number}", about="m-1" if number % 2 else "")
        post("crow", "tower", "crow")
    first = outbox_messages("waiting", "pigeon", most=5)
    second = outbox_messages("waiting", "pigeon", after=first.after, most=5)
    assert (len(first.messages), len(second.messages), second.after) == (5, 2, None)
    assert not {one.reference for one in first.messages} & {one.reference for one in second.messages}
    assert len(outbox_messages("", "", "m-1").messages) == 3
    assert len(outbox_messages("").messages) == 8
    assert outbox_messages().messages == ()


def test_figures_say_how_many_wait_for_how_long_and_how_many_are_dead(gateway, other):
    with moment.set_to(NINE):
        dead(gateway)
        post("pigeon", "tower", "one")
        post("pigeon", "tower", "two")
    with moment.set_to(NINE + timedelta(seconds=90)):
        post("pigeon", "tower", "three")
        pigeon, crow = outbox_figures()
    assert (pigeon.channel, pigeon.waiting, pigeon.dead, pigeon.oldest_s) == ("pigeon", 3, 1, 90.0)
    assert (crow.channel, crow.waiting, crow.dead, crow.oldest_s) == ("crow", 0, 0, 0.0)


def test_after_ninety_days_the_content_is_erased_and_the_fact_stays(gateway):
    with moment.set_to(NINE):
        stays = dead(gateway)
        dropped = dead(gateway)
        sent = post("pigeon", "00012345678", "hello")
        deliver_due()
        drop_message(dropped, ADMIN, "空号")
    with moment.set_to(NINE + timedelta(days=90)):
        assert erase_messages() == 0
    with moment.set_to(NINE + timedelta(days=90, seconds=1)):
        assert erase_messages() == 2
        assert erase_messages() == 0
    for reference in (sent, dropped):
        shown = outbox_message(reference)
        assert (shown.erased, shown.to, shown.size > 0) == (True, "（已删除）", True)
        with pytest.raises(NotFound, match="按期删除"):
            read_message(reference, ADMIN, "查看")
    assert not outbox_message(stays).erased


def test_sealed_anew_when_the_keyring_is_rotated_it_still_leaves(gateway, monkeypatch):
    for number in range(3):
        post("pigeon", "tower", f"{number}")
    rotated = keys.keyring().rotated()
    for module in (sealing, outbox_sealing):
        monkeypatch.setattr(module, "keyring", lambda: rotated)
    (column,) = (one for one in sealing.COLUMNS if one.model is Message)
    assert sum(sealing.reseal(column)) == 3
    newest_alone = rotated.without("k1")
    monkeypatch.setattr(outbox_sealing, "keyring", lambda: newest_alone)
    assert deliver_due().sent == 3
