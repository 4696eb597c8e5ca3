"""To log in: name and password, the second factor, a new password where one is due; and to log out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import auth
from django.contrib.auth.hashers import check_password
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.kernel import moment
from onewindow.people.access import EVERYBODY, SIGNED_IN, opened_to, signed_in
from onewindow.people.login import actions, authenticator, kept, passkeys, province, recovery
from onewindow.people.login.actions import LogInRefused, PasswordRefused
from onewindow.people.login.factors import Factor, factors_of
from onewindow.people.login.policy import policy
from onewindow.people.login.sessions import FRESH, IDLE, LONG, end_sessions
from onewindow.people.login.stages import Stage
from onewindow.people.login.web import challenges, steps
from onewindow.people.login.web.forms import (
    AgainForm,
    CodeForm,
    LogInForm,
    NewPasswordForm,
    PasskeyForm,
    RecoveryForm,
)
from onewindow.people.login.web.province import leave_there
from onewindow.people.models import Account

INVALID = 422  # a form that must be mended
_FORMS: dict[str, type[Form]] = {
    Factor.AUTHENTICATOR.value: CodeForm,
    Factor.PASSKEY.value: PasskeyForm,
    Factor.RECOVERY.value: RecoveryForm,
}


@opened_to(EVERYBODY)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password."""
    came_to = steps.safe_target(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "GET" and signed_in(request):
        return redirect(came_to)
    form = LogInForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            account = actions.enter(said["login"], said["password"], steps.visit(request))
        except LogInRefused as refused:
            form.add_error(None, refused.message)
        else:
            return steps.begin(request, steps.Entering(account, Factor.NONE, True, came_to))
    context = {
        "form": form,
        "next": came_to,
        "why": _why(request),
        "province": province.offered() is not None,
    }
    return render(request, "login/enter.html", context, status=INVALID if form.errors else 200)


def _why(request: HttpRequest) -> str:
    """Why the last session ended, in words."""
    told = {
        IDLE: _("因为一段时间没有操作，您已自动退出。"),
        LONG: _("登录已满 {hours} 小时，请重新登录。").format(hours=policy().session.hours),
    }.get(request.GET.get("why", ""), "")
    if told and "kept" in request.GET:
        told += _("刚才提交的内容已经替您留下，登录后可以继续。")
    return told


@opened_to(EVERYBODY)
@never_cache
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second factor: a code, a passkey, or a recovery code. The button that was pressed says which."""
    entering = steps.entering_of(request)
    if entering is None or entering.stage is not Stage.SECOND:
        return redirect("login")
    account, site = entering.account, passkeys.site_of(request)
    chosen = request.POST.get("factor", "")
    forms = {
        name: kind(request.POST if name == chosen else None, auto_id=f"{name}_%s")
        for name, kind in _FORMS.items()
    }
    if form := forms.get(chosen):
        factor = Factor(chosen)
        if form.is_valid():
            try:
                actions.prove(account, factor, _check(request, account, factor, form), steps.visit(request))
            except LogInRefused as refused:
                form.add_error(None, refused.message)
            else:
                return steps.proved(request, entering, factor)
    has = factors_of(account)
    asked = challenges.keep(request, passkeys.ask_to_sign(account, site)) if has.passkeys and site else ""
    context = {"has": has, "forms": forms, "options": asked, "chosen": chosen}
    return render(request, "login/second.html", context, status=INVALID if chosen else 200)


def _check(request: HttpRequest, account: Account, factor: Factor, form: Form) -> Callable[[], bool]:
    said = form.cleaned_data
    if factor is Factor.PASSKEY:
        challenge, site = challenges.take(request), passkeys.site_of(request)
        return lambda: site is not None and passkeys.accepts(account, said["answer"], challenge, site)
    accepts = recovery.accepts if factor is Factor.RECOVERY else authenticator.accepts
    return lambda: accepts(account, said["code"])


@opened_to(EVERYBODY)
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """A new password before anything else: the present one is initial, or too old."""
    entering = steps.entering_of(request)
    if entering is None or entering.stage is not Stage.PASSWORD:
        return redirect("login")
    form = NewPasswordForm(request.POST or None)
    if form.is_valid() and change_password(entering.account, form):
        end_sessions(entering.account)
        return steps.proved(request, entering, entering.factor)
    context = {"form": form, "rule": policy().of(entering.account.kind), "due": True}
    return render(request, "login/password.html", context, status=INVALID if form.errors else 200)


def change_password(account: Account, form: NewPasswordForm) -> bool:
    """Whether the password was changed; the rules that it breaks go into the form."""
    try:
        actions.change_password(account, form.cleaned_data["password"])
    except PasswordRefused as refused:
        for fault in refused.faults:
            form.add_error("password", fault.message)
        return False
    return True


@opened_to(SIGNED_IN)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Who changes a factor, proves once more who he is."""
    account = signed_in(request)
    assert account is not None
    came_to = steps.safe_target(request, request.POST.get("next") or request.GET.get("next", ""))
    form = AgainForm(request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["password"]
        try:
            actions.prove(
                account, Factor.NONE, lambda: check_password(password, account.password), steps.visit(request)
            )
        except LogInRefused as refused:
            form.add_error(None, refused.message)
        else:
            request.session[FRESH] = moment.now_us()
            return redirect(came_to)
    context = {"form": form, "next": came_to, "has_password": account.has_usable_password()}
    return render(request, "login/again.html", context, status=INVALID if form.errors else 200)


@opened_to(SIGNED_IN)
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End this session; whoever came through the province is told how to end that one, too."""
    account = signed_in(request)
    assert account is not None
    actions.left(account)
    there = leave_there(request)
    auth.logout(request)
    return render(request, "login/left.html", {"there": there})


@opened_to(EVERYBODY)
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Where the province's identity service returns to after it has logged somebody out."""
    return render(request, "login/left.html", {"there": ""})


@opened_to(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "POST"])
def kept_form(request: HttpRequest) -> HttpResponse:
    """What was typed when the last session ended: to be sent again, or dropped."""
    account = signed_in(request)
    assert account is not None
    found = kept.newest(account)
    if found is None or request.method == "POST":
        if found is not None:
            kept.forget(account, [found.id])
        return redirect("/")
    return render(request, "login/kept.html", {"kept": found, "resent": kept.RESENT})
