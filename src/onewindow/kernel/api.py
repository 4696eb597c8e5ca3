"""The kernel's door: what other apps call. Pure declarations come from `procedure`, `measures`, `legal_time`."""

from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.errors import (
    ClockRefused,
    FactFault,
    FactsInvalid,
    KeyReused,
    Lapsed,
    NotAllowed,
    NotFound,
    NotPossible,
    Refused,
    Stale,
)
from onewindow.kernel.journal import PLATFORM, journal_id, note
from onewindow.kernel.journal import UNIT as PLATFORM_UNIT
from onewindow.kernel.measuring import matters_behind, measured
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.moving import Request, Subject, Taken, begin, move, new_id
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.sight import may_handle, may_see, owns, seen, seen_by

__all__ = [
    "PLATFORM",
    "PLATFORM_UNIT",
    "REGISTRY",
    "SYSTEM",
    "Actor",
    "ClockRefused",
    "Entry",
    "FactFault",
    "FactsInvalid",
    "KeyReused",
    "Lapsed",
    "Matter",
    "NotAllowed",
    "NotFound",
    "NotPossible",
    "Refused",
    "Request",
    "Stale",
    "Subject",
    "Taken",
    "begin",
    "journal_id",
    "matters_behind",
    "may_handle",
    "may_see",
    "measured",
    "move",
    "new_id",
    "note",
    "owns",
    "seen",
    "seen_by",
]
