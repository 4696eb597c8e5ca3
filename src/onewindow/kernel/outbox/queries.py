"""What is seen of the outbox: lists without anything personal, and the figures for metrics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.errors import NotFound
from onewindow.kernel.models import Message
from onewindow.kernel.outbox.channels import CHANNELS
from onewindow.kernel.outbox.sealing import unseal

_PAGE = 50
State = Message.State


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it may be seen without a reason: nothing of its content, its address masked.

    size     characters of the content
    erased   address and content are gone
    """

    reference: str
    channel: str
    channel_title: str
    about: str
    to: str
    size: int
    erased: bool
    state: State
    tries: int
    posted: datetime
    due: datetime | None
    dead: datetime | None
    ended: datetime | None
    receipt: str
    code: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Page:
    """Messages, newest first. `after`: asks for those that come next, None at the end."""

    messages: tuple[Shown, ...]
    after: int | None


def messages(
    state: str = State.DEAD, channel: str = "", about: str = "", after: int | None = None, most: int = _PAGE
) -> Page:
    """Those of a state ("" for any), of a channel, about a matter; `after`: what the page before said."""
    chosen = _of_state(state)
    if channel:
        chosen = chosen.filter(channel=channel)
    if about:
        chosen = chosen.filter(about=about)
    if after is not None:
        chosen = chosen.filter(id__lt=after)
    rows = list(chosen.order_by("-id")[: most + 1])
    return Page(tuple(map(_shown, rows[:most])), rows[most - 1].pk if len(rows) > most else None)


def message(reference: str) -> Shown:
    """One message. Raises NotFound."""
    return _shown(found(reference))


def found(reference: str) -> Message:
    """The row. Raises NotFound."""
    row = Message.objects.filter(reference=reference).first()
    if row is None:
        raise NotFound(_("没有这条消息，请核对编号。"))
    return row


def channels() -> list[tuple[str, str]]:
    """Key and title of every channel."""
    return [(key, channel.title) for key, channel in CHANNELS.open.items()]


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """How a channel stands. `oldest_s`: seconds since the oldest message that has not left was posted."""

    channel: str
    waiting: int
    dead: int
    oldest_s: float


def outbox_figures() -> tuple[ChannelFigures, ...]:
    """Every channel that is open, and every other that still has messages: for metrics."""
    now = moment.now_us()
    left = Message.objects.filter(due_us__isnull=False).values("channel")
    waiting = {
        row["channel"]: (row["count"], row["oldest"])
        for row in left.annotate(count=Count("id"), oldest=Min("posted_us"))
    }
    dead_rows = Message.objects.filter(dead_us__isnull=False).values("channel").annotate(count=Count("id"))
    dead = {row["channel"]: row["count"] for row in dead_rows}
    return tuple(
        ChannelFigures(
            channel,
            waiting.get(channel, (0, now))[0],
            dead.get(channel, 0),
            max(0, now - waiting.get(channel, (0, now))[1]) / 1_000_000,
        )
        for channel in _in_order({*CHANNELS.open, *waiting, *dead})
    )


def _in_order(keys: Iterable[str]) -> list[str]:
    known = list(CHANNELS.open)
    return sorted(keys, key=lambda key: (known.index(key) if key in known else len(known), key))


def _of_state(state: str) -> QuerySet[Message]:
    """By the moments rather than by the state: those have an index that is small."""
    if state == State.DEAD:
        return Message.objects.filter(dead_us__isnull=False)
    if state == State.WAITING:
        return Message.objects.filter(due_us__isnull=False)
    return Message.objects.filter(Q(state=state) if state else Q())


def _shown(row: Message) -> Shown:
    return Shown(
        reference=row.reference,
        channel=row.channel,
        channel_title=CHANNELS.title(row.channel),
        about=row.about,
        to=_masked(row),
        size=row.size,
        erased=row.sealed is None,
        state=State(row.state),
        tries=row.tries,
        posted=moment.at(row.posted_us),
        due=_moment(row.due_us),
        dead=_moment(row.dead_us),
        ended=_moment(row.ended_us),
        receipt=row.receipt,
        code=row.code,
        trouble=row.trouble,
    )


def _masked(row: Message) -> str:
    try:
        letter = unseal(row)
    except CryptoError:
        return _("（无法解密）")
    if letter is None:
        return _("（已删除）")
    return CHANNELS.masked(row.channel, letter.to)


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else moment.at(microseconds)
