"""Histories taken over in bulk: from an older system, or from the generator of the benchmarks.

Each history becomes a chain of entries and the row that follows from it, as if its steps had been taken one by
one; what could not have been taken is refused. Nobody reacts to what is long past: no messages leave. The guards
of the ledger hold for it as for every other entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, models, transaction

from onewindow.kernel.errors import NotAllowed, NotPossible
from onewindow.kernel.facts import checked
from onewindow.kernel.law import Law, law
from onewindow.kernel.ledger.canonical import Json, encode
from onewindow.kernel.ledger.entry import FIRST_PREVIOUS, EntryValue, StoredEntry, record
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.moving import Subject
from onewindow.kernel.procedure import START, Procedure, Role, Step
from onewindow.kernel.projecting import OPENED, Standing, clock_event, follows
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import row_of
from onewindow.kernel.timing import check_clock_follows, check_times

AT_ONCE = 1000  # matters in one transaction


class Past(NamedTuple):
    """One step as it was taken. `at`: microseconds since 1970, UTC; `actor`: reference of an account."""

    step: str
    role: Role
    actor: str
    at: int
    facts: Mapping[str, Any] = {}


class History(NamedTuple):
    """A matter as it went. `matter`: its id; `steps`: in their order."""

    kind: str
    matter: str
    subject: Subject
    steps: tuple[Past, ...]


class Loaded(NamedTuple):
    """How many."""

    matters: int
    entries: int


def load(histories: Iterable[History]) -> Iterator[Loaded]:
    """Take histories over, a thousand at a time; yields the sum so far after each transaction.

    Raises what `moving.move` does for a step that could not have been taken, and IntegrityError for a matter that
    exists: that thousand is not taken over then.
    """
    law_, matters, entries = law(), 0, 0
    waiting = iter(histories)
    while some := list(islice(waiting, AT_ONCE)):
        made = [_lived(one, law_) for one in some]
        with transaction.atomic():
            _write(Matter, [row for row, _stored in made])
            _write(Entry, [_entry(one) for _row, stored in made for one in stored])
        matters, entries = matters + len(made), entries + sum(len(stored) for _row, stored in made)
        yield Loaded(matters, entries)


def _lived(history: History, law_: Law) -> tuple[Matter, list[StoredEntry]]:
    procedure = REGISTRY.procedures[history.kind]
    standing: Standing | None = None
    stored: list[StoredEntry] = []
    for past in history.steps:
        step = procedure.step(past.step)
        _check(procedure, step, past, standing, law_)
        facts = checked(step, past.facts)
        if standing is None:
            facts = {OPENED: dict(_about(history.subject)), **facts}
        one = record(
            EntryValue(
                history.matter,
                history.kind,
                len(stored) + 1,
                past.step,
                standing.state.key if standing else START.key,
                step.target.key,
                past.role.value,
                past.actor,
                past.at,
                facts,
                [],
                standing.head if standing else FIRST_PREVIOUS,
            )
        )
        standing = follows(standing, procedure, one.value, one.hash)
        stored.append(one)
    if standing is None:
        raise NotPossible(f"{history.matter}：没有任何环节的历史不能接收。")
    return row_of(procedure, history.matter, standing, law_), stored


def _about(subject: Subject) -> Iterator[tuple[str, Json]]:
    yield "unit", subject.unit
    yield "title", subject.title
    yield "owner", subject.owner
    yield "promised", subject.promised


def _check(procedure: Procedure, step: Step, past: Past, before: Standing | None, law_: Law) -> None:
    state = before.state if before else START
    if state not in step.sources or (before and past.at < before.moved_us):
        raise NotPossible(f"“{state.title}”之后不能是“{step.title}”，或者时间倒退。")
    if past.role not in step.by:
        raise NotAllowed(f"“{step.title}”不由{past.role.title}办理。")
    if any(fact.personal and fact.key in past.facts for fact in step.facts):
        raise NotPossible(f"“{step.title}”的个人信息不能批量接收，请逐件登记。")
    if before is not None:
        check_times(procedure, step, before, past.at, law_)
        event = clock_event(step, past.at, dict(past.facts), past.actor, before)
        check_clock_follows(procedure, before, event, law_)


def _entry(one: StoredEntry) -> Entry:
    value = one.value
    return Entry(
        matter_id=value.matter,
        kind=value.kind,
        seq=value.seq,
        step=value.step,
        from_state=value.from_state,
        to_state=value.to_state,
        actor_kind=value.actor_kind,
        actor_id=value.actor_id,
        at=value.at,
        facts=encode(value.facts),
        documents=encode(value.documents),
        previous=value.previous,
        hash=one.hash,
    )


def _write(model: type[models.Model], rows: list[Any]) -> None:
    """All rows at once: by COPY on PostgreSQL, which takes a fifth of the time of INSERT."""
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=200)
        return
    columns = [field for field in model._meta.concrete_fields if field.attname != "id" or model is Matter]
    names = ", ".join(f'"{field.column}"' for field in columns)
    attributes = [field.attname for field in columns]
    statement = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([getattr(row, attribute) for attribute in attributes])
