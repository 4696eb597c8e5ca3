"""The desk for what could not be sent: a system administrator retries, gives up, or reads, and each is noted.

Whoever is faster wins: the row is changed on condition that it is still dead, in the transaction that notes
who did it, so two administrators never do one thing twice.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.errors import NotFound, NotPossible
from onewindow.kernel.journal import PLATFORM, note
from onewindow.kernel.models import Matter, Message
from onewindow.kernel.outbox.channels import CHANNELS
from onewindow.kernel.outbox.queries import found
from onewindow.kernel.outbox.sealing import Letter, unseal

State = Message.State


def retry(reference: str, actor: Actor) -> None:
    """Take up a dead message again, with all its tries. Raises NotFound, NotAllowed, NotPossible."""
    with transaction.atomic():
        row = found(reference)
        told = _("{channel}消息 {reference}，原因：{code}")
        what = told.format(channel=CHANNELS.title(row.channel), reference=reference, code=row.code)
        if not _revive(reference=reference):
            raise _changed(found(reference))
        note(PLATFORM, "message_retried", actor, {"what": what})


def retry_channel(channel: str, actor: Actor) -> int:
    """Take up every dead message of a channel; returns how many. Raises NotAllowed, NotPossible."""
    with transaction.atomic():
        count = _revive(channel=channel)
        title = CHANNELS.title(channel)
        if not count:
            raise NotPossible(_("{channel}没有发送失败的消息，可能已由他人重发。").format(channel=title))
        what = _("{channel}的全部失败消息，共{count}条").format(channel=title, count=count)
        note(PLATFORM, "message_retried", actor, {"what": what})
        return count


def drop(reference: str, actor: Actor, reason: str) -> None:
    """Give up a dead message. Raises NotFound, NotAllowed, NotPossible, FactsInvalid without a reason."""
    with transaction.atomic():
        row = found(reference)
        changed = Message.objects.filter(reference=reference, state=State.DEAD).update(
            state=State.DROPPED, dead_us=None, ended_us=moment.now_us()
        )
        if not changed:
            raise _changed(found(reference))
        told = _("{channel}消息 {reference}")
        what = told.format(channel=CHANNELS.title(row.channel), reference=reference)
        note(PLATFORM, "message_dropped", actor, {"what": what, "reason": reason})


def read(reference: str, actor: Actor, reason: str) -> Letter:
    """Address and content in full, noted in the journal of the person whose matter it is about.

    Raises NotFound, NotAllowed, FactsInvalid, CryptoError.
    """
    with transaction.atomic():
        row = found(reference)
        letter = unseal(row)
        if letter is None:
            raise NotFound(_("这条消息的地址和内容已按期删除。"))
        owner = Matter.objects.filter(pk=row.about).values_list("owner", flat=True).first()
        told = _("{channel}消息 {reference} 的地址和内容")
        what = told.format(channel=CHANNELS.title(row.channel), reference=reference)
        note(owner or PLATFORM, "value_read", actor, {"what": what, "reason": reason})
        return letter._replace(to=CHANNELS.in_words(letter.to))


def _revive(**which: str) -> int:
    return Message.objects.filter(dead_us__isnull=False, **which).update(
        state=State.WAITING, tries=0, due_us=moment.now_us(), dead_us=None
    )


def _changed(row: Message) -> NotPossible:
    told = _("这条消息现在是“{state}”，可能已由他人处理，请刷新后再看。")
    return NotPossible(told.format(state=State(row.state).label), state=row.state)
