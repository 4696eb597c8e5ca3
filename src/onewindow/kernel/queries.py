"""Every read of matters that pages and API share: queues, own matters, entries, figures of a board.

Made for a million matters: each list walks an index of `Matter` and goes on from a place (keyset paging), each
count is either bounded or runs over a partial index that holds urgent matters alone. Which matter somebody
sees at all is said in `sight`; what legal time makes of one, in `deadlines`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.cards import showing
from onewindow.kernel.journal import UNIT as PLATFORM_UNIT
from onewindow.kernel.law import law
from onewindow.kernel.ledger.entry import StoredEntry
from onewindow.kernel.legal_time import CalendarError, Level, State, TermError
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.procedure import Role, Step
from onewindow.kernel.projecting import last_day
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import stored

MOST_COUNTED = 1000  # a queue is counted up to here: beyond, nobody needs the figure to the last one
_FEW = (
    4  # units of a role that are walked one by one; more of them are filtered out of the role's whole queue
)
_OPEN = ~Q(waits_for="")


class Page(NamedTuple):
    """Some matters of a list. `next`: what to ask for to go on, "" where there is no more."""

    matters: list[Matter]
    next: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a list is wanted: "" and None for everything."""

    kind: str = ""
    state: str = ""
    unit: str = ""
    level: Level | None = None


class Cards(NamedTuple):
    """How many show which card."""

    red: int = 0
    yellow: int = 0
    warning: int = 0


class Watch(NamedTuple):
    """What a supervisor watches in one unit. `overrun`: the term of a step is exceeded (环节超时)."""

    unit: str
    red: int = 0
    yellow: int = 0
    warning: int = 0
    paused: int = 0
    overrun: int = 0


class Watched(Enum):
    """A list of what is watched, by the name of its figure in `Watch`."""

    RED = "red"
    YELLOW = "yellow"
    WARNING = "warning"
    PAUSED = "paused"
    OVERRUN = "overrun"


class Possible(NamedTuple):
    """A step that somebody may take now, and as whom. `last`: the last day on which he should (`Step.within`)."""

    step: Step
    role: Role
    last: date | None


# --- queues ---------------------------------------------------------------------------------


def queue(actor: Actor, chosen: Chosen = Chosen(), after: str = "", limit: int = 50) -> Page:
    """Matters that wait for a role of his in a unit of his, most urgent first.

    Raises ValueError for an `after` that is none.
    """
    now = moment.now_us()
    lists = [_narrowed(one, chosen, now) for one in _waiting(actor, chosen.unit)]
    return _merged(lists, after, limit)


def queue_length(actor: Actor, chosen: Chosen = Chosen()) -> int:
    """How many there are in it, counted up to MOST_COUNTED."""
    mine = _narrowed(_waits(actor, chosen.unit), chosen, moment.now_us())
    return mine.order_by()[:MOST_COUNTED].count()


def queue_cards(actor: Actor) -> Cards:
    """The cards in his queue."""
    now = moment.now_us()
    found = _waits(actor, "").filter(_urgent(now)).aggregate(**_card_counts(now))
    return Cards(**found)


def _held(actor: Actor, unit: str) -> Iterable[tuple[Role, list[str]]]:
    for role in Role:
        units = actor.grants.get(role, frozenset()) - {PLATFORM_UNIT}
        if held := [one for one in sorted(units) if unit in ("", one)]:
            yield role, held


def _waits(actor: Actor, unit: str) -> QuerySet[Matter]:
    """The queue as one condition, to count by."""
    found = Q(pk__in=())
    for role, units in _held(actor, unit):
        found |= Q(waits_for=role.value, unit__in=units)
    return Matter.objects.filter(_OPEN, found)


def _waiting(actor: Actor, unit: str) -> list[QuerySet[Matter]]:
    """The queue as lists, each of which an index gives in its order."""
    found = []
    for role, units in _held(actor, unit):
        of_role = Matter.objects.filter(_OPEN, waits_for=role.value)
        if len(units) <= _FEW:
            found += [of_role.filter(unit=one) for one in units]
        else:
            found.append(of_role.filter(unit__in=units))
    return found


def _narrowed(matters: QuerySet[Matter], chosen: Chosen, now_us: int) -> QuerySet[Matter]:
    if chosen.kind:
        matters = matters.filter(kind=chosen.kind)
    if chosen.state:
        matters = matters.filter(state=chosen.state)
    return matters if chosen.level is None else matters.filter(showing(chosen.level, now_us))


# --- own matters ----------------------------------------------------------------------------


def own(actor: Actor, after: str = "", limit: int = 50) -> Page:
    """Matters of his own and of those he acts for, the newest first. Raises ValueError for an `after` that is none."""
    opened, _, matter = after.partition(".")
    found = Matter.objects.filter(~Q(owner=""), _owned(actor))
    if after:
        found = found.filter(Q(opened_us__lt=int(opened)) | Q(id__lt=matter), opened_us__lte=int(opened))
    rows = found.order_by("-opened_us", "-id")[: limit + 1]
    return _page(list(rows), limit, lambda last: f"{last.opened_us}.{last.id}")


