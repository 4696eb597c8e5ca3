"""Sessions: opened after every factor, ended by idleness or age, by their owner, or by a new password.

`Entrance` stands before `people.access.Gate`. Somebody who has not passed every factor is not signed in at
all: what he may do until then are the pages of `web.entering`, which know him by what his session keeps
under `PENDING`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import auth
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from onewindow.kernel import moment
from onewindow.people.access import EVERYBODY, marks_of, signed_in
from onewindow.people.login import kept
from onewindow.people.login.policy import MINUTE_US, Policy, policy
from onewindow.people.login.store import AGENT, FACTOR, OPENED, PLACE, SessionStore
from onewindow.people.models import Account, Session

PENDING, LEFT, FRESH = "pending", "left", "fresh_us"
IDLE, LONG, FACTOR_LESS = "idle", "long", "factor"  # why a session is over
_BACKEND = "onewindow.people.login.sessions.Accounts"
BACKGROUND = "X-Background"  # a page that asks by itself says so: nobody sits there for that
_TOUCH_US = 30 * 1_000_000  # a row is not written for every picture of a page


class Accounts(BaseBackend):
    """Whose session it is. Passwords are judged by `actions.enter` alone: this backend accepts none."""

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()


def why_over(opened_us: int, seen_us: int, kind: str, now_us: int, rules: Policy) -> str:
    """Why a session is over, "" where it is not. Moments in microseconds."""
    if now_us - opened_us >= rules.session.hours * 60 * MINUTE_US:
        return LONG
    if now_us - seen_us >= rules.of(kind).idle_minutes * MINUTE_US:
        return IDLE
    return ""


def open_session(request: HttpRequest, account: Account, factor: str) -> None:
    """Sign somebody in who has passed every factor, under a new session key. `factor`: "" for none."""
    auth.login(request, account, backend=_BACKEND)
    request.session.set_expiry(None)  # of one that nobody had entered yet, it was short
    now = moment.now_us()
    for key in (PENDING, LEFT):
        request.session.pop(key, None)
    request.session[OPENED] = request.session[FRESH] = now
    request.session[PLACE] = request.META.get("REMOTE_ADDR", "")[:64]
    request.session[AGENT] = request.META.get("HTTP_USER_AGENT", "")[:200]
    request.session[FACTOR] = factor


def is_fresh(request: HttpRequest) -> bool:
    """Whether its owner has proved lately who he is, as he must before he changes a factor."""
    since: int = request.session.get(FRESH, 0)
    return moment.now_us() - since < policy().session.fresh_minutes * MINUTE_US


def sessions_of(account: Account) -> QuerySet[Session]:
    """The sessions that are not over, last used first."""
    rules, now = policy(), moment.now_us()
    return account.sessions.filter(
        opened_us__gt=now - rules.session.hours * 60 * MINUTE_US,
        seen_us__gt=now - rules.of(account.kind).idle_minutes * MINUTE_US,
    ).order_by("-seen_us")


def end_sessions(account: Account, but: str = "") -> int:
    """End all sessions of an account, except the one of this digest; how many."""
    return account.sessions.exclude(session_key=but).delete()[0]


def digest_of_session(request: HttpRequest) -> str:
    """How this session is called in lists of sessions."""
    return cast("SessionStore", request.session).digest


class Entrance:
    """Middleware after AuthenticationMiddleware and before Gate: ends what is over, and keeps what was typed.

    A session that is over is emptied but for whose it was, so that a form that is sent too late, even after
    the page asked for something else meanwhile, is still kept for him.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = signed_in(request)
        if account is not None:
            _judge(request, account)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """None lets it pass. Django has checked by now that a form comes from a page of ours."""
        left = request.session.get(LEFT)
        if left is None:
            kept.forget_resent(request, signed_in(request))
            return None
        if EVERYBODY in marks_of(view):
            return None
        told = {"next": request.get_full_path() if request.method == "GET" else "/", "why": left["why"]}
        if request.method == "POST" and kept.keep(left["account"], request):
            told["kept"] = "yes"
        return redirect(f"{reverse('login')}?{urlencode(told)}")


def _judge(request: HttpRequest, account: Account) -> None:
    session = cast("SessionStore", request.session)
    now = moment.now_us()
    if account.kind == Account.Kind.STAFF and not session.get(FACTOR):
        why = FACTOR_LESS
    else:
        why = why_over(session.get(OPENED, 0), session.seen_us, account.kind, now, policy())
    if why:
        session.clear()
        session[LEFT] = {"account": account.pk, "why": why}
        request.user = AnonymousUser()
    elif now - session.seen_us >= _TOUCH_US and BACKGROUND not in request.headers:
        Session.objects.filter(session_key=session.digest).update(seen_us=now)
