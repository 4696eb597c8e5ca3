"""Who may open a page: nobody, unless the view says who (closed unless opened).

    @opened_to(Role.WINDOW, Role.OFFICER)
    def queue(request): ...

`Gate` asks before any view runs. A view without a mark is closed to all, so a page that somebody forgot to
mark is a page that nobody reads. What a member of staff may do on a page is not decided here but by the
kernel, step by step; the gate keeps him from pages that are none of his business.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from onewindow.kernel.actor import Actor
from onewindow.kernel.api import SYSTEM, note
from onewindow.kernel.procedure import Role
from onewindow.people.api import Account, actor_of

_log = logging.getLogger("onewindow.access")


class Mark(Enum):
    """Whom a view may be opened to, beside the holders of a role."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed-in"
    APPLICANTS = (
        "applicants"  # whoever has matters of his own: applicants, and staff who are registered as persons
    )


EVERYBODY, SIGNED_IN, APPLICANTS = Mark.EVERYBODY, Mark.SIGNED_IN, Mark.APPLICANTS
_NOT_MARKS = (Role.APPLICANT, Role.SELF, Role.SYSTEM)  # no account holds these: see APPLICANTS and SIGNED_IN
_ATTRIBUTE = "opened_to"

V = TypeVar("V", bound=Callable[..., Any])


class ActorRequest(HttpRequest):
    """A request as views see it, for annotations."""

    actor: Actor
    """Who asks; `NOBODY` for somebody who is not signed in."""


NOBODY = Actor("", "")


def opened_to(*marks: Mark | Role) -> Callable[[V], V]:
    """Open a view (a function, a class, or a bound method such as ninja's) to whom the marks say.

    Raises ValueError for no mark, or for a role that no account holds.
    """
    if not marks or any(mark in _NOT_MARKS for mark in marks):
        raise ValueError(f"not marks of a view: {marks}")

    def mark(view: V) -> V:
        setattr(getattr(view, "__func__", view), _ATTRIBUTE, frozenset(marks))
        return view

    return mark


def marks_of(view: Callable[..., Any]) -> frozenset[Mark | Role]:
    """Whom a view is opened to; nobody, where it is not marked. A class does not inherit its parent's marks."""
    shown = getattr(view, "view_class", view)
    found = vars(shown).get(_ATTRIBUTE) if isinstance(shown, type) else getattr(shown, _ATTRIBUTE, None)
    return found or frozenset()


def fits(marks: frozenset[Mark | Role], account: Account | None, actor: Actor) -> bool:
    """Whether a view with these marks is open to him; `account`: None for somebody who is not signed in."""
    if EVERYBODY in marks:
        return True
    if account is None:
        return False
    own = bool(account.party) or account.kind == Account.Kind.APPLICANT
    if SIGNED_IN in marks or (APPLICANTS in marks and own):
        return True
    return any(isinstance(mark, Role) and actor.grants.get(mark) for mark in marks)


class Gate:
    """Middleware, after AuthenticationMiddleware: sets `request.actor`, and refuses views not opened to it.

    Static files are served before it; an address that does not exist is no view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: ActorRequest, view: Callable[..., Any], *_given: Any
    ) -> HttpResponseBase | None:
        """None lets it pass. Raises PermissionDenied."""
        marks = marks_of(view)
        if not marks:
            _log.error("view is not marked", extra={"view": getattr(view, "__qualname__", repr(view))})
        if EVERYBODY in marks:
            return None
        account = signed_in(request)
        if fits(marks, account, request.actor):
            return None
        if account is None:
            came_to = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
            return redirect_to_login(came_to)
        note(account.reference, "refused", SYSTEM, {"what": f"{request.method} {quote(request.path)}"[:500]})
        raise PermissionDenied(
            _("您没有查看这个页面的权限，这次访问已记入日志。需要使用的，请找安全管理员授予角色。")
        )


def signed_in(request: HttpRequest) -> Account | None:
    """Whose session it is."""
    return request.user if isinstance(request.user, Account) else None


def _actor(request: HttpRequest) -> Actor:
    account = signed_in(request)
    return NOBODY if account is None else actor_of(account)