def _owned(actor: Actor) -> Q:
    """Journals are no matters that one has asked for: they have pages of their own."""
    found = Q(owner__in=sorted(actor.parties - {""})) & ~Q(kind="journal")
    for kind, owners in actor.agent_of.items():
        if kind:
            found |= Q(kind=kind, owner__in=sorted(owners))
    return found


# --- a supervisor's board ---------------------------------------------------------------------


def watch(units: Collection[str]) -> list[Watch]:
    """What is to be watched in each of the units, by code; units where there is nothing are left out."""
    now, today = moment.now_us(), moment.today()
    here = Matter.objects.filter(unit__in=sorted(units)).order_by().values("unit")
    counted: list[tuple[tuple[str, ...], QuerySet[Matter, Any]]] = [
        (Cards._fields, here.filter(_OPEN, _urgent(now)).annotate(**_card_counts(now))),
        (("paused",), here.filter(clock_state=State.PAUSED.value).annotate(paused=Count("pk"))),
        (("overrun",), here.filter(step_due__isnull=False, step_due__lt=today).annotate(overrun=Count("pk"))),
    ]
    found: dict[str, Watch] = {}
    for names, rows in counted:
        for unit, *counts in rows.values_list("unit", *names):
            figures = dict(zip(names, counts, strict=True))
            found[unit] = found.get(unit, Watch(unit))._replace(**figures)
    return [found[unit] for unit in sorted(found) if any(found[unit][1:])]


def watched(units: Collection[str], what: Watched, after: str = "", limit: int = 50, kind: str = "") -> Page:
    """The matters behind a figure of `watch`, most urgent first. Raises ValueError for an `after` that is none."""
    here = Matter.objects.filter(_shows(what), unit__in=sorted(units))
    return _merged([here.filter(kind=kind) if kind else here], after, limit)


def _shows(what: Watched) -> Q:
    if what is Watched.PAUSED:
        return Q(clock_state=State.PAUSED.value)
    if what is Watched.OVERRUN:
        return Q(step_due__isnull=False, step_due__lt=moment.today())
    now = moment.now_us()
    return _OPEN & _urgent(now) & showing(Level[what.name], now)


def _urgent(now_us: int) -> Q:
    """Whatever shows a card: two partial indexes hold it."""
    return Q(warn_us__isnull=False, warn_us__lte=now_us) | (Q(level__gt=0) & _OPEN)


def _card_counts(now_us: int) -> dict[str, Count]:
    levels = {"red": Level.RED, "yellow": Level.YELLOW, "warning": Level.WARNING}
    return {name: Count("pk", filter=showing(level, now_us)) for name, level in levels.items()}


# --- one matter -------------------------------------------------------------------------------


def entries_of(matters: Collection[str]) -> dict[str, list[StoredEntry]]:
    """All entries of some matters, in their order. Not for journals: theirs have no end."""
    found: dict[str, list[StoredEntry]] = {matter: [] for matter in matters}
    for entry in Entry.objects.filter(matter__in=sorted(found)).order_by("matter", "seq"):
        found[entry.matter_id].append(stored(entry))
    return found


def latest_entries(matter: Matter, most: int) -> list[StoredEntry]:
    """The last entries of a matter, in their order."""
    found = Entry.objects.filter(matter=matter.pk).order_by("-seq")[:most]
    return [stored(entry) for entry in reversed(found)]


def possible(actor: Actor, matter: Matter) -> list[Possible]:
    """The steps that he may take now, as the procedure orders them."""
    procedure = REGISTRY.procedures[matter.kind]
    today = moment.today()
    found = []
    for step in procedure.steps_from(procedure.state(matter.state)):
        role = actor.role_for(step.by, matter.unit, matter.owner, matter.kind)
        if role is None or step.after:
            continue
        last = _last(step, matter)
        if step.lapses and last is not None and today > last:
            continue
        if not (step.once and Entry.objects.filter(matter=matter.pk, step=step.key).exists()):
            found.append(Possible(step, role, last))
    return found


def _last(step: Step, matter: Matter) -> date | None:
    """None also where it cannot be told: the step itself then says why."""
    if not step.within:
        return None
    try:
        return last_day(step.within, matter.state_us, law(matter.calendar))
    except (CalendarError, TermError):
        return None


# --- pages ------------------------------------------------------------------------------------


def _merged(lists: Sequence[QuerySet[Matter]], after: str, limit: int) -> Page:
    """A page of several lists as one, by `due_order` and id, of which each gives no more than a page."""
    day, _, matter = after.partition(".")
    if after:
        since = date.fromisoformat(day)
        lists = [one.filter(Q(due_order__gt=since) | Q(id__gt=matter), due_order__gte=since) for one in lists]
    if not lists:
        return Page([], "")
    first, *others = [one.order_by("due_order", "id") for one in lists]
    if others:
        first, *others = [
            Matter.objects.filter(pk__in=one.values("pk")[: limit + 1]) for one in (first, *others)
        ]
        first = first.union(*others, all=True).order_by("due_order", "id")
    return _page(list(first[: limit + 1]), limit, lambda last: f"{last.due_order.isoformat()}.{last.id}")


def _page(found: list[Matter], limit: int, place: Callable[[Matter], str]) -> Page:
    return Page(found[:limit], place(found[limit - 1]) if len(found) > limit else "")
