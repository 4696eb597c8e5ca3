"""Journals: all of them for the audit administrator, his own for everybody who has data here."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.kernel import moment
from onewindow.kernel.api import PLATFORM, note
from onewindow.kernel.procedure import Role
from onewindow.people import journals
from onewindow.people.access import APPLICANTS, ActorRequest, opened_to, signed_in
from onewindow.people.actions.reading import reveal
from onewindow.people.journals import PER_PAGE, Line, Sought
from onewindow.people.models import Organisation, Person
from onewindow.people.personal import FIELDS
from onewindow.people.queries import OrganisationView, party
from onewindow.people.references import ORGANISATION
from onewindow.people.web.forms import ReasonForm, SoughtForm

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run rather than show


@opened_to(Role.AUDIT_ADMIN)
@require_GET
def journal(request: ActorRequest) -> HttpResponse:
    """All journals, the newest first."""
    form = SoughtForm(request.GET)
    shown = journals.lines(form.sought(), _before(request))
    kept = request.GET.copy()
    kept.pop("before", None)
    context = {
        "form": form,
        "lines": shown,
        "next": shown[-1].number if len(shown) == PER_PAGE else None,
        "kept": kept.urlencode(),
        "export": ReasonForm(),
        "platform": PLATFORM,
    }
    return render(request, "people/journals.html", context)


@opened_to(Role.AUDIT_ADMIN)
@require_POST
def export(request: ActorRequest) -> HttpResponseBase:
    """The same as a file of comma-separated values; that it was taken is noted first, with the reason."""
    form, reason = SoughtForm(request.GET), ReasonForm(request.POST)
    sought = form.sought()
    what = _("日志{count}条").format(count=journals.count(sought))
    if filters := form.in_words():
        what += f"（{filters}）"
    if not reason.carried_out(lambda told: note(PLATFORM, "exported", request.actor, {"what": what, **told})):
        messages.error(request, _("没有导出：请写明理由，最多500字。"))
        return redirect("people-journals")
    answer = StreamingHttpResponse(_file(sought), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journals-{moment.today():%Y%m%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@opened_to(APPLICANTS)
@require_GET
def own(request: ActorRequest) -> HttpResponse:
    """谁看过我的信息: what is kept of him, masked, and his own journal."""
    account = signed_in(request)
    mine = account.party if account else ""
    shown = journals.lines(Sought(about=mine), _before(request)) if mine else []
    view = party(mine) if mine else None
    context = {
        "view": view,
        "fields": [(key, title, getattr(view, key)) for key, title in _fields(mine)] if view else [],
        "organisation": isinstance(view, OrganisationView),
        "lines": shown,
        "next": shown[-1].number if len(shown) == PER_PAGE else None,
    }
    return render(request, "people/own.html", context)


@opened_to(APPLICANTS)
@require_POST
def own_value(request: ActorRequest, field: str) -> HttpResponse:
    """A value of his own in full."""
    account = signed_in(request)
    mine = account.party if account else ""
    value = reveal(mine, field, request.actor, "")
    title = dict(_fields(mine))[field]
    return render(request, "people/value.html", {"title": title, "value": value, "back": "people-own"})


def _fields(reference: str) -> list[tuple[str, str]]:
    kind = Organisation if reference.startswith(ORGANISATION) else Person
    return [(key, str(one.title)) for key, one in FIELDS[kind].items()]


def _before(request: ActorRequest) -> int | None:
    told = request.GET.get("before", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None


class _Echo:
    """A file that gives back what is written, for csv."""

    def write(self, text: str) -> str:
        return text


def _file(sought: Sought) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets read it as UTF-8 then
    yield writer.writerow([_("时间"), _("对象"), _("事件"), _("角色"), _("操作人"), _("内容")])
    for line in journals.every_line(sought):
        yield writer.writerow([_harmless(cell) for cell in _cells(line)])


def _cells(line: Line) -> list[str]:
    told = "；".join(f"{title}：{text}" for title, text in line.told)
    return [f"{line.at:%Y-%m-%d %H:%M:%S}", line.about, line.step, line.role, line.by, told]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
