"""Delegation during leave (休假委托): a deputy does what somebody else would, in his name, for some days.

What is lent is an assignment of the lender's own, so a role that was lent to him cannot be passed on; it holds
only on days on which he holds it himself, so nothing grows. Entries of the deputy say for whom he acted. The
three administrators' roles are not lent: another is appointed for those days by the security administrator.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import Actor, FactFault, FactsInvalid, NotFound, NotPossible, note
from onewindow.kernel.procedure import Role
from onewindow.people.actions.roles import check_apart, still_held
from onewindow.people.models import Account, Assignment, Delegation, Structure
from onewindow.people.rules import ADMINISTRATORS, Days, Held

LONGEST_REASON = 200


def delegate(
    lender: str, deputy: str, since: date, until: date, reason: str, actor: Actor
) -> list[Delegation]:
    """Lend all business roles that somebody holds on those days to a deputy, from a day to a day, both counted.

    lender, deputy  references of accounts. `actor` is the lender or the security administrator
    Raises FactsInvalid, NotFound, NotPossible, NotAllowed.
    """
    reason, days = reason.strip(), Days(since, until)
    if faults := _faults(days, reason, lender == deputy):
        raise FactsInvalid(faults)
    with transaction.atomic():
        Structure.locked()
        absent, stands_in = _staff(lender), _staff(deputy)
        made = []
        for held in _lendable(absent, days):
            check_apart(stands_in, Held(Role(held.role), days))
            _check_free(held, days)
            made.append(
                Delegation.objects.create(
                    assignment=held, deputy=stands_in, since=since, until=until, reason=reason
                )
            )
        roles = "、".join(
            sorted({f"{Role(one.assignment.role).title}（{one.assignment.unit}）" for one in made})
        )
        told = _("{since}至{until}由{deputy}代办：{roles}")
        what = told.format(since=since, until=until, deputy=deputy, roles=roles)
        note(lender, "delegated", actor, {"what": what[:500]})
    return made


def end_delegation(delegation: int, actor: Actor) -> None:
    """The deputy may act no more, from now on. By the lender or the security administrator.

    Raises NotFound, NotAllowed.
    """
    with transaction.atomic():
        Structure.locked()
        lent = (
            Delegation.objects.filter(pk=delegation, ended__isnull=True, until__gte=moment.today())
            .select_related("assignment__account", "assignment__unit", "deputy")
            .first()
        )
        if lent is None:
            raise NotFound(_("没有这项委托，或者它已经终止。"))
        lent.ended = moment.today()
        lent.save(update_fields=["ended"])
        held = lent.assignment
        what = f"{lent.deputy.reference}：{Role(held.role).title}（{held.unit}）"
        note(held.account.reference, "delegation_ended", actor, {"what": what})


def _lendable(lender: Account, days: Days) -> list[Assignment]:
    administrators = [role.value for role in ADMINISTRATORS]
    held = [
        one
        for one in still_held(lender).select_related("unit").order_by("pk")
        if Days(one.since, one.until).meets(days)
    ]
    found = [one for one in held if one.role not in administrators]
    if found:
        return found
    if held:
        raise NotPossible(_("管理员角色不能委托。休假期间请安全管理员授予另一人，写明起止日期。"))
    raise NotPossible(_("在这些日子里没有可以委托的本人角色。别人委托来的角色不能再转委托。"))


def _check_free(held: Assignment, days: Days) -> None:
    """One deputy for one role on one day: otherwise nobody could say whose turn it is."""
    for one in held.delegations.filter(ended__isnull=True).select_related("deputy"):
        if Days(one.since, one.until).meets(days):
            told = _("{since}至{until}已经委托给{deputy}，请先终止那项委托，或者另选日期。")
            raise NotPossible(told.format(since=one.since, until=one.until, deputy=one.deputy.name))


def _staff(reference: str) -> Account:
    account = Account.objects.filter(reference=reference, kind=Account.Kind.STAFF, is_active=True).first()
    if account is None:
        raise NotFound(_("没有这名工作人员，或者账户已经停用，请另选。"))
    return account


def _faults(days: Days, reason: str, himself: bool) -> list[FactFault]:
    faults = []
    if himself:
        faults.append(FactFault("deputy", "self", _("不能委托给自己，请选另一名工作人员。")))
    if days.since < moment.today():
        faults.append(FactFault("since", "past", _("开始日期不能早于今天。")))
    if days.until is not None and days.until < days.since:
        faults.append(FactFault("until", "order", _("截止日期不能早于开始日期。")))
    if not 0 < len(reason) <= LONGEST_REASON:
        told = _("请写明休假事由，最多{most}个字。").format(most=LONGEST_REASON)
        faults.append(FactFault("reason", "missing", told))
    return faults
