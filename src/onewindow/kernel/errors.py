"""What the kernel refuses: each with a stable code, words for people, and what a program may want to know.

`main.problems` turns them into HTTP, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _


class Refused(Exception):
    """Something that cannot be done. `code` is stable; `message` is for people and says how to mend it."""

    code = "refused"

    def __init__(self, message: str, **details: Any) -> None:
        self.message = message
        self.details = details
        super().__init__(message)


class NotFound(Refused):
    """There is no such thing, or it is none of the asker's business: the two are not told apart."""

    code = "not-found"


class NotAllowed(Refused):
    """He does not hold the role that it takes."""

    code = "not-allowed"


class NotPossible(Refused):
    """The step does not start from the state in which the matter is."""

    code = "step-not-possible"


class Lapsed(Refused):
    """The term in which the step could be taken has passed."""

    code = "term-lapsed"


class ClockRefused(Refused):
    """The legal clock cannot follow: an extension that the law does not know, a pause without ground."""

    code = "clock-refused"


class KeyReused(Refused):
    """An idempotency key came again with another request."""

    code = "key-reused"


class ClockBehind(Refused):
    """The machine's clock is behind a day that is closed: nothing can be recorded until it is set right."""

    code = "clock-behind"


class Happened(NamedTuple):
    """What somebody else did meanwhile: the title of the step, who (by role), when, and the state after."""

    step: str
    by: str
    at: datetime
    state: str
    seq: int


class Stale(Refused):
    """Somebody else was faster. `happened`: what was done since."""

    code = "stale"

    def __init__(self, happened: Sequence[Happened], seq: int) -> None:
        self.happened = tuple(happened)
        told = "；".join(
            _("{by}于{at}办理了“{step}”，现为“{state}”").format(
                by=one.by, at=f"{one.at:%Y-%m-%d %H:%M:%S}", step=one.step, state=one.state
            )
            for one in happened
        )
        message = _("您打开之后，这件事已有变动：{told}。请看过最新情况再办，您填写的内容没有丢失。").format(
            told=told
        )
        super().__init__(message, seq=seq)


class FactFault(NamedTuple):
    """What is wrong with one fact. `key`: of the fact; `code` is stable."""

    key: str
    code: str
    message: str


class FactsInvalid(Refused):
    """Facts that are missing or wrong, all of them at once."""

    code = "facts-invalid"

    def __init__(self, faults: Sequence[FactFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(fault.message for fault in faults))
