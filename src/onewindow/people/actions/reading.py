"""Reading a personal value in full: noted first, with the reason, in the journal of the person it is about.

The entry is committed before the value is returned, so neither function may be called within another transaction.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel.api import (
    PLATFORM,
    REGISTRY,
    Actor,
    FactFault,
    FactsInvalid,
    NotFound,
    note,
    openings_of,
    seen,
)
from onewindow.people.actions.persons import check_business, locked
from onewindow.people.personal import FIELDS, opened


def reveal(reference: str, field: str, actor: Actor, reason: str) -> str:
    """A personal value of a person or an organisation in full, "" for none.

    reference  of the person or organisation; field: a key of `personal.FIELDS`
    reason     why; not asked of somebody who reads his own
    Raises FactsInvalid without a reason, NotFound, NotPossible where it was erased, NotAllowed for everybody but
    who does business here: the administrators read no personal data.
    """
    with transaction.atomic(durable=True):
        holder = locked(reference)
        if field not in FIELDS[type(holder)]:
            told = _("没有“{field}”这一项个人信息。").format(field=field[:40])
            raise FactsInvalid([FactFault("field", "unknown", told)])
        _note_reading(reference, str(FIELDS[type(holder)][field].title), actor, reason)
        return opened(holder, field)


def reveal_fact(matter: str, seq: int, key: str, actor: Actor, reason: str) -> object:
    """A personal fact of an entry in full; None where it was erased. The same, for what was told with a step.

    Raises FactsInvalid without a reason, NotFound where he may not see the matter or it has no such fact, NotAllowed.
    """
    with transaction.atomic(durable=True):
        row = seen(actor, matter)
        entry = row.entries.filter(seq=seq).first()
        declared = REGISTRY.procedures[row.kind].step(entry.step).facts if entry else ()
        fact = next((one for one in declared if one.key == key and one.personal), None)
        if fact is None:
            raise NotFound(_("这一步没有“{key}”这一项个人信息。").format(key=key[:40]))
        _note_reading(row.owner or PLATFORM, f"{matter}：{fact.title}", actor, reason)
        found = [one.value for one in openings_of(matter).get(seq, ()) if one.name == key]
        return found[0] if found else None


def _note_reading(reference: str, what: str, actor: Actor, reason: str) -> None:
    if actor.is_himself(reference):
        note(reference, "personal_read", actor, {"what": what})
        return
    check_business(actor)
    note(reference, "value_read", actor, {"what": what, "reason": reason})
