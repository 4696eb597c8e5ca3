"""The receipt of a matter: what its holder can prove without us.

It goes up to the last day that was closed on which the matter moved; what came after can be had after the next
midnight. Internal steps are withheld: their place in the chain is proven, their content not shown. Openings of
personal facts go to the holder; who makes it for him leaves an entry.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.errors import Refused
from onewindow.kernel.journal import PLATFORM, note
from onewindow.kernel.keeping.days import earliest_receipt
from onewindow.kernel.keeping.publishing import sealed_of
from onewindow.kernel.ledger import verify_receipt
from onewindow.kernel.ledger.canonical import Json
from onewindow.kernel.ledger.days import Leaf
from onewindow.kernel.ledger.entry import StoredEntry
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.receipts import DayTree, Holding, receipt
from onewindow.kernel.models import Entry, LedgerDay, LedgerLeaf, Matter
from onewindow.kernel.openings import openings_of
from onewindow.kernel.procedure import Procedure
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import stored
from onewindow.kernel.sight import owns, seen


class NotYet(Refused):
    """No day on which the matter moved is closed yet. `details`: from when on it can be had."""

    code = "receipt-not-yet"


class NotProven(Refused):
    """What stands in the database does not prove what it should: `onewindow ledger verify` says where."""

    code = "receipt-not-proven"


def receipt_for(matter: str, actor: Actor) -> dict[str, Json]:
    """The receipt of a matter as JSON; `ledger.receipts.to_text` makes the file of it.

    With the openings of personal facts where the actor is its holder. Raises NotFound (also for what is none of
    his business), NotYet and NotProven.
    """
    found = seen(actor, matter)
    return _receipt(found, with_openings=owns(actor, found))


def receipt_with_openings(matter: str, actor: Actor, reason: str) -> dict[str, Json]:
    """The same for its holder, made by somebody else: noted in the holder's journal, with the reason.

    Raises what `receipt_for` does, NotAllowed and FactsInvalid.
    """
    found = seen(actor, matter)
    with transaction.atomic():
        content = _receipt(found, with_openings=True)
        told = _("案件 {matter} 的回执，连同个人信息").format(matter=matter)
        note(found.owner or PLATFORM, "exported", actor, {"what": told, "reason": reason})
    return content


def receipt_for_program(matter: str, actor: Actor) -> dict[str, Json]:
    """The same without openings, which are for people's eyes. Raises what `receipt_for` does."""
    return _receipt(seen(actor, matter), with_openings=False)


def later_entries(content: dict[str, Json], matter: Matter) -> int:
    """How many entries came after those that a receipt shows."""
    entries = content["entries"]
    assert isinstance(entries, list)
    last = entries[-1]
    assert isinstance(last, dict)
    return matter.seq - int(str(last["seq"]))


def receipt_program() -> str:
    """The stand-alone checker: one file that needs nothing but Python."""
    return Path(verify_receipt.__file__).read_text(encoding="utf-8")


def _receipt(matter: Matter, *, with_openings: bool) -> dict[str, Json]:
    leaf = LedgerLeaf.objects.filter(matter=matter.id).order_by("-day").first()
    if leaf is None:
        raise _not_yet(matter)
    sealed = sealed_of(LedgerDay.objects.get(pk=leaf.day))
    entries = [
        stored(one) for one in Entry.objects.filter(matter=matter.id, seq__lte=leaf.seq).order_by("seq")
    ]
    withheld = _internal(REGISTRY.procedures[matter.kind], entries)
    openings = openings_of(matter.id) if with_openings else {}
    shown = {seq: some for seq, some in openings.items() if seq <= leaf.seq and seq not in withheld}
    try:
        inclusion = _tree(leaf.day, sealed.root.root).inclusion(matter.id)
        return receipt(Holding(entries, inclusion, sealed, shown, withheld))
    except (LedgerError, IndexError) as error:
        told = _("不能出具回执：{error}请运行 onewindow ledger verify --matter {matter} 查明原因。")
        raise NotProven(told.format(error=error, matter=matter.id)) from None


def _not_yet(matter: Matter) -> NotYet:
    at = Entry.objects.filter(matter=matter.id).order_by("seq").values_list("at", flat=True).first()
    when = moment.at(earliest_receipt(matter.moved_us if at is None else at))
    told = _("回执要等当日的台账签发日根之后才能出具：最早可于{when}以后下载。")
    return NotYet(told.format(when=f"{when:%Y-%m-%d %H:%M}"), earliest=when.isoformat())


def _internal(procedure: Procedure, entries: list[StoredEntry]) -> frozenset[int]:
    internal = {step.key for step in procedure.steps if step.internal}
    return frozenset(entry.value.seq for entry in entries if entry.value.step in internal)


@lru_cache(maxsize=4)
def _tree(day: date, _root: bytes) -> DayTree:
    """The tree of a closed day, for all receipts of that day; its root is part of its name."""
    leaves = LedgerLeaf.objects.filter(day=day).order_by("matter").iterator(chunk_size=5000)
    return DayTree([Leaf(one.matter, one.seq, bytes(one.head)) for one in leaves])
