"""Documents on the pages of a matter: which of them may go with a step, and how an entry names those it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from onewindow.kernel.api import Place
from onewindow.main.web.forms import Field, Option

NAME = "document"
MOST = 500  # what is sent beyond is no form of ours


class Paper(NamedTuple):
    """A version as an entry names it: `version` leads to the file."""

    title: str
    version: int


def field(places: Iterable[Place], chosen: Sequence[str] | None = None) -> list[Field]:
    """The documents that no entry has named yet, to be sent with a step; none where there are none.

    chosen  digests that were ticked; None before anything was sent: then the newest of each, which is what lies
            before whoever takes the step
    """
    options = tuple(
        Option(
            one.digest,
            _title(place, one.number, one.file_name),
            one == place.current if chosen is None else one.digest in chosen,
        )
        for place in places
        for one in place.versions
        if not one.withdrawn and not one.seqs
    )
    if not options:
        return []
    return [Field(NAME, _("随这一步提交的材料"), "papers", required=False, options=options)]


def by_digest(places: Iterable[Place]) -> dict[str, Paper]:
    """How entries name them."""
    return {
        one.digest: Paper(_title(place, one.number, one.file_name), one.id)
        for place in places
        for one in place.versions
    }


def _title(place: Place, number: int, file_name: str) -> str:
    return _("{document}（第{number}版）{file}").format(document=place.name, number=number, file=file_name)
