"""Taking away what nobody needs: content that no version has, and what people withdrew or abandoned.

The rows stay: that somebody sent a file and took it back is still known, what was in it is not (个人信息保护法 第四十七条).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from onewindow.kernel import moment
from onewindow.kernel.actor import SYSTEM
from onewindow.kernel.dossiers import locking
from onewindow.kernel.dossiers.store import Missing, Store, incoming, store
from onewindow.kernel.dossiers.verifying import GRACE, Left, is_old
from onewindow.kernel.models import Dossier, Matter, Version, Withdrawal

ABANDONED_DAYS = 30  # a dossier whose matter was never opened
_DAY_US = 24 * 3600 * 1_000_000


def sweep(left: Iterable[Left], grace: float = GRACE) -> Iterator[Left]:
    """Take away what `verify` found to be left over, each looked at once more; yields what went."""
    kept = store()
    for one in left:
        if one.code == "broken-off":
            (incoming() / one.about).unlink(missing_ok=True)
            yield one
        elif _removed(kept, one.about, grace):
            yield one


def withdraw_abandoned() -> int:
    """Withdraw what was collected for matters that nobody opened within thirty days; how many versions."""
    before = moment.now_us() - ABANDONED_DAYS * _DAY_US
    opened = Exists(Matter.objects.filter(pk=OuterRef("pk")))
    kept = Exists(Version.objects.filter(document__dossier=OuterRef("pk"), withdrawal__isnull=True))
    begun = Dossier.objects.filter(~opened, kept, at__lt=before)
    return sum(_withdrawn(matter) for matter in list(begun.values_list("pk", flat=True)))


def _removed(kept: Store, digest: str, grace: float) -> bool:
    with transaction.atomic():
        locking.alone()
        if Version.objects.filter(digest=digest, withdrawal__isnull=True).exists():
            return False
        try:
            if not is_old(kept.blob(digest).changed, grace):
                return False  # somebody has just sent it again
        except Missing:
            return False
        kept.remove(digest)
    return True


def _withdrawn(matter: str) -> int:
    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=matter)
        if Matter.objects.filter(pk=matter).exists():
            return 0
        versions = Version.objects.filter(document__dossier=matter, withdrawal__isnull=True)
        rows = [Withdrawal(version=one, actor_id=SYSTEM.id, at=moment.now_us()) for one in versions]
        return len(Withdrawal.objects.bulk_create(rows))
