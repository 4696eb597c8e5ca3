"""Erasing: when a message left long ago, that it left is kept; to whom and what it said is not."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.kernel import moment
from onewindow.kernel.models import Message

KEPT_DAYS = 90
_BATCH = 500
_DAY = 86_400 * 1_000_000


def erase_about(matters: Iterable[str]) -> int:
    """Erase address and content of what was sent, or given up, about these matters; how many messages."""
    ended = Message.objects.filter(about__in=list(matters), ended_us__isnull=False, sealed__isnull=False)
    return ended.update(sealed=None)


def erase_old(limit: int = 10_000) -> int:
    """Erase address and content of messages that were sent, or given up, 90 days ago; how many."""
    before = moment.now_us() - KEPT_DAYS * _DAY
    erased = 0
    while erased < limit:
        old = Message.objects.filter(ended_us__lt=before, sealed__isnull=False).order_by("ended_us")
        batch = list(old.values_list("pk", flat=True)[: min(_BATCH, limit - erased)])
        if not batch:
            break
        erased += Message.objects.filter(pk__in=batch, sealed__isnull=False).update(sealed=None)
    return erased
