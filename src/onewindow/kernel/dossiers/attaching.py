"""What a step asks of dossiers before its entry is made: that the documents it names are really there."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from onewindow.kernel.actor import Actor
from onewindow.kernel.dossiers.errors import DocumentsUnknown
from onewindow.kernel.errors import NotFound, NotPossible
from onewindow.kernel.models import Dossier, Matter, Version

MOST = 500  # documents in one entry


def check_documents(matter: str, digests: Sequence[str]) -> None:
    """Every digest (SM3, hexadecimal) must be a version in the dossier of this matter that was not withdrawn.

    Within the transaction of the entry; the dossier is locked, so nothing is withdrawn meanwhile.
    Raises DocumentsUnknown.
    """
    if not digests:
        return
    if len(digests) > MOST or len(set(digests)) != len(digests):
        told = _("一个环节最多附{most}份材料，同一份材料只附一次，请删去多余的。").format(most=MOST)
        raise DocumentsUnknown(told, count=len(digests))
    Dossier.objects.select_for_update().filter(pk=matter).first()
    there = set(
        Version.objects.filter(
            document__dossier=matter, digest__in=digests, withdrawal__isnull=True
        ).values_list("digest", flat=True)
    )
    unknown = [digest for digest in digests if digest not in there]
    if unknown:
        told = _("有{count}份材料不在这件事的案卷里，或已撤回，请先上传再办理。").format(count=len(unknown))
        raise DocumentsUnknown(told, documents=unknown)


def check_opener(matter: str, actor: Actor) -> None:
    """A matter that takes over a dossier is opened by whoever began that, and once.

    Raises NotFound for another's, as for an id that does not exist, and NotPossible.
    """
    dossier = Dossier.objects.filter(pk=matter).first()
    if dossier is None:
        return
    if dossier.opened_by != actor.id:
        raise NotFound(_("没有编号为“{matter}”的案卷，请核对编号。").format(matter=matter[:40]))
    if Matter.objects.filter(pk=matter).exists():
        told = _("编号为“{matter}”的案卷已经随一件事务提交，不能再提交一次；另办一件请新建。")
        raise NotPossible(told.format(matter=matter))
