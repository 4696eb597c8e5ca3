"""Reads of dossiers: what is in one, and one file of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from onewindow.kernel.actor import Actor
from onewindow.kernel.dossiers.checks.kinds import KINDS
from onewindow.kernel.dossiers.errors import told
from onewindow.kernel.dossiers.permission import may_see
from onewindow.kernel.dossiers.store import store
from onewindow.kernel.errors import NotFound
from onewindow.kernel.models import Document, Entry, Version
from onewindow.kernel.procedure import Role
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.sight import reads_deliberation


@dataclass(frozen=True, slots=True)
class Kept:
    """A version, as it is shown.

    seqs  the entries of the matter that it went with, none while it was not submitted
    """

    id: int
    number: int
    digest: str
    size: int
    kind: str
    file_name: str
    actor_id: str
    at: int
    withdrawn: bool
    seqs: tuple[int, ...]

    @property
    def kind_title(self) -> str:
        return KINDS[self.kind].title


@dataclass(frozen=True, slots=True)
class Place:
    """A document of a dossier with its versions, the newest first."""

    id: int
    name: str
    required: bool
    versions: tuple[Kept, ...]

    @property
    def current(self) -> Kept | None:
        """The newest version that was not withdrawn."""
        return next((one for one in self.versions if not one.withdrawn), None)


class Content(NamedTuple):
    """A file to be handed out: `file` stands at its beginning and was verified; who takes it closes it."""

    file: BinaryIO
    size: int
    media: str
    file_name: str


def dossier_of(matter: str, actor: Actor) -> tuple[Place, ...]:
    """The documents of a matter, in the order in which they were asked for.

    Whose matter it is sees what applicants sent and what went with a step that is not internal; what staff have
    prepared, and their deliberation, he does not. Raises NotFound.
    """
    shown = _Shown(matter, actor)
    documents = (
        Document.objects.filter(dossier=matter).order_by("id").prefetch_related("versions__withdrawal")
    )
    places = [
        Place(document.pk, document.name, document.required, tuple(shown.kept(document)))
        for document in documents
    ]
    return tuple(
        place
        for place, document in zip(places, documents, strict=True)
        if place.versions or place.required or not document.versions.all()
    )


def missing(matter: str) -> list[str]:
    """Names of the required documents of which there is no version."""
    there = Version.objects.filter(document__dossier=matter, withdrawal__isnull=True)
    wanted = Document.objects.filter(dossier=matter, required=True)
    return list(wanted.exclude(versions__in=there).order_by("id").values_list("name", flat=True))


def content(matter: str, version: int, actor: Actor) -> Content:
    """A file of a matter's dossier. Raises NotFound, DocumentLost and Unavailable."""
    shown = _Shown(matter, actor)
    found = Version.objects.filter(pk=version, document__dossier=matter, withdrawal__isnull=True).first()
    if found is None or not shown.shows(found):
        raise NotFound(_("没有这份材料，或它已被撤回，请刷新页面。"))
    with told():
        return Content(store().open(found.digest), found.size, _media(found), found.file_name)


def entries_with(matter: str, digest: str) -> list[int]:
    """The entries of a matter that name a document."""
    return list(
        Entry.objects.filter(matter=matter, documents__contains=f'"{digest}"')
        .order_by("seq")
        .values_list("seq", flat=True)
    )


def _media(version: Version) -> str:
    kind = KINDS[version.kind]
    coding = json.loads(version.outcome)["notes"].get("coding")
    return f"{kind.media}; charset={coding}" if coding else kind.media


class _Shown:
    """What of a dossier somebody is shown."""

    def __init__(self, matter: str, actor: Actor) -> None:
        """Raises NotFound."""
        found = may_see(actor, matter)
        self._all = found is None or reads_deliberation(actor, found)
        steps = REGISTRY.procedures[found.kind].steps if found else ()
        internal = {step.key for step in steps if step.internal}
        self._seqs: dict[str, list[int]] = defaultdict(list)  # digest -> the entries that name it
        rows = Entry.objects.filter(matter=matter).exclude(documents="[]").order_by("seq")
        for seq, step, documents in rows.values_list("seq", "step", "documents"):
            for digest in json.loads(documents) if self._all or step not in internal else ():
                self._seqs[digest].append(seq)

    def shows(self, version: Version) -> bool:
        return self._all or version.sender == Role.APPLICANT.value or version.digest in self._seqs

    def kept(self, document: Document) -> Iterator[Kept]:
        """The versions of a document that are shown, the newest first."""
        for one in sorted(document.versions.all(), key=lambda version: -version.number):
            if self.shows(one):
                yield Kept(
                    id=one.pk,
                    number=one.number,
                    digest=one.digest,
                    size=one.size,
                    kind=one.kind,
                    file_name=one.file_name,
                    actor_id=one.actor_id,
                    at=one.at,
                    withdrawn=hasattr(one, "withdrawal"),
                    seqs=tuple(self._seqs.get(one.digest, ())),
                )
