"""Documents on the pages of a matter: which of them may go with a step, and how an entry names those it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from onewindow.kernel.actor import Actor
from onewindow.kernel.api import Place
from onewindow.main.web.forms import Field, Option

NAME = "document"
MOST = 500  # what is sent beyond is no form of ours


class Paper(NamedTuple):
    """A version as an entry names it: `version` leads to the file."""

    title: str
    version: int


def field(places: Iterable[Place], actor: Actor, chosen: Sequence[str] | None = None) -> list[Field]:
    """The documents that no entry has named yet, to be sent with a step; none where there are none.

    chosen  digests that were ticked; None before anything was sent: then what the actor brought himself is
    """
    options = tuple(
        Option(
            one.digest,
            _title(place, one.number, one.file_name),
            _ticked(one.digest, one.actor_id, actor, chosen),
        )
        for place in places
        for one in place.versions
        if not one.withdrawn and not one.seqs
    )
    if not options:
        return []
    return [Field(NAME, _("随这一步提交的材料"), "papers", required=False, options=options)]


def _ticked(digest: str, sender: str, actor: Actor, chosen: Sequence[str] | None) -> bool:
    return sender == actor.id if chosen is None else digest in chosen


def by_digest(places: Iterable[Place]) -> dict[str, Paper]:
    """How entries name them."""
    return {
        one.digest: Paper(_title(place, one.number, one.file_name), one.id)
        for place in places
        for one in place.versions
    }


def _title(place: Place, number: int, file_name: str) -> str:
    return _("{document}（第{number}版）{file}").format(document=place.name, number=number, file=file_name)
