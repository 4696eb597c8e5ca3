"""Going on in a list: the place stands in the address, opaque to whoever reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from onewindow.kernel.errors import NotFound
from onewindow.kernel.queries import Page
from onewindow.people.access import ActorRequest

PER_PAGE = 30


def page_of(read: Callable[..., Page], request: ActorRequest, *more: object) -> Page:
    """The page of a list that the address asks for. Raises NotFound for a place that is none."""
    try:
        return read(request.actor, *more, after=request.GET.get("after", ""), limit=PER_PAGE)
    except (ValueError, OverflowError):
        raise NotFound(_("这个列表没有这一页，请从头看起。")) from None
