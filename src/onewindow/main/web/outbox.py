"""The desk of the outbox: what leaves the platform, what could not, and what an administrator does about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from onewindow.kernel.api import (
    FactsInvalid,
    NotPossible,
    drop_message,
    outbox_channels,
    outbox_figures,
    outbox_message,
    outbox_messages,
    read_message,
    retry_message,
    retry_messages,
)
from onewindow.kernel.procedure import Fact, Role
from onewindow.main.web.forms import fields
from onewindow.main.web.steps import INVALID
from onewindow.people.access import ActorRequest, opened_to

_REASON = (Fact("reason", "理由", longest=500),)
_MOST_ID = 2**63 - 1
# "waiting" shows what is being sent as well: it has not left either
_STATES: tuple[tuple[str, str | Promise], ...] = (
    ("dead", gettext_lazy("发送失败")),
    ("waiting", gettext_lazy("还没有发出")),
    ("sent", gettext_lazy("已发送")),
    ("dropped", gettext_lazy("已放弃")),
    ("all", gettext_lazy("全部")),
)


class Tally(NamedTuple):
    """A channel at the head of the list. `minutes`: since when its oldest message waits."""

    key: str
    title: str
    dead: int
    waiting: int
    minutes: int


@require_GET
@opened_to(Role.SYSTEM_ADMIN)
def desk(request: ActorRequest) -> HttpResponse:
    """The list, with its filters in the address. What is asked for and is not known is left out."""
    titles = dict(outbox_channels())
    state = request.GET.get("state", "")
    state = state if state in dict(_STATES) else "dead"
    channel = request.GET.get("channel", "") if request.GET.get("channel") in titles else ""
    about = request.GET.get("about", "").strip()[:40]
    page = outbox_messages("" if state == "all" else state, channel, about, _after(request))
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {
        "page": page,
        "next": str(page.after or ""),
        "kept": f"{kept.urlencode()}&" if kept else "",
        "tallies": [
            Tally(one.channel, titles.get(one.channel, one.channel), one.dead, one.waiting, int(one.oldest_s // 60))
            for one in outbox_figures()
        ],
        "states": _STATES,
        "state": state,
        "channels": titles.items(),
        "channel": channel,
        "about": about,
    }  # fmt: skip
    return render(request, "outbox/desk.html", context)


@require_GET
@opened_to(Role.SYSTEM_ADMIN)
def one(request: ActorRequest, reference: str) -> HttpResponse:
    """One message, masked."""
    return render(request, "outbox/message.html", {"message": outbox_message(reference)})


@require_POST
@opened_to(Role.SYSTEM_ADMIN)
def retry(request: ActorRequest, reference: str) -> HttpResponse:
    """Take it up again."""
    return _done(request, reference, lambda: retry_message(reference, request.actor), _("已重新排队发送。"))


@require_POST
@opened_to(Role.SYSTEM_ADMIN)
def retry_all(request: ActorRequest, channel: str) -> HttpResponse:
    """Take up again whatever is dead in a channel."""
    try:
        count = retry_messages(channel, request.actor)
    except NotPossible as refusal:
        notices.error(request, refusal.message)
    else:
        notices.success(request, _("{count}条消息已重新排队发送。").format(count=count))
    return redirect("outbox")


@opened_to(Role.SYSTEM_ADMIN)
def drop(request: ActorRequest, reference: str) -> HttpResponse:
    """Give it up, for a reason."""

    def act(reason: str) -> HttpResponse:
        give_up = lambda: drop_message(reference, request.actor, reason)  # noqa: E731 - as in `retry`
        return _done(request, reference, give_up, _("已放弃发送。"))

    return _asked(request, reference, "outbox/drop.html", act)


@opened_to(Role.SYSTEM_ADMIN)
def read(request: ActorRequest, reference: str) -> HttpResponse:
    """Address and content in full, for a reason: nothing of it is kept in an address or a session."""

    def act(reason: str) -> HttpResponse:
        letter = read_message(reference, request.actor, reason)
        return render(request, "outbox/letter.html", {"message": outbox_message(reference), "letter": letter})

    return _asked(request, reference, "outbox/read.html", act)


def _asked(
    request: ActorRequest, reference: str, template: str, act: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Ask for the reason until one is given, then act."""
    context: dict[str, Any] = {"message": outbox_message(reference)}
    if request.method != "POST":
        return render(request, template, {**context, "fields": fields(_REASON, {})})
    reason = request.POST.get("fact-reason", "")
    try:
        return act(reason)
    except FactsInvalid as invalid:
        drawn = fields(_REASON, {"reason": reason}, invalid.faults)
        context |= {"fields": drawn, "faulty": [one for one in drawn if one.faults]}
        return render(request, template, context, status=INVALID)


def _done(request: ActorRequest, reference: str, act: Callable[[], None], told: str) -> HttpResponse:
    try:
        act()
    except NotPossible as refusal:
        notices.error(request, refusal.message)
    else:
        notices.success(request, told)
    return redirect("outbox_message", reference=reference)


def _after(request: ActorRequest) -> int | None:
    """Where the page before ended; from the beginning for what is no number."""
    asked = request.GET.get("after", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) <= 19 and int(asked) <= _MOST_ID
    return int(asked) if known else None
