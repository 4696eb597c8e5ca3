"""Delivering: the worker takes what is due, one message at a time, and talks to the outside about it.

A message is claimed in a short transaction and sent outside any. The claim is a lease: when the worker is
killed, the message is taken up again once the lease is over, and counts as tried, so that a message which
kills workers ends on the desk, too. Messages of one lane (one channel, one matter, one receiver) leave in
their order: an applicant who reads "accepted" after "granted" is misled. A dead message holds up nobody: the
next one says by itself where the matter stands.
"""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.models import Message
from onewindow.kernel.outbox.channels import CHANNELS
from onewindow.kernel.outbox.errors import GatewayError
from onewindow.kernel.outbox.masking import hidden
from onewindow.kernel.outbox.schedule import schedule_of
from onewindow.kernel.outbox.sealing import unseal

LEASE = 180  # seconds: longer than any gateway may take
_SECOND = 1_000_000
_log = logging.getLogger("onewindow.outbox")
State = Message.State


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many messages left, failed and will be tried again, and ended on the desk."""

    sent: int = 0
    failed: int = 0
    dead: int = 0


def deliver_due(limit: int = 100, seconds: float = 30.0) -> Delivery:
    """Send what is due, at most `limit` messages, and begin none after `seconds`; several workers may do so at once.

    A channel whose gateway is down is left alone for the rest of the call. Raises RuntimeError within a
    transaction, ScheduleError.
    """
    ended = {State.SENT: 0, State.WAITING: 0, State.DEAD: 0}
    down: set[str] = set()
    until = time.monotonic() + seconds
    for _each in range(limit):
        claim = _claimed(down) if time.monotonic() < until else None
        if claim is None:
            break
        ended[_delivered(claim, down)] += 1
    return Delivery(ended[State.SENT], ended[State.WAITING], ended[State.DEAD])


class _Claim(NamedTuple):
    """A message that is ours for the length of a lease. `left`: whoever had it before never finished."""

    message: Message
    left: bool


def _claimed(down: set[str]) -> _Claim | None:
    """The next message that is due."""
    now = moment.now_us()
    due = Message.objects.filter(due_us__lte=now).exclude(channel__in=down)
    if not due.exists():  # without the lock of a writer
        return None
    earlier = Message.objects.filter(lane=OuterRef("lane"), id__lt=OuterRef("id"), due_us__isnull=False)
    first_of_lane = Q(lane="") | ~Exists(earlier)
    with transaction.atomic(durable=True):
        # On SQLite a transaction holds the only writer's lock from its beginning.
        chosen = (
            due.filter(first_of_lane)
            .order_by("due_us", "id")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if chosen is None:
            return None
        held = {
            "state": State.SENDING,
            "due_us": now + LEASE * _SECOND,
            "lease": secrets.token_hex(16),
            "tries": chosen.tries + 1,
        }
        taken = Message.objects.filter(pk=chosen.pk, due_us=chosen.due_us, lease=chosen.lease).update(**held)
    if not taken:
        return None
    left = chosen.state == State.SENDING
    for name, value in held.items():
        setattr(chosen, name, value)
    return _Claim(chosen, left)


def _delivered(claim: _Claim, down: set[str]) -> State:
    """Try once, and record how it went: SENT, WAITING for the next try, or DEAD."""
    message = claim.message
    try:
        receipt = _sent(claim)
    except GatewayError as error:
        if error.down:
            down.add(message.channel)
        return _failed(message, error)
    _record(
        message,
        state=State.SENT,
        due_us=None,
        ended_us=moment.now_us(),
        receipt=_plain(receipt)[:100],
        code="",
        trouble="",
    )
    return State.SENT


def _sent(claim: _Claim) -> str:
    """Returns the receipt. Raises GatewayError, whatever went wrong."""
    message = claim.message
    if claim.left and message.tries > schedule_of(message.channel).tries:
        told = _("每次发送到一半，后台进程都中断了。请看当时的日志，排除原因后再重发。")
        raise GatewayError("never-finished", told, retry=False)
    try:
        letter = unseal(message)
    except CryptoError as error:
        raise GatewayError("cannot-unseal", str(error), retry=False) from error
    assert letter is not None  # only messages that have ended are erased
    try:
        return CHANNELS.send(message.channel, letter.to, letter.content, message.reference)
    except GatewayError:
        raise
    except Exception as error:
        # Its words may hold an address: only what kind of error it is goes into the log.
        told_of = {"channel": message.channel, "error": type(error).__name__, "at": _place(error)}
        _log.error("gateway-failed", extra={"told": told_of})
        told = _("网关程序出错（{error}），请看日志。").format(error=type(error).__name__)
        raise GatewayError("gateway-failed", told, retry=True) from error


def _failed(message: Message, error: GatewayError) -> State:
    now = moment.now_us()
    wait = schedule_of(message.channel).wait(message.tries) if error.retry else None
    told = {"code": error.code[:40], "trouble": hidden(_plain(error.message))[:300]}
    if wait is None:
        _record(message, state=State.DEAD, due_us=None, dead_us=now, **told)
        return State.DEAD
    _record(message, state=State.WAITING, due_us=now + wait * _SECOND, **told)
    return State.WAITING


def _record(message: Message, **columns: object) -> None:
    """Unless the lease ran out and somebody else took it over: then it is his to say."""
    mine = Message.objects.filter(pk=message.pk, lease=message.lease, state=State.SENDING)
    if not mine.update(lease="", **columns):
        _log.warning("lease-ran-out", extra={"told": {"message": message.reference}})


def _plain(told: str) -> str:
    """What the outside answered, without what a database refuses."""
    return "".join(character for character in told if character.isprintable())


def _place(error: Exception) -> str:
    """The line of the program that raised it."""
    trace = traceback.extract_tb(error.__traceback__)
    return f"{Path(trace[-1].filename).name}:{trace[-1].lineno}" if trace else ""
