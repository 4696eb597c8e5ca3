"""A message is part of the transaction that posts it."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction

from onewindow.kernel import moment
from onewindow.kernel.api import CHANNELS, Channel, MessageInvalid, Request, Subject, begin, deliver_due, post
from onewindow.kernel.errors import Refused
from onewindow.kernel.models import Message
from onewindow.kernel.registry import REGISTRY
from tests.onewindow.people import APPLICANT

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "食品经营许可", "p-1")


def test_what_is_posted_is_sent(gateway):
    reference = post("pigeon", "tower 7", "the bread is baked")
    done = deliver_due()
    assert (done.sent, done.failed, done.dead) == (1, 0, 0)
    assert gateway.came == [("tower 7", "the bread is baked")]
    message = Message.objects.get(reference=reference)
    assert message.state == "sent"
    assert message.receipt == f"receipt-{reference[:4]}"
    assert deliver_due().sent == 0


def test_a_move_that_rolls_back_sends_nothing(gateway, monkeypatch):
    def reaction(taken):
        post("pigeon", "tower", "you have applied", about=taken.matter.id)
        raise Refused("came to nothing")

    monkeypatch.setitem(REGISTRY.reactions, ("permit", "submit"), (reaction,))
    with pytest.raises(Refused):
        begin("permit", "submit", APPLICANT, subject=SUBJECT)
    assert Message.objects.count() == 0
    assert deliver_due().sent == 0
    assert gateway.tries == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_before_the_move_is_committed(gateway):
    with transaction.atomic():
        post("pigeon", "tower", "not yet")
        with pytest.raises(RuntimeError):
            deliver_due()
    assert gateway.tries == []
    assert deliver_due().sent == 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_gateway_talks(gateway):
    seen = []
    gateway.before = lambda: seen.append(connection.in_atomic_block)
    post("pigeon", "tower", "hear me")
    deliver_due()
    assert seen == [False]


def test_a_key_counts_once_in_its_channel(gateway, other):
    first = post("pigeon", "tower", "once", key="2026-05 reminder")
    assert post("pigeon", "tower", "once more", key="2026-05 reminder") == first
    assert post("crow", "tower", "another way", key="2026-05 reminder") != first
    assert post("pigeon", "tower", "without") != post("pigeon", "tower", "without")
    deliver_due()
    assert gateway.texts == ["once", "without", "without"]
    assert other.texts == ["another way"]


def test_a_step_that_is_repeated_posts_once(gateway, monkeypatch):
    monkeypatch.setitem(
        REGISTRY.reactions, ("permit", "submit"), (lambda taken: post("pigeon", "tower", "applied"),)
    )
    for _each in range(2):
        begin("permit", "submit", APPLICANT, subject=SUBJECT, request=Request(key="k"))
    assert Message.objects.count() == 1


def test_a_reference_is_resolved_when_the_message_is_sent(gateway):
    post("pigeon", "party:4711", "knock knock")
    post("pigeon", "tel:4711", "no such kind of reference")
    deliver_due()
    assert [to for to, _content in gateway.came] == ["roof of 4711", "tel:4711"]


def test_address_and_content_are_sealed_at_rest():
    post("pigeon", "00012345678", "张三的食品经营许可", about="260506-ABCDEFGHJK")
    (row,) = Message.objects.values()
    stored = json.dumps({key: repr(value) for key, value in row.items()}, ensure_ascii=False)
    raw = bytes(row["sealed"] or b"")
    for secret in ("00012345678", "张三", "食品"):
        assert secret not in stored
        assert secret.encode() not in raw


def test_a_sealed_message_opens_in_no_other_row(gateway):
    one, two = post("pigeon", "tower", "for one"), post("pigeon", "tower", "for two")
    sealed = Message.objects.get(reference=one).sealed
    Message.objects.filter(reference=two).update(sealed=sealed)
    assert deliver_due().dead == 1
    assert gateway.texts == ["for one"]
    assert Message.objects.get(reference=two).code == "cannot-unseal"


@pytest.mark.parametrize(
    ("channel", "to", "content", "key", "told"),
    [
        ("whale", "tower", "hello", "", "没有“whale”这个发送渠道"),
        ("pigeon", " ", "hello", "", "收件地址"),
        ("pigeon", "x" * 321, "hello", "", "收件地址"),
        ("pigeon", "tower", "", "", "消息内容"),
        ("pigeon", "tower", "x" * 20_001, "", "消息内容"),
        ("pigeon", "tower", "hello", "k" * 121, "防重键"),
        ("pigeon", "tower", "hello", "about", "事务编号"),
        ("pigeon", "tower", "half \ud83d", "", "代理字符"),
    ],
)
def test_what_cannot_be_posted_is_refused_at_once(channel, to, content, key, told):
    with pytest.raises(MessageInvalid, match=told):
        post(channel, to, content, key=key, about="m" * 41 if key == "about" else "")


@pytest.mark.parametrize(
    "content", ["\0", "'; DROP TABLE kernel_message; --", "\u202e倒过来", "🕊" * 500, "\r\nBcc: x"]
)
def test_hostile_contents_arrive_as_they_were_posted(gateway, content):
    post("pigeon", content[:300], content)
    deliver_due()
    assert gateway.came == [(content[:300], content)]


def test_a_channel_that_was_taken_away_waits_for_its_return(gateway, monkeypatch, on):
    with on("2026-05-06 09:00"):
        post("pigeon", "tower", "still here")
        monkeypatch.setattr(CHANNELS, "open", {})
        assert deliver_due().failed == 1
    monkeypatch.setattr(CHANNELS, "open", {"pigeon": Channel("信鸽", gateway)})
    with moment.set_to(moment.at(Message.objects.get().due_us or 0) + timedelta(seconds=1)):
        assert deliver_due().sent == 1
