"""Roles are granted and withdrawn by the security administrator, to others, and kept apart (`rules`)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import Actor, FactFault, FactsInvalid, NotAllowed, NotFound, NotPossible, note
from onewindow.kernel.procedure import Role
from onewindow.people.models import Account, Assignment, Delegation, Structure, Unit
from onewindow.people.models.units import ROLES
from onewindow.people.rules import ADMINISTRATORS, Days, Held, clash


def grant(
    reference: str,
    role: Role,
    unit: str,
    actor: Actor,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Assignment:
    """Give somebody a role in a unit and all units below it.

    since   first day, today for None; until: last day, None for as long as nothing else is said
    Raises FactsInvalid, NotFound, NotPossible for a role that does not go with one he has, NotAllowed.
    """
    days = Days(since or moment.today(), until)
    if faults := _day_faults(days):
        raise FactsInvalid(faults)
    with transaction.atomic():
        Structure.locked()
        account = _grantee(reference, role, actor)
        where = _unit(unit)
        check_apart(account, Held(role, days))
        for one in account.assignments.filter(unit=where, role=role.value):
            if Days(one.since, one.until).meets(days):
                told = _("在这些日子里，该账户在“{unit}”已有“{role}”的角色。")
                raise NotPossible(told.format(unit=where, role=role.title))
        given = Assignment.objects.create(
            account=account, unit=where, role=role.value, since=days.since, until=days.until
        )
        note(reference, "role_granted", actor, {"what": _told(given)})
    return given


def withdraw(assignment: int, reason: str, actor: Actor) -> None:
    """A role ends now; what was lent of it ends with it.

    Raises NotFound, NotPossible for the last security administrator, NotAllowed, FactsInvalid without a reason.
    """
    with transaction.atomic():
        Structure.locked()
        held = Assignment.objects.filter(pk=assignment).select_related("account", "unit").first()
        today = moment.today()
        if held is None or (held.until is not None and held.until < today):
            raise NotFound(_("没有这项角色，或者它已经终止。"))
        if held.role == Role.SECURITY_ADMIN.value:
            check_not_last(held.account)
        held.until = today - timedelta(days=1)
        held.save(update_fields=["until"])
        note(held.account.reference, "role_withdrawn", actor, {"what": _named(held), "reason": reason})


def check_apart(account: Account, wanted: Held) -> None:
    """Raises NotPossible where the account holds a role, of its own or lent, that does not go with it."""
    own = [Held(Role(one.role), Days(one.since, one.until)) for one in account.assignments.all()]
    lent = [
        Held(Role(one.assignment.role), Days(one.since, one.until))
        for one in Delegation.objects.filter(deputy=account, ended__isnull=True).select_related("assignment")
    ]
    other = clash([*own, *lent], wanted)
    if other is not None:
        told = _(
            "系统、安全、审计三员分立，管理员也不得兼任业务角色：该账户在这些日子里是{other}，不能再任{role}。"
            "请先收回原角色，或者另选人员。"
        )
        raise NotPossible(told.format(other=other.title, role=wanted.role.title))


def check_not_last(account: Account) -> None:
    """Raises NotPossible where nobody else would be security administrator for good."""
    mine = still_held(account).filter(role=Role.SECURITY_ADMIN.value)
    others = Assignment.objects.filter(
        role=Role.SECURITY_ADMIN.value, until__isnull=True, since__lte=moment.today(), account__is_active=True
    ).exclude(account=account)
    if mine.exists() and not others.exists():
        raise NotPossible(_("这是最后一名长期的安全管理员，不能停用或收回。请先授予另一人安全管理员角色。"))


def still_held(account: Account) -> QuerySet[Assignment]:
    """Roles that have not ended: those of today and those that will begin."""
    return account.assignments.filter(Q(until__isnull=True) | Q(until__gte=moment.today()))


def _grantee(reference: str, role: Role, actor: Actor) -> Account:
    if reference == actor.id:
        raise NotAllowed(_("不能给自己授予角色，请另一名安全管理员办理。"))
    if role.value not in dict(ROLES):
        raise FactsInvalid(
            [FactFault("role", "choice", _("“{role}”不是可以授予的角色。").format(role=role.title))]
        )
    account = Account.objects.select_for_update().filter(reference=reference).first()
    if account is None:
        raise NotFound(_("没有这个账户，请核对。"))
    if not account.is_active:
        raise NotPossible(_("这个账户已经停用，请先由系统管理员恢复。"))
    if account.kind == Account.Kind.APPLICANT:
        raise NotPossible(_("申请人的账户不能授予角色，请系统管理员为工作人员另开账户。"))
    if account.kind == Account.Kind.CLIENT and role in ADMINISTRATORS:
        raise NotPossible(_("系统账户不能担任管理员。"))
    return account


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound(_("没有代码为“{code}”的单位，请核对代码。").format(code=code[:40]))
    if unit.closed is not None:
        raise NotPossible(_("“{unit}”已于{day}撤销，请另选单位。").format(unit=unit, day=unit.closed))
    return unit


def _day_faults(days: Days) -> list[FactFault]:
    if days.since < moment.today():
        return [FactFault("since", "past", _("开始日期不能早于今天：以前的事不能补授权。"))]
    if days.until is not None and days.until < days.since:
        return [FactFault("until", "order", _("截止日期不能早于开始日期。"))]
    return []


def _named(held: Assignment) -> str:
    return f"{Role(held.role).title}（{held.unit.name}，{held.unit.code}）"


def _told(held: Assignment) -> str:
    if held.until is None:
        return _("{role}，自{since}起").format(role=_named(held), since=held.since)
    return _("{role}，自{since}至{until}").format(role=_named(held), since=held.since, until=held.until)
