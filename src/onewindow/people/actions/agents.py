"""Agents (代理人): who acts for a principal, in which matters, from when to when, on what paper.

The power of attorney says who, for what and how long, and is signed (民法典 第一百六十五条); its digest is
kept, the document itself is the dossier's. An agent authorises nobody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import (
    JOURNAL,
    REGISTRY,
    Actor,
    FactFault,
    FactsInvalid,
    NotAllowed,
    NotFound,
    NotPossible,
    note,
)
from onewindow.people.actions.persons import locked
from onewindow.people.models import Authorisation, Person
from onewindow.people.rules import Days

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Power:
    """A power of attorney.

    principal  reference of a person or an organisation; agent: of a natural person
    kind       kind of matter, "" for every kind; since, until: first and last day
    document   SM3 of the paper, hexadecimal
    """

    principal: str
    agent: str
    since: date
    until: date
    document: str
    kind: str = ""


def authorise(power: Power, actor: Actor) -> Authorisation:
    """An agent may act for a principal. By the principal himself, or at a window that has seen the paper.

    Raises FactsInvalid, NotFound, NotPossible where he is authorised already, NotAllowed.
    """
    if faults := _faults(power):
        raise FactsInvalid(faults)
    if actor.is_himself(power.agent):
        raise NotAllowed(_("不能把自己登记为他人的代理人，请由委托人本人或者另一名窗口人员办理。"))
    with transaction.atomic():
        locked(power.principal)
        if not isinstance(locked(power.agent), Person):
            raise NotPossible(_("代理人应为自然人：单位代理的，请登记经办人。"))
        _check_free(power)
        made = Authorisation.objects.create(
            principal=power.principal,
            agent=power.agent,
            kind=power.kind,
            since=power.since,
            until=power.until,
            document=power.document,
        )
        told = _("{agent}，{scope}，{since}至{until}，依据{document}")
        what = told.format(
            agent=power.agent,
            scope=scope(power.kind),
            since=power.since,
            until=power.until,
            document=power.document[:16],
        )
        note(power.principal, "authorised", actor, {"what": what})
    return made


def end_authorisation(authorisation: int, actor: Actor) -> None:
    """The agent may act no more. By the principal, or at a window.

    Raises NotFound, NotAllowed.
    """
    with transaction.atomic():
        held = (
            Authorisation.objects.select_for_update()
            .filter(pk=authorisation, ended__isnull=True, until__gte=moment.today())
            .first()
        )
        if held is None:
            raise NotFound(_("没有这项授权，或者它已经终止。"))
        held.ended = moment.today()
        held.save(update_fields=["ended"])
        note(held.principal, "authorisation_ended", actor, {"what": f"{held.agent}，{scope(held.kind)}"})


def scope(kind: str) -> str:
    """In words: which matters a power of attorney covers."""
    if not kind:
        return _("全部事项")
    return REGISTRY.procedures[kind].title if kind in REGISTRY.procedures else kind


def _check_free(power: Power) -> None:
    days = Days(power.since, power.until)
    for one in Authorisation.objects.filter(
        principal=power.principal, agent=power.agent, kind__in=("", power.kind), ended__isnull=True
    ):
        if Days(one.since, one.until).meets(days):
            told = _("该代理人在{since}至{until}已有这项授权，请先终止，或者另选日期。")
            raise NotPossible(told.format(since=one.since, until=one.until))


def _faults(power: Power) -> list[FactFault]:
    faults = []
    if power.principal == power.agent:
        faults.append(FactFault("agent", "self", _("不能授权给本人，请填写代理人。")))
    if power.until < power.since:
        faults.append(FactFault("until", "order", _("截止日期不能早于开始日期。")))
    if power.until < moment.today():
        faults.append(FactFault("until", "past", _("授权委托书已经过期，请重新出具。")))
    if power.kind and (power.kind not in REGISTRY.procedures or power.kind == JOURNAL.kind):
        faults.append(FactFault("kind", "choice", _("没有“{kind}”这种事务。").format(kind=power.kind[:40])))
    if not _DIGEST.fullmatch(power.document):
        told = _("请先上传授权委托书：依据应为文件的 SM3 摘要（64位十六进制）。")
        faults.append(FactFault("document", "digest", told))
    return faults
