"""The background worker: does what is due, again and again, and is seen to live.

Any number of workers may run: each duty takes what is due under the database's own locks. A duty that fails
is told of and tried again; the others go on meanwhile.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection

from onewindow.gateways.mail import local as mail
from onewindow.gateways.province import api as province
from onewindow.gateways.sms import local as sms
from onewindow.kernel import moment
from onewindow.kernel.api import Delivery, deliver_due, erase_messages
from onewindow.kernel.dossiers.sweeping import withdraw_abandoned
from onewindow.kernel.duties import DUTIES
from onewindow.main.models import Heartbeat
from onewindow.people.login.tending import tidy

NAME = "worker"
BEAT_S = 10.0
_DAY_S = 24 * 3600.0
_LONGEST_PAUSE_S = 300.0  # between two tries of a duty that fails
_log = logging.getLogger("onewindow.worker")


@dataclass
class Duty:
    """Something to be done every so often. `do` returns how much it did; `every_s`: seconds between two times."""

    name: str
    do: Callable[[], object]
    every_s: float
    due: float = 0.0
    failures: int = field(default=0)

    def run(self, now: float) -> None:
        """Do it, and reckon when again: later and later while it fails."""
        started = time.perf_counter()
        try:
            done = self.do()
        except Exception:
            self.failures += 1
            self.due = now + min(self.every_s * 2**self.failures, max(_LONGEST_PAUSE_S, self.every_s))
            _log.exception("duty-failed", extra={"told": {"duty": self.name, "failures": self.failures}})
            return
        self.failures, self.due = 0, now + self.every_s
        if done:
            ms = round((time.perf_counter() - started) * 1000)
            _log.info("duty-done", extra={"told": {"duty": self.name, "done": str(done)[:200], "ms": ms}})


def last_seen_s() -> float | None:
    """Seconds since any worker was last seen; None for never."""
    at = Heartbeat.objects.filter(name=NAME).values_list("at_us", flat=True).first()
    return None if at is None else max(0.0, (moment.now_us() - at) / 1_000_000)


def beat() -> None:
    """Be seen."""
    Heartbeat.objects.update_or_create(name=NAME, defaults={"at_us": moment.now_us()})


def run(duties: Sequence[Duty] | None = None) -> int:
    """Do what is due until SIGTERM or Ctrl-C; what is being done then is finished first. Returns 0."""
    told = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)
    _log.info("working")
    work(duties if duties is not None else usual(), told)
    _log.info("stopped")
    return 0


def work(duties: Sequence[Duty], stop: threading.Event) -> None:
    """Do what is due until `stop` is set."""
    due_beat = 0.0
    while not stop.is_set():
        close_old_connections()
        for duty in duties:
            now = time.monotonic()
            if now >= due_beat:
                due_beat = now + BEAT_S
                _beat()
            if not stop.is_set() and now >= duty.due:
                duty.run(now)
        nearest = min([due_beat, *(duty.due for duty in duties)])
        stop.wait(max(0.05, nearest - time.monotonic()))
    connection.close()


def _beat() -> None:
    try:
        beat()
    except DatabaseError:
        _log.exception("not-seen")


def usual() -> list[Duty]:
    """What this platform has to do."""
    kernel = [Duty(one.name, one.do, one.every_s) for one in DUTIES]
    return [
        Duty("deliver", _delivered, 1.0),
        *kernel,
        Duty("erase-messages", erase_messages, _DAY_S),
        Duty("tidy-log-in", tidy, _DAY_S),
        Duty("withdraw-abandoned", withdraw_abandoned, _DAY_S),
        Duty("forget-texts", sms.forget, _DAY_S),
        Duty("forget-mails", mail.forget, _DAY_S),
        Duty("forget-reports", province.forget, _DAY_S),
    ]


def _delivered() -> str:
    """What became of messages that were due, "" for none."""
    done = deliver_due()
    return f"{done.sent} sent, {done.failed} failed, {done.dead} dead" if done != Delivery() else ""
