"""Reading journals: who did what with accounts, personal data and the platform, and when.

The audit administrator reads all of them; everybody reads his own. Nobody writes here: see `kernel.journal`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import SYSTEM
from onewindow.kernel.api import JOURNAL, PLATFORM, Entry, journal_id
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.procedure import Role
from onewindow.people.models import Account
from onewindow.people.queries import account_names, party_names

PER_PAGE = 50
_CHUNK = 500
_PREFIX = journal_id("")
_FOR = "for"  # the fact in which the kernel says for whom a deputy acted


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the journals: every field that is not empty must fit.

    about   reference of an account or a person, or `PLATFORM`; step: its key
    login   log-in name of who did it; since, until: days, both counted
    """

    about: str = ""
    step: str = ""
    login: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as people read it. `number`: by which to go on; `about`, `by`: names, masked where they are personal."""

    number: int
    at: datetime
    about: str
    step: str
    role: str
    by: str
    told: tuple[tuple[str, str], ...]


def steps() -> list[tuple[str, str]]:
    """Keys and titles of what journals hold."""
    return [(step.key, step.title) for step in JOURNAL.steps]


def lines(sought: Sought, before: int | None = None, limit: int = PER_PAGE) -> list[Line]:
    """The newest first; `before`: number of the last line of the page before. Raises CryptoError."""
    entries = _entries(sought)
    if before is not None:
        entries = entries.filter(id__lt=before)
    return list(_shown(entries[:limit]))


def every_line(sought: Sought) -> Iterator[Line]:
    """All of them, the newest first, a chunk at a time. Raises CryptoError."""
    before: int | None = None
    while chunk := lines(sought, before, _CHUNK):
        yield from chunk
        before = chunk[-1].number


def count(sought: Sought) -> int:
    """How many there are."""
    return _entries(sought).count()


def _entries(sought: Sought) -> QuerySet[Entry]:
    entries = Entry.objects.filter(kind=JOURNAL.kind).order_by("-id")
    if sought.about:
        entries = entries.filter(matter=journal_id(sought.about))
    if sought.step:
        entries = entries.filter(step=sought.step)
    if sought.login:
        who = Account.objects.filter(login=sought.login.strip()).values_list("reference", flat=True).first()
        entries = entries.filter(actor_id=who or "")
    if sought.since is not None:
        entries = entries.filter(at__gte=_begins(sought.since))
    if sought.until is not None:
        entries = entries.filter(at__lt=_begins(sought.until + timedelta(days=1)))
    return entries


def _begins(day: date) -> int:
    return moment.microseconds(datetime.combine(day, time(), SHANGHAI))


def _shown(entries: Iterable[Entry]) -> Iterator[Line]:
    rows = [(entry, json.loads(entry.facts)) for entry in entries]
    abouts = {entry.matter_id.removeprefix(_PREFIX) for entry, _facts in rows}
    who = {entry.actor_id for entry, _facts in rows} | {
        facts[_FOR] for _entry, facts in rows if _FOR in facts
    }
    names = {**party_names(abouts), **account_names(abouts | who)}
    names |= {PLATFORM: _("平台"), SYSTEM.id: SYSTEM.name}
    for entry, facts in rows:
        about = entry.matter_id.removeprefix(_PREFIX)
        yield Line(
            number=entry.pk,
            at=moment.at(entry.at),
            about=names.get(about, "") or about,
            step=JOURNAL.step(entry.step).title,
            role=Role(entry.actor_kind).title,
            by=names.get(entry.actor_id, "") or entry.actor_id,
            told=tuple(_told(entry.step, facts, names)),
        )


def _told(step: str, facts: dict[str, object], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for fact in JOURNAL.step(step).facts:
        if fact.key in facts:
            yield fact.title, str(facts[fact.key])
    if _FOR in facts:
        lender = str(facts[_FOR])
        yield _("受托于"), names.get(lender, lender)
