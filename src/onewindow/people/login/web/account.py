"""One's own account (我的账户): password, second factors, sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.kernel import moment
from onewindow.people.access import SIGNED_IN, opened_to, signed_in
from onewindow.people.login import factors
from onewindow.people.login.devices import device_name
from onewindow.people.login.factors import LastFactor, factors_of
from onewindow.people.login.policy import policy
from onewindow.people.login.sessions import digest_of_session, end_sessions, is_fresh, sessions_of
from onewindow.people.login.web.entering import INVALID, change_password
from onewindow.people.login.web.forms import NewPasswordForm
from onewindow.people.models import Account

P = ParamSpec("P")
OwnView = Callable[Concatenate[HttpRequest, Account, P], HttpResponse]


def own(view: OwnView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page of one's own account: it is opened to whoever is signed in, and is told whose it is."""

    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        account = signed_in(request)
        assert account is not None  # the gate has asked
        return view(request, account, *args, **kwargs)

    return opened_to(SIGNED_IN)(never_cache(update_wrapper(shown, view)))


def freshly(view: OwnView[P]) -> OwnView[P]:
    """Who has not proved for a while who he is, does so once more before he changes a factor."""

    def shown(request: HttpRequest, account: Account, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_fresh(request):
            return view(request, account, *args, **kwargs)
        came_to = request.get_full_path() if request.method == "GET" else reverse("account")
        return redirect(f"{reverse('login-again')}?{urlencode({'next': came_to})}")

    return update_wrapper(shown, view)


@own
@require_GET
def overview(request: HttpRequest, account: Account) -> HttpResponse:
    """Password, second factors and sessions at a glance."""
    here, newest = digest_of_session(request), account.passwords.order_by("-id").first()
    has = factors_of(account)
    context = {
        "account": account,
        "rule": policy().of(account.kind),
        "changed": moment.at(newest.since_us) if newest and account.has_usable_password() else None,
        "has": has,
        "authenticator_added": moment.at(has.authenticator.added_us) if has.authenticator else None,
        "authenticator_used": moment.at(has.authenticator.used_us) if has.authenticator else None,
        "passkeys": [(one, moment.at(one.added_us), moment.at(one.used_us)) for one in has.passkeys],
        "sessions": [
            {
                "key": one.session_key,
                "device": device_name(one.agent),
                "place": one.place,
                "opened": moment.at(one.opened_us),
                "seen": moment.at(one.seen_us),
                "here": one.session_key == here,
            }
            for one in sessions_of(account)
        ],
    }
    return render(request, "login/account.html", context)


@own
@freshly
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest, account: Account) -> HttpResponse:
    """A new password of one's own accord; all other sessions end."""
    if not account.has_usable_password():
        return redirect("account")
    form = NewPasswordForm(request.POST or None)
    if form.is_valid() and change_password(account, form):
        auth.update_session_auth_hash(request, account)
        ended = end_sessions(account, but=digest_of_session(request))
        messages.success(request, _("口令已修改，另外 {count} 处登录已退出。").format(count=ended))
        return redirect("account")
    context = {"form": form, "rule": policy().of(account.kind), "due": False}
    return render(request, "login/password.html", context, status=INVALID if form.errors else 200)


@own
@require_POST
def end_session(request: HttpRequest, account: Account) -> HttpResponse:
    """End one of one's sessions, or all others."""
    key = request.POST.get("key", "")
    if key:
        ended, _each = account.sessions.filter(session_key=key).delete()
    else:
        ended = end_sessions(account, but=digest_of_session(request))
    messages.success(request, _("已退出 {count} 处登录。").format(count=ended))
    return redirect("account")


@own
@freshly
@require_POST
def remove(request: HttpRequest, account: Account, number: int = 0) -> HttpResponse:
    """Remove a passkey, or (0) the authenticator."""
    try:
        if number:
            factors.remove_passkey(account, number)
        else:
            factors.remove_authenticator(account)
    except LastFactor as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("已注销。"))
    return redirect("account")


@own
@freshly
@require_POST
def codes(request: HttpRequest, account: Account) -> HttpResponse:
    """New recovery codes, shown this once."""
    if not factors_of(account):
        return redirect("account")
    context = {"codes": factors.renew_codes(account), "came_to": reverse("account")}
    return render(request, "login/codes.html", context)
