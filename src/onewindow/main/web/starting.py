"""Starting a matter: what may be started by whom, and the form made of what the first step asks.

The same step is taken by an applicant for himself, or by a window for somebody who stands before it; the window
also says who that is, so two forms lead to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import PLATFORM_UNIT, Request, Subject, Taken, begin, checked
from onewindow.kernel.errors import (
    ClockRefused,
    FactFault,
    FactsInvalid,
    KeyReused,
    Lapsed,
    NotAllowed,
    NotFound,
    NotPossible,
)
from onewindow.kernel.law import law
from onewindow.kernel.legal_time import Term
from onewindow.kernel.procedure import START, Fact, Kind, NoSuchStep, Procedure, Role, Step
from onewindow.kernel.registry import REGISTRY
from onewindow.main.web.forms import Asked, asked, fields, told
from onewindow.main.web.places import BUSINESS
from onewindow.main.web.steps import INVALID
from onewindow.people.access import APPLICANTS, ActorRequest, opened_to
from onewindow.people.api import (
    Account,
    OrganisationDetails,
    PersonDetails,
    party_names,
    register_organisation,
    register_person,
    tree,
)

OWN, DESK = "own", "desk"
_TITLE, _UNIT, _OWNER, _PROMISED = "about.title", "about.unit", "about.owner", "about.promised"
_WHAT, _NAME, _NUMBER = "about.what", "about.name", "about.number"
_PERSON, _ORGANISATION = "person", "organisation"
# What the registration of a person calls its faults, and the field of ours that they belong to.
_FAULTS_OF_REGISTRATION = {"name": _NAME, "identity": _NUMBER, "code": _NUMBER}


@dataclass(frozen=True, slots=True)
class Beginning:
    """A first step that somebody may take, for himself (OWN) or for somebody at the window (DESK)."""

    procedure: Procedure
    step: Step
    who: str
    units: frozenset[str]


@opened_to(APPLICANTS, *BUSINESS)
def start(request: ActorRequest) -> HttpResponse:
    """What may be started."""
    return render(request, "start/list.html", {"beginnings": list(_beginnings(request))})


@opened_to(APPLICANTS, *BUSINESS)
def start_one(request: ActorRequest, kind: str, step_key: str, who: str) -> HttpResponse:
    """The form of a first step, and its sending."""
    beginning = _beginning(request, kind, step_key, who)
    about = _about(request, beginning)
    if request.method != "POST":
        return _form(request, beginning, about, Asked(), {})
    ask = asked(request.POST)
    typed = {**told(about, request.POST), **told(beginning.step, request.POST)}
    if more := request.POST.get("more", ""):
        return _form(request, beginning, about, ask, typed, more=more.removeprefix("fact-"))
    try:
        done = _begun(request, beginning, about, ask, typed)
    except FactsInvalid as invalid:
        return _form(request, beginning, about, ask, typed, invalid.faults)
    except KeyReused as reused:
        again = _("这张表已经提交过，编号 {matter}。如果要另外再办一件，请核对后再次提交。")
        fault = FactFault("", "again", again.format(matter=reused.details["matter"]))
        return _form(request, beginning, about, Asked(), typed, (fault,))
    except (ClockRefused, Lapsed, NotPossible) as refusal:
        fault = FactFault("", refusal.code, refusal.message)
        return _form(request, beginning, about, ask, typed, (fault,))
    if done.replayed:
        messages.info(request, _("这张表先前已经提交，没有重复办理。"))
    else:
        told_him = _("已提交，编号 {matter}，请记下。有材料的，请在下面“材料”处上传。")
        messages.success(request, told_him.format(matter=done.matter.pk))
    return redirect("matter", matter_id=done.matter.pk)


def _begun(
    request: ActorRequest, beginning: Beginning, about: Step, ask: Asked, typed: Mapping[str, Any]
) -> Taken:
    """Raises FactsInvalid with everything that is wrong, and what `begin` raises."""
    of_step = {fact.key for fact in beginning.step.facts}
    facts = {key: value for key, value in typed.items() if key in of_step}
    known: dict[str, Any] = {}
    faults: list[FactFault] = []
    for step, values in (
        (about, {k: v for k, v in typed.items() if k not in of_step}),
        (beginning.step, facts),
    ):
        try:
            known |= checked(step, values)
        except FactsInvalid as invalid:
            faults += invalid.faults
    faults += _promise_faults(beginning, known)
    if faults:
        raise FactsInvalid(faults)
    owner = _owner(request, beginning, known)
    subject = Subject(known[_UNIT], known[_TITLE], owner, known.get(_PROMISED))
    kind, first = beginning.procedure.kind, beginning.step.key
    return begin(kind, first, request.actor, facts, subject=subject, request=Request(ask.key))


# --- who may start what -------------------------------------------------------------------------


def _beginnings(request: ActorRequest) -> Iterator[Beginning]:
    account = request.user
    assert isinstance(account, Account)
    own = bool(account.party) or account.kind == Account.Kind.APPLICANT
    everywhere = frozenset(unit.code for unit in tree().units.values() if not unit.closed)
    for procedure in REGISTRY.procedures.values():
        for step in procedure.steps_from(START):
            if own and Role.APPLICANT in step.by:
                yield Beginning(procedure, step, OWN, everywhere)
            units = _desk_units(request.actor, step) & everywhere
            if units:
                yield Beginning(procedure, step, DESK, units)


def _desk_units(actor: Actor, step: Step) -> frozenset[str]:
    held = (actor.grants.get(role, frozenset()) for role in step.by if role in BUSINESS)
    return frozenset[str]().union(*held) - {PLATFORM_UNIT}


def _beginning(request: ActorRequest, kind: str, step_key: str, who: str) -> Beginning:
    for one in _beginnings(request):
        if (one.procedure.kind, one.step.key, one.who) == (kind, step_key, who):
            return one
    try:
        step = REGISTRY.procedures[kind].step(step_key)
    except (KeyError, NoSuchStep):
        raise NotFound(_("没有这种事务。")) from None
    raise NotAllowed(_("您不能办理“{step}”，请找本单位的安全管理员授予角色。").format(step=step.title))


# --- what is asked besides the facts of the step --------------------------------------------------


def _about(request: ActorRequest, beginning: Beginning) -> Step:
    """What a matter is, as if it were facts of a step: so it is drawn and checked like them."""
    units = tuple((unit.code, unit.name) for unit in tree().units.values() if unit.code in beginning.units)
    facts = [
        Fact(_TITLE, _("申请什么") if beginning.who == OWN else _("事项"), longest=200),
        Fact(_UNIT, _("由哪个单位办理"), Kind.CHOICE, choices=units),
    ]
    has_owner = any(Role.APPLICANT in one.by for one in beginning.procedure.steps)
    if beginning.who == OWN:
        facts = [*_principals(request, beginning), *facts]
    elif has_owner:
        facts = [*_applicant(), *facts]
    if beginning.who == DESK and beginning.procedure.term:
        term = _term(beginning)
        facts.append(
            Fact(
                _PROMISED,
                _("承诺时限（{unit}，短于法定时限的才填）").format(unit=term.unit.title),
                Kind.DAYS,
                False,
            )
        )
    return Step("about", "", START, START, (), facts=tuple(facts))


def _term(beginning: Beginning) -> Term:
    return law().rules.term(beginning.procedure.term, moment.today())


def _promise_faults(beginning: Beginning, known: Mapping[str, Any]) -> list[FactFault]:
    """A promise that is no shorter than what the law allows promises nothing."""
    if _PROMISED not in known or known[_PROMISED] < (term := _term(beginning)).amount:
        return []
    told = _("承诺时限应短于法定的{amount}{unit}；不短于的不用填写。")
    return [FactFault(_PROMISED, "promise", told.format(amount=term.amount, unit=term.unit.title))]


def _applicant() -> tuple[Fact, ...]:
    kinds = ((_PERSON, _("自然人")), (_ORGANISATION, _("法人或其他组织")))
    return (
        Fact(_WHAT, _("申请人是"), Kind.CHOICE, choices=kinds),
        Fact(_NAME, _("申请人姓名或名称"), longest=100),
        Fact(_NUMBER, _("居民身份证号码或统一社会信用代码"), longest=30),
    )


def _principals(request: ActorRequest, beginning: Beginning) -> tuple[Fact, ...]:
    """For whom, where somebody has authorised him."""
    actor = request.actor
    for_others = actor.agent_of.get("", frozenset()) | actor.agent_of.get(
        beginning.procedure.kind, frozenset()
    )
    if not for_others:
        return ()
    names = party_names(for_others)
    others = tuple((one, names.get(one, one)) for one in sorted(for_others))
    choices = ((_own_reference(request), _("本人")), *others)
    return (Fact(_OWNER, _("为谁办理"), Kind.CHOICE, choices=choices),)


def _own_reference(request: ActorRequest) -> str:
    account = request.user
    assert isinstance(account, Account)
    return account.party or account.reference


def _owner(request: ActorRequest, beginning: Beginning, known: Mapping[str, Any]) -> str:
    """Whose the new matter is; at the window he is registered where nobody knew him. Raises FactsInvalid."""
    if beginning.who == OWN:
        return str(known.get(_OWNER) or _own_reference(request))
    if _NUMBER not in known:
        return ""
    name, number = known[_NAME], known[_NUMBER]
    try:
        if known[_WHAT] == _PERSON:
            return register_person(PersonDetails(name, number), request.actor).reference
        return register_organisation(OrganisationDetails(name, number), request.actor).reference
    except FactsInvalid as invalid:
        raise FactsInvalid(
            [one._replace(key=_FAULTS_OF_REGISTRATION.get(one.key, "")) for one in invalid.faults]
        ) from None


def _form(
    request: ActorRequest,
    beginning: Beginning,
    about: Step,
    ask: Asked,
    typed: Mapping[str, Any],
    faults: tuple[FactFault, ...] = (),
    more: str = "",
) -> HttpResponse:
    own = beginning.who == OWN
    drawn = fields((*about.facts, *beginning.step.facts), typed, faults, more=more, own=own)
    known = {one.key for one in (*about.facts, *beginning.step.facts)}
    context = {
        "beginning": beginning,
        "asked": ask,
        "fields": drawn,
        "faulty": [one for one in drawn if one.faults],
        "loose": [one.message for one in faults if one.key not in known],
    }
    return render(request, "start/form.html", context, status=INVALID if faults else 200)
