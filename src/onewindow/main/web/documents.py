"""Documents of a matter: what there is, sending a file, taking one back, downloading.

Seeing documents is part of handling a case, so a download is not noted in a journal: who may see the matter may see
them, and who that is says the ledger of roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import (
    DossierFull,
    FileRefused,
    Kept,
    Matter,
    Place,
    Refused,
    Unavailable,
    document_content,
    dossier_of,
    receive,
    withdraw_version,
)
from onewindow.kernel.dossiers.checks.kinds import ALLOWED, KINDS
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE, too_big
from onewindow.kernel.dossiers.configured import limits
from onewindow.kernel.dossiers.permission import may_fill
from onewindow.main.uploads import is_too_big
from onewindow.main.web.refusals import refused
from onewindow.people.access import SIGNED_IN, ActorRequest, opened_to
from onewindow.people.api import Account

INVALID = 422
_ACCEPTED = ",".join(f".{extension}" for kind in KINDS.values() for extension in kind.extensions)


@dataclass(frozen=True, slots=True)
class Line:
    """A version as it is listed. `by`: a colleague's name, "" for the applicant; `mine`: he may take it back."""

    kept: Kept
    at: datetime
    size: str
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A document with its versions, the newest first; `current` is the one that counts, `older` the rest."""

    place: Place
    current: Line | None
    older: tuple[Line, ...]


@opened_to(SIGNED_IN)
def documents(request: ActorRequest, matter_id: str) -> HttpResponse:
    """What there is, and the form by which a file is sent."""
    if request.method == "POST":
        return _received(request, matter_id)
    return _page(request, matter_id)


@opened_to(SIGNED_IN)
@require_safe
def download(request: ActorRequest, matter_id: str, version_id: int) -> HttpResponseBase:
    """A file, for the disk and never for the window: what others have sent must not run as a page of ours."""
    content = document_content(matter_id, version_id, request.actor)
    response = FileResponse(
        content.file,
        as_attachment=True,
        filename=content.file_name,
        content_type=content.media,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
    response.headers["Content-Length"] = str(content.size)
    return response


@opened_to(SIGNED_IN)
@require_POST
def withdraw(request: ActorRequest, matter_id: str, version_id: int) -> HttpResponse:
    """Take a version back. What cannot be is said on the same page."""
    try:
        withdraw_version(version_id, request.actor)
    except Refused as refusal:
        return refused(request, refusal)
    messages.success(request, _("已撤回。"))
    return redirect("documents", matter_id=matter_id)


def groups(matter_id: str, actor: Actor) -> list[Group]:
    """The dossier as it is listed. Raises NotFound."""
    places = dossier_of(matter_id, actor)
    names = _names({one.actor_id for place in places for one in place.versions})
    return [_group(place, names, actor) for place in places]


def may_send(matter_id: str, actor: Actor) -> bool:
    """Whether he may send files now."""
    try:
        may_fill(actor, matter_id)
    except Refused:
        return False
    return True


# --- sending --------------------------------------------------------------------------------------


def _received(request: ActorRequest, matter_id: str) -> HttpResponse:
    may_fill(request.actor, matter_id)
    name = request.POST.get("document", "")
    file = request.FILES.get("file")
    if file is None:
        return _page(request, matter_id, name, _without_file(request))
    try:
        version = receive(matter_id, name, file, file.name or "", request.actor)
    except (FileRefused, DossierFull) as refusal:
        told = _("“{file}”没有收下：{why}").format(file=(file.name or "")[:100], why=refusal.message)
        return _page(request, matter_id, name, told)
    except Unavailable as refusal:
        return _page(request, matter_id, name, refusal.message, status=503)
    told = _("已收到“{file}”，作为“{name}”的第{number}版。")
    messages.success(
        request, told.format(file=version.file_name, name=version.document.name, number=version.number)
    )
    return redirect("documents", matter_id=matter_id)


def _without_file(request: ActorRequest) -> str:
    if is_too_big(request):
        return too_big(_("文件"), limits().largest).message
    return _("请选择要上传的文件。")


def _page(
    request: ActorRequest, matter_id: str, name: str = "", fault: str = "", status: int = INVALID
) -> HttpResponse:
    listed = groups(matter_id, request.actor)
    context: dict[str, Any] = {
        "matter_id": matter_id,
        "matter": Matter.objects.filter(pk=matter_id).first(),
        "groups": listed,
        "may_send": may_send(matter_id, request.actor),
        "document": name or request.GET.get("document", "")[:200],
        "fault": fault,
        "allowed": ALLOWED,
        "accepted": _ACCEPTED,
        "sizes": [(kind.title, limits().size[kind.key] // MEGABYTE) for kind in KINDS.values()],
    }
    return render(request, "matter/documents.html", context, status=status if fault else 200)


# --- listing --------------------------------------------------------------------------------------


def _group(place: Place, names: dict[str, str], actor: Actor) -> Group:
    lines = [_line(one, names, actor) for one in place.versions if not one.withdrawn]
    return Group(place, lines[0] if lines else None, tuple(lines[1:]))


def _line(kept: Kept, names: dict[str, str], actor: Actor) -> Line:
    mine = kept.actor_id == actor.id and not kept.seqs
    return Line(kept, moment.at(kept.at), _size(kept.size), names.get(kept.actor_id, ""), mine)


def _size(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE // 10 else f"{max(1, size // 1024)} KB"


def _names(references: set[str]) -> dict[str, str]:
    """Names of colleagues, by reference."""
    found = Account.objects.filter(reference__in=sorted(references), kind=Account.Kind.STAFF)
    return dict(found.values_list("reference", "name"))
