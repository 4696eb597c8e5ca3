"""Between the row of a matter and what `projecting` reckons with."""

from __future__ import annotations

import json
from datetime import date

from onewindow.kernel.law import Law
from onewindow.kernel.ledger.entry import EntryValue, StoredEntry
from onewindow.kernel.legal_time import State as ClockState
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.procedure import Procedure, State
from onewindow.kernel.projecting import Standing, Times, clock_of, clock_rows, times_of

_LAST_DATE = date(9999, 12, 31)
NOBODY = "-"  # an open matter on which nobody here can act now


def row_of(procedure: Procedure, matter: str, standing: Standing, law: Law) -> Matter:
    """The row of a matter, as it follows from where it stands and from the law."""
    times = times_of(procedure, standing, law)
    return Matter(
        id=matter,
        kind=procedure.kind,
        title=standing.title,
        unit=standing.unit,
        owner=standing.owner,
        state=standing.state.key,
        waits_for=_waits_for(standing.state),
        seq=standing.seq,
        head=standing.head,
        opened_us=standing.opened_us,
        moved_us=standing.moved_us,
        state_us=standing.state_us,
        term=procedure.term,
        promised=standing.promised,
        clock=json.dumps(clock_rows(standing.clock), ensure_ascii=False, separators=(",", ":")),
        clock_state=times.clock_state.value,
        due=times.due,
        legal_due=times.legal_due,
        due_order=_urgent_day(times),
        warn_us=times.warn_us,
        yellow_us=times.yellow_us,
        red_us=times.red_us,
        level=times.level,
        late=times.late,
        step_due=times.step_due,
        after_due=times.after_due,
        calendar=law.version,
        trouble=times.trouble,
    )


def standing_of_row(procedure: Procedure, row: Matter) -> Standing:
    """Where a matter stands, as its row says."""
    return Standing(
        state=procedure.state(row.state),
        seq=row.seq,
        head=bytes(row.head),
        opened_us=row.opened_us,
        moved_us=row.moved_us,
        state_us=row.state_us,
        unit=row.unit,
        title=row.title,
        owner=row.owner,
        promised=row.promised,
        clock=clock_of(json.loads(row.clock)),
    )


def _urgent_day(times: Times) -> date:
    """The next last day: an application that must be accepted by tomorrow waits before a decision due next week."""
    days = (times.step_due,) if times.clock_state is ClockState.STOPPED else (times.due, times.step_due)
    return min((day for day in days if day is not None), default=_LAST_DATE)


def _waits_for(state: State) -> str:
    if state.final:
        return ""
    return state.waits_for.value if state.waits_for else NOBODY


def stored(entry: Entry) -> StoredEntry:
    """An entry as the ledger's functions want it."""
    value = EntryValue(
        matter=entry.matter_id,
        kind=entry.kind,
        seq=entry.seq,
        step=entry.step,
        from_state=entry.from_state,
        to_state=entry.to_state,
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id,
        at=entry.at,
        facts=json.loads(entry.facts),
        documents=json.loads(entry.documents),
        previous=bytes(entry.previous),
    )
    return StoredEntry(value, bytes(entry.hash))
