"""Staff: accounts for the system administrator, roles for the security administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onewindow.kernel import moment
from onewindow.kernel.api import NotFound
from onewindow.kernel.procedure import Role
from onewindow.people.access import ActorRequest, opened_to
from onewindow.people.actions.accounts import close_account, open_account, rename_account, reopen_account
from onewindow.people.actions.roles import grant, withdraw
from onewindow.people.login.actions import locked_until, set_initial_password, unlock
from onewindow.people.login.factors import factors_of, remove_all
from onewindow.people.models import Account
from onewindow.people.queries import breaches, delegations
from onewindow.people.web.acting import ActForm
from onewindow.people.web.forms import AccountForm, GrantForm, NameForm, ReasonForm, SureForm

MOST = 200


@opened_to(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
def staff(request: ActorRequest) -> HttpResponse:
    """Accounts of staff and of systems, by name or log-in name."""
    wanted = request.GET.get("q", "").strip()[:60]
    found = Account.objects.exclude(kind=Account.Kind.APPLICANT)
    if wanted:
        found = found.filter(Q(login__icontains=wanted) | Q(name__icontains=wanted))
    rows = found.prefetch_related("assignments__unit").order_by("-is_active", "login")[: MOST + 1]
    context = {
        "accounts": [(row, _roles(row)) for row in rows[:MOST]],
        "more": len(rows) > MOST,
        "wanted": wanted,
        "may_open": bool(request.actor.grants.get(Role.SYSTEM_ADMIN)),
        "breaches": breaches(),
    }
    return render(request, "people/staff.html", context)


@opened_to(Role.SYSTEM_ADMIN)
def open_(request: ActorRequest) -> HttpResponse:
    """A new account."""
    form = AccountForm(request.POST or None)
    if form.carried_out(lambda told: open_account(**told, actor=request.actor)):
        messages.success(request, _("已开立账户。请生成初始口令交给本人；角色由安全管理员授予。"))
        return redirect("people-account", reference=form.result.reference)
    context = {"form": form, "title": _("开立账户"), "back": "people-staff", "act": _("开立")}
    return render(request, "people/form.html", context, status=form.status)


@opened_to(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
def account(request: ActorRequest, reference: str) -> HttpResponse:
    """One account, with the forms of whoever looks at it."""
    return _page(request, _account(reference), ())


@opened_to(Role.SYSTEM_ADMIN)
@require_POST
def change(request: ActorRequest, reference: str) -> HttpResponse:
    """Rename, close, open again, give an initial password: `act` says which."""
    of, sent, by = _account(reference), request.POST.get("act", ""), request.actor
    form: ActForm
    if sent == "rename":
        form = NameForm(request.POST)
        form.carried_out(lambda told: rename_account(reference, told["name"], by))
    elif sent == "password":
        form = SureForm(request.POST)
        if form.carried_out(lambda _told: set_initial_password(of, by)):
            return render(request, "people/password.html", {"account": of, "password": form.result})
    else:
        form = _reason(sent, request.POST)
        acts = {
            "close": lambda told: close_account(reference, told["reason"], by),
            "reopen": lambda told: reopen_account(reference, told["reason"], by),
        }
        if sent not in acts:
            raise NotFound(_("没有这种操作。"))
        form.carried_out(acts[sent])
    return _after(request, of, form, sent)


@opened_to(Role.SECURITY_ADMIN)
@require_POST
def roles(request: ActorRequest, reference: str) -> HttpResponse:
    """Grant, withdraw, unlock, take second factors away: `act` says which."""
    of, sent, by = _account(reference), request.POST.get("act", ""), request.actor
    form: ActForm
    if sent == "grant":
        form = GrantForm(request.POST)
        form.carried_out(
            lambda told: grant(
                reference, Role(told["role"]), told["unit"], by, since=told["since"], until=told["until"]
            )
        )
    elif sent == "withdraw":
        form = _reason(sent, request.POST)
        held = request.POST.get("held", "")
        number = int(held) if held.isascii() and held.isdecimal() and len(held) < 19 else 0
        if not of.assignments.filter(pk=number).exists():
            raise NotFound(_("没有这项角色，或者它已经终止。"))
        form.carried_out(lambda told: withdraw(number, told["reason"], by))
    else:
        acts: dict[str, Callable[[dict[str, Any]], object]] = {
            "unlock": lambda told: unlock(of, by, told["reason"]),
            "factors": lambda told: remove_all(of, by, told["reason"]),
        }
        if sent not in acts or reference == by.id:
            raise NotFound(_("没有这种操作。"))
        form = _reason(sent, request.POST)
        form.carried_out(acts[sent])
    return _after(request, of, form, sent)


def _after(request: ActorRequest, of: Account, form: ActForm, sent: str) -> HttpResponse:
    if form.errors:
        return _page(request, of, ((sent, form),))
    messages.success(request, _("已办理，并记入这个账户的日志。"))
    return redirect("people-account", reference=of.reference)


def _page(request: ActorRequest, of: Account, faulty: Iterable[tuple[str, ActForm]]) -> HttpResponse:
    """The forms are fresh, but for the one that was refused."""
    of.refresh_from_db()
    until = locked_until(of)
    forms: dict[str, ActForm] = {
        "rename": NameForm(initial={"name": of.name}),
        "grant": GrantForm(initial={"since": moment.today()}),
        **{name: _reason(name) for name in ("close", "reopen", "factors", "withdraw", "unlock")},
        **dict(faulty),
    }
    context = {
        "account": of,
        "held": [
            (one, Role(one.role).title) for one in of.assignments.select_related("unit").order_by("-id")
        ],
        "today": moment.today(),
        "delegations": delegations(of),
        "locked_until": moment.at(until) if until > moment.now_us() else None,
        "has_factors": bool(factors_of(of)),
        "system": bool(request.actor.grants.get(Role.SYSTEM_ADMIN)),
        "security": bool(request.actor.grants.get(Role.SECURITY_ADMIN)),
        "himself": of.reference == request.actor.id,
        "forms": forms,
        "refused": [fault for _name, form in faulty for faults in form.errors.values() for fault in faults],
    }
    status = max([200, *(form.status for _name, form in faulty)])
    return render(request, "people/account.html", context, status=status)


def _reason(act: str, sent: QueryDict | None = None) -> ReasonForm:
    """Several stand on one page."""
    return ReasonForm(sent, auto_id=f"{act}-%s")


def _account(reference: str) -> Account:
    found = Account.objects.filter(reference=reference).exclude(kind=Account.Kind.APPLICANT).first()
    if found is None:
        raise NotFound(_("没有这个账户，请核对。"))
    return found


def _roles(row: Account) -> list[str]:
    today = moment.today()
    return [
        f"{Role(one.role).title}（{one.unit}）"
        for one in row.assignments.all()
        if one.since <= today and (one.until is None or one.until >= today)
    ]
