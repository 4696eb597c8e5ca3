"""The only code that writes a state: `begin` opens a matter, `move` takes a step.

Both lock the matter, check state, role, facts and clock, append the entry, write the projection, and call
whoever reacts to the step, all in one transaction. A key makes a request that is repeated count once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from onewindow.kernel import guards, moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.dossiers.attaching import check_documents, check_opener
from onewindow.kernel.errors import (
    ClockBehind,
    ClockRefused,
    FactFault,
    FactsInvalid,
    Happened,
    KeyReused,
    Lapsed,
    NotAllowed,
    NotFound,
    NotPossible,
    Stale,
)
from onewindow.kernel.facts import MOST_DAYS, checked
from onewindow.kernel.law import Law, law
from onewindow.kernel.ledger.canonical import Json, encode
from onewindow.kernel.ledger.entry import FIRST_PREVIOUS, EntryValue, record
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.openings import concealed, keep
from onewindow.kernel.procedure import START, NoSuchStep, Procedure, Role, Step
from onewindow.kernel.projecting import (
    OPENED,
    Standing,
    clock_event,
    follows,
)
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.rows import row_of, standing_of_row, stored
from onewindow.kernel.statements import insert, locked, newest_calendar, update
from onewindow.kernel.timing import check_clock_follows, check_times

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What a new matter is: its title, the unit that handles it, whose it is, and the promise made.

    owner     reference of a person, "" for none
    promised  days, below the legal term, in its unit (承诺时限); None: the legal term itself
    """

    unit: str
    title: str
    owner: str = ""
    promised: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """How a step is asked for.

    key        idempotency key of the asker: the same key counts once
    seen       the last entry the asker knows of: somebody else's newer one makes the step `Stale`
    documents  SM3 of the documents that go with it, hexadecimal; each must be in the dossier of the matter
    """

    key: str = ""
    seen: int | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken. `replayed`: it was taken before, with the same key."""

    matter: Matter
    entry: EntryValue
    hash: bytes
    actor: Actor
    replayed: bool = False


def begin(
    kind: str,
    step: str,
    actor: Actor,
    facts: Mapping[str, Any] | None = None,
    *,
    subject: Subject,
    request: Request = Request(),
    id: str = "",  # noqa: A002 - the field's own name
) -> Taken:
    """Open a matter of a kind by one of its first steps.

    `id`: for a matter named after something else, or whose dossier was begun before (`dossiers.receiving`).
    Raises NotFound, NotAllowed, NotPossible, FactsInvalid, DocumentsUnknown, KeyReused, Lapsed and ClockRefused.
    """
    procedure, taken = _declared(kind, step)
    _check_subject(subject)
    if START not in taken.sources:
        raise NotPossible(_("“{step}”不是开始的环节。").format(step=taken.title))
    told = dict(facts or {})
    digest = _digest(f"{kind}/{id}", step, told, request, subject)

    def act() -> Taken:
        role = _role(taken, actor, kind, subject.unit, subject.owner)
        name = id or new_id()
        if id:
            check_opener(id, actor)
        about: dict[str, Json] = {
            "unit": subject.unit,
            "title": subject.title,
            "owner": subject.owner,
            "promised": subject.promised,
        }
        move_ = _Move(procedure, taken, actor, role, request, digest, law(newest_calendar()))
        return _append(move_, name, None, {OPENED: about, **checked(taken, told)})

    return _once(act, actor, request, digest)


def move(
    matter: str,
    step: str,
    actor: Actor,
    facts: Mapping[str, Any] | None = None,
    *,
    request: Request = Request(),
) -> Taken:
    """Take a step in a matter. Raises what `begin` does, and Stale."""
    told = dict(facts or {})
    digest = _digest(matter, step, told, request, None)

    def act() -> Taken:
        row, version = _locked(matter)
        procedure, taken = _declared(row.kind, step)
        role = _role(taken, actor, row.kind, row.unit, row.owner)
        _check_state(procedure, taken, row, request, role)
        move_ = _Move(procedure, taken, actor, role, request, digest, law(version))
        return _append(move_, row.id, standing_of_row(procedure, row), checked(taken, told))

    return _once(act, actor, request, digest)


def new_id() -> str:
    """An id for a matter: the day, and fifty random bits."""
    return f"{moment.today():%y%m%d}-" + "".join(secrets.choice(_ALPHABET) for _each in range(10))


# --- the transaction ------------------------------------------------------------------------


def _once(act: Callable[[], Taken], actor: Actor, request: Request, digest: bytes) -> Taken:
    """Do it in a transaction; where its key was used already, find what was done then."""
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction.atomic():
                return act()
        except (Stale, NotPossible, Lapsed, ClockRefused):
            if (before := _before(actor, request, digest)) is not None:
                return before
            raise
        except DatabaseError as error:
            if guards.DAY_CLOSED in str(error):
                # midnight passed between the reckoning and the entry, and the day was closed meanwhile
                if attempt == _TRIES:
                    told = _("服务器的时钟早于已经封存的日子，什么也不能记入台账。请系统管理员校准时钟。")
                    raise ClockBehind(told) from None
                continue
            if not isinstance(error, IntegrityError):
                raise
            if (before := _before(actor, request, digest)) is not None:
                return before
            if attempt == _TRIES:
                raise
    raise AssertionError


def _before(actor: Actor, request: Request, digest: bytes) -> Taken | None:
    """What was done with this key before. Raises KeyReused where that was something else."""
    if not request.key:
        return None
    entry = Entry.objects.filter(request_key=_key(actor, request)).select_related("matter").first()
    if entry is None:
        return None
    if bytes(entry.request_digest or b"") != digest:
        raise KeyReused(
            _("这个请求编号已用于另一项请求，请换一个编号。"), matter=entry.matter_id, seq=entry.seq
        )
    kept = stored(entry)
    return Taken(entry.matter, kept.value, kept.hash, actor, replayed=True)


def _key(actor: Actor, request: Request) -> str:
    return f"{actor.id}:{request.key}"


def _digest(
    about: str, step: str, told: Mapping[str, Any], request: Request, subject: Subject | None
) -> bytes:
    """Of what is asked: the same for the same request, whatever the order of its members."""
    asked = [about, step, told, list(request.documents), subject and list(_parts(subject))]
    return sm3(encode(asked).encode("utf-8", "surrogatepass")) if request.key else b""


def _parts(subject: Subject) -> Iterable[Json]:
    return subject.unit, subject.title, subject.owner, subject.promised


def _locked(matter: str) -> tuple[Matter, int]:
    """The row, ours until the transaction ends, and the version of the calendar."""
    found = locked(matter)
    if found is None:
        raise NotFound(_("没有编号为“{matter}”的事务，请核对编号。").format(matter=matter[:40]))
    return found


# --- what is checked ------------------------------------------------------------------------


def _declared(kind: str, step: str) -> tuple[Procedure, Step]:
    procedure = REGISTRY.procedures.get(kind)
    if procedure is None:
        raise NotFound(_("没有“{kind}”这种事务。").format(kind=kind[:40]))
    try:
        return procedure, procedure.step(step)
    except NoSuchStep:
        told = _("“{kind}”没有“{step}”这个环节。").format(kind=procedure.title, step=step[:40])
        raise NotFound(told) from None


def _role(step: Step, actor: Actor, kind: str, unit: str, owner: str) -> Role:
    role = actor.role_for(step.by, unit, owner, kind)
    if role is None:
        who = "、".join(one.title for one in step.by)
        told = _("“{step}”只能由{who}办理，您在这个单位没有这个角色。").format(step=step.title, who=who)
        raise NotAllowed(told, step=step.key)
    if role in _DECIDING and actor.role_for((Role.APPLICANT,), unit, owner, kind) is not None:
        told = _("这是您本人或您代理的事项，依法应当回避，请由其他人员办理“{step}”（公务员法 第七十六条）。")
        raise NotAllowed(told.format(step=step.title), step=step.key)
    return role


_DECIDING = (
    Role.WINDOW,
    Role.OFFICER,
    Role.APPROVER,
)  # who acts for the bureau, and so never in his own matter


def _check_subject(subject: Subject) -> None:
    faults = [
        FactFault(key, "length", _("“{title}”应为1至{most}个字。").format(title=title, most=most))
        for key, title, text, most in (
            ("unit", _("办理单位"), subject.unit, 40),
            ("title", _("标题"), subject.title, 200),
        )
        if not 0 < len(text) <= most
    ]
    if subject.promised is not None and not 1 <= subject.promised <= MOST_DAYS:
        told = _("承诺的天数应为1至{most}的整数。").format(most=MOST_DAYS)
        faults.append(FactFault("promised", "days", told))
    if faults:
        raise FactsInvalid(faults)


def _check_state(procedure: Procedure, step: Step, row: Matter, request: Request, role: Role) -> None:
    if request.seen is not None and request.seen != row.seq:
        raise Stale(_happened(procedure, row.id, request.seen, role), row.seq)
    state = procedure.state(row.state)
    if state not in step.sources:
        told = _("“{title}”现在是“{state}”，不能办理“{step}”。")
        last = _happened(procedure, row.id, row.seq - 1, role)
        if last:
            told += _("最近一次：{by}于{at}办理了“{last}”。").format(
                by=last[-1].by, at=f"{last[-1].at:%Y-%m-%d %H:%M:%S}", last=last[-1].step
            )
        message = told.format(title=row.title, state=state.title, step=step.title)
        raise NotPossible(message, state=row.state, seq=row.seq)
    if step.once and Entry.objects.filter(matter=row.id, step=step.key).exists():
        told = _("“{step}”依法只能办理一次，这件事已经办理过。").format(step=step.title)
        raise NotPossible(told, state=row.state, seq=row.seq, once=True)


def _happened(procedure: Procedure, matter: str, since: int, told: Role) -> list[Happened]:
    """What was done since, as whoever holds the role `told` may know it."""
    entries = Entry.objects.filter(matter=matter, seq__gt=since).order_by("seq")[:20]
    return [
        Happened(
            _title(procedure.step(entry.step), told),
            Role(entry.actor_kind).title,
            moment.at(entry.at),
            procedure.state(entry.to_state).title,
            entry.seq,
        )
        for entry in entries
    ]


def _title(step: Step, told: Role) -> str:
    return _("内部办理") if step.internal and told is Role.APPLICANT else step.title


# --- the entry ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    procedure: Procedure
    step: Step
    actor: Actor
    role: Role
    request: Request
    digest: bytes
    law: Law


def _append(one: _Move, matter: str, before: Standing | None, facts: dict[str, Json]) -> Taken:
    check_documents(matter, one.request.documents)
    facts, openings = concealed(one.step, facts)
    at = max(moment.now_us(), before.moved_us if before else 0)
    if before is not None:
        check_times(one.procedure, one.step, before, at, one.law)
        check_clock_follows(
            one.procedure, before, clock_event(one.step, at, facts, one.actor.id, before), one.law
        )
    if lender := one.actor.lender(one.role, _unit(before, facts)):
        facts = {**facts, "for": lender}
    entry = record(
        EntryValue(
            matter=matter,
            kind=one.procedure.kind,
            seq=before.seq + 1 if before else 1,
            step=one.step.key,
            from_state=before.state.key if before else START.key,
            to_state=one.step.target.key,
            actor_kind=one.role.value,
            actor_id=one.actor.id,
            at=at,
            facts=facts,
            documents=list(one.request.documents),
            previous=before.head if before else FIRST_PREVIOUS,
        )
    )
    standing = follows(before, one.procedure, entry.value, entry.hash)
    row = row_of(one.procedure, matter, standing, one.law)
    if before is None:
        insert(row)
    _insert(one, entry.value, entry.hash)
    if before is not None:
        update(row)
    keep(matter, entry.value.seq, openings)
    taken = Taken(row, entry.value, entry.hash, one.actor)
    for reaction in REGISTRY.reactions.get((one.procedure.kind, one.step.key), ()):
        reaction(taken)
    return taken


def _unit(before: Standing | None, facts: dict[str, Json]) -> str:
    if before is not None:
        return before.unit
    about = facts[OPENED]
    assert isinstance(about, dict)
    return str(about["unit"])


def _insert(one: _Move, value: EntryValue, head: bytes) -> None:
    request = one.request
    entry = Entry(
        matter_id=value.matter,
        **{name: getattr(value, name) for name in _PLAIN},
        facts=encode(value.facts),
        documents=encode(value.documents),
        hash=head,
        request_key=_key(one.actor, request) if request.key else None,
        request_digest=one.digest if request.key else None,
    )
    insert(entry)


_PLAIN = ("kind", "seq", "step", "from_state", "to_state", "actor_kind", "actor_id", "at", "previous")
