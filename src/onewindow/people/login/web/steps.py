"""What the pages of log-in share: who is entering, what he must do next, and where he came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from onewindow.kernel import moment
from onewindow.people.login import actions, kept, tries
from onewindow.people.login.actions import Visit
from onewindow.people.login.factors import Factor, factors_of, must_have
from onewindow.people.login.policy import MINUTE_US, policy
from onewindow.people.login.sessions import PENDING, open_session
from onewindow.people.login.stages import Stage, next_stage
from onewindow.people.models import Account

_KNOWN = "known-here"  # the cookie of log-in names that entered from this device
_KNOWN_DAYS, _KNOWN_MOST = 180, 8
_SALT = "onewindow.people.login.known"


@dataclass(frozen=True)
class Entering:
    """Somebody whose password was right, and who is not signed in yet.

    factor: what he has proved besides; by_password: not through the province; came_to: where he wanted to go
    """

    account: Account
    factor: Factor
    by_password: bool
    came_to: str

    @property
    def stage(self) -> Stage:
        """What he must do next."""
        return next_stage(
            must_have=must_have(self.account),
            has_factor=bool(factors_of(self.account)),
            proved=self.factor not in (Factor.NONE, Factor.PROVINCE),
            password_due=self.by_password and actions.password_is_due(self.account),
        )


def visit(request: HttpRequest) -> Visit:
    """From where somebody asks, and who entered from this device before."""
    return Visit(request.META.get("REMOTE_ADDR", ""), frozenset(_known(request)))


def begin(request: HttpRequest, entering: Entering) -> HttpResponse:
    """Go on with somebody whose password was right; whoever was signed in here before is not any more."""
    auth.logout(request)
    return _go_on(request, entering)


def proved(request: HttpRequest, entering: Entering, factor: Factor) -> HttpResponse:
    """Go on with somebody who has proved a second factor."""
    return _go_on(request, Entering(entering.account, factor, entering.by_password, entering.came_to))


def _go_on(request: HttpRequest, entering: Entering) -> HttpResponse:
    """To the next page, under a new session key."""
    stage = entering.stage
    if stage is Stage.DONE:
        return sign_in(request, entering)
    request.session.cycle_key()
    request.session[PENDING] = {
        "account": entering.account.pk,
        "hash": entering.account.get_session_auth_hash(),
        "since": moment.now_us(),
        "factor": entering.factor.value,
        "by_password": entering.by_password,
        "came_to": entering.came_to,
    }
    return redirect(stage.value)


def sign_in(request: HttpRequest, entering: Entering) -> HttpResponseRedirect:
    """Open the session of somebody who has nothing more to do, and bring him where he wanted to go."""
    open_session(request, entering.account, entering.factor.value)
    actions.entered(entering.account, entering.factor, visit(request))
    waiting = kept.newest(entering.account)
    response = HttpResponseRedirect(reverse("login-kept") if waiting else entering.came_to)
    remember(request, response, entering.account)
    return response


def entering_of(request: HttpRequest) -> Entering | None:
    """Who is entering in this session; None where nobody is, or it has taken too long."""
    said: dict[str, Any] | None = request.session.get(PENDING)
    if said is None or moment.now_us() - said["since"] > policy().session.entering_minutes * MINUTE_US:
        return None
    account = Account.objects.filter(pk=said["account"], is_active=True).first()
    if account is None or account.get_session_auth_hash() != said["hash"]:
        return None
    return Entering(account, Factor(said["factor"]), said["by_password"], said["came_to"])


def safe_target(request: HttpRequest, target: str) -> str:
    """Where to go after log-in: a page of this site other than those of log-in, else the front page."""
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    if not own or not target.startswith("/"):
        return settings.LOGIN_REDIRECT_URL
    try:
        resolve(target.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])
    except Resolver404:
        return settings.LOGIN_REDIRECT_URL
    return settings.LOGIN_REDIRECT_URL if target.startswith(reverse("login")) else target


def remember(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """This device is known for this account from now on: failures of others at its address do not hinder him."""
    own = tries.key_of_login(account.login)
    names = [own, *(one for one in _known(request) if one != own)][:_KNOWN_MOST]
    response.set_cookie(
        _KNOWN,
        signing.dumps(names, salt=_SALT),
        max_age=_KNOWN_DAYS * 24 * 3600,
        path=reverse("login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> list[str]:
    try:
        said = signing.loads(request.COOKIES.get(_KNOWN, ""), salt=_SALT, max_age=_KNOWN_DAYS * 24 * 3600)
    except signing.BadSignature:
        return []
    return said if isinstance(said, list) else []
