"""Files come in: received, checked, scanned, kept; and only then is there a version.

Whatever breaks off on the way leaves at most a file without a row, which `onewindow dossiers verify --sweep` takes
away; never a row without its file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.crypto.sm3 import running
from onewindow.kernel.dossiers import locking
from onewindow.kernel.dossiers.checks import names
from onewindow.kernel.dossiers.checks.alone import inspect_alone
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE, Limits, Unfit, too_big
from onewindow.kernel.dossiers.configured import limits, scanners
from onewindow.kernel.dossiers.errors import DossierFull, FileRefused, told
from onewindow.kernel.dossiers.permission import may_fill
from onewindow.kernel.dossiers.places import document_name
from onewindow.kernel.dossiers.store import CHUNK, store, waiting, writing
from onewindow.kernel.models import Document, Dossier, Version
from onewindow.kernel.moving import new_id
from onewindow.kernel.procedure import Role

MOST_VERSIONS = 500  # in one dossier
MOST_BYTES = 4096 * MEGABYTE
MOST_BEGUN = 30  # dossiers that one account has begun on a day
_DAY_US = 24 * 3600 * 1_000_000


class Readable(Protocol):
    """Whatever can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, none at the end."""


class _Content(NamedTuple):
    """A file that was received."""

    path: Path
    digest: str
    size: int


def begin_dossier(actor: Actor) -> str:
    """Begin to collect the materials of a matter that is not opened yet; its id, to be given to `moving.begin`.

    Until then, only he sees it. Raises DossierFull where he has begun too many on this day.
    """
    now = moment.now_us()
    if Dossier.objects.filter(opened_by=actor.id, at__gt=now - _DAY_US).count() >= MOST_BEGUN:
        raise DossierFull(_("您今天新建的材料已经很多，请先提交已有的申请，或明天再来。"))
    matter = new_id()
    Dossier.objects.create(matter=matter, opened_by=actor.id, at=now)
    return matter


def receive(matter: str, document: str, stream: Readable, file_name: str, actor: Actor) -> Version:
    """A new version of a document (material, by its name) in the dossier of a matter; nothing else is changed.

    `stream` is read to its end, piece by piece. The same content once more is the version that is there already.
    Raises NotFound, NotAllowed, NotPossible, FileRefused, DossierFull and Unavailable.
    """
    may_fill(actor, matter)
    document = document_name(document)
    path: Path | None = None
    try:
        with told():
            name = names.cleaned(file_name)
            written, path = waiting(".received")
            with written:
                content = _take(stream, written, path, limits())
            return _keep(matter, document, content, name, actor)
    except Unfit as unfit:
        raise FileRefused(unfit) from None
    finally:
        if path is not None:
            path.unlink(missing_ok=True)


def _take(stream: Readable, written: BinaryIO, path: Path, most: Limits) -> _Content:
    state, size = running(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > most.largest:
            raise too_big("文件", most.largest)
        state.update(chunk)
        with writing(path.parent):
            written.write(chunk)
    with writing(path.parent):
        written.flush()
    return _Content(path, state.digest().hex(), size)


def _keep(matter: str, document: str, content: _Content, name: str, actor: Actor) -> Version:
    verdict = inspect_alone(content.path, limits())
    name = names.agreeing(name, verdict.kind)
    scanned = [_scanned(scanner.name, scanner.scan(content.path)) for scanner in scanners()]
    outcome = json.dumps({"notes": verdict.notes, "scanned": scanned}, sort_keys=True)
    kept = store()
    kept.keep(content.path, content.digest)
    with transaction.atomic():
        locking.share()
        if not kept.has(content.digest):  # it was swept in between
            kept.keep(content.path, content.digest)
        place, role = _place(matter, document, actor)
        last = place.versions.filter(withdrawal__isnull=True).order_by("-number").first()
        if last is not None and last.digest == content.digest:
            return last
        _check_room(place.dossier, content.size)
        number = place.versions.aggregate(last=Max("number"))["last"] or 0
        return Version.objects.create(
            document=place,
            number=number + 1,
            digest=content.digest,
            size=content.size,
            kind=verdict.kind,
            file_name=name,
            actor_id=actor.id,
            sender=role.value,
            at=moment.now_us(),
            outcome=outcome,
        )


def _scanned(scanner: str, found: str) -> str:
    if found:
        raise Unfit(
            "infected",
            f"文件带有恶意代码（{found[:60]}），已拒绝。请先杀毒，从可信的来源重新取得文件后再上传。",
        )
    return scanner


def _place(matter: str, document: str, actor: Actor) -> tuple[Document, Role]:
    """The document, locked with its dossier and made where it does not exist; and the role in which he adds to it.

    Raises what `may_fill` does.
    """
    Dossier.objects.get_or_create(matter=matter, defaults={"opened_by": actor.id, "at": moment.now_us()})
    Dossier.objects.select_for_update().get(pk=matter)
    role = may_fill(actor, matter)  # meanwhile it may have been closed
    place, _made = Document.objects.select_related("dossier").get_or_create(dossier_id=matter, name=document)
    return place, role


def _check_room(dossier: Dossier, size: int) -> None:
    there = Version.objects.filter(document__dossier=dossier).aggregate(count=Count("id"), size=Sum("size"))
    if there["count"] >= MOST_VERSIONS or (there["size"] or 0) + size > MOST_BYTES:
        told = _("这件事的材料已满（{count}份、{size} MB），请与窗口联系。")
        raise DossierFull(told.format(count=there["count"], size=(there["size"] or 0) // MEGABYTE))
