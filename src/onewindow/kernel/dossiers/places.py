"""The places of a dossier: which materials it asks for, and what was taken back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment, sight
from onewindow.kernel.actor import Actor
from onewindow.kernel.dossiers.checks.verdict import Unfit
from onewindow.kernel.dossiers.contents import entries_with
from onewindow.kernel.dossiers.errors import FileRefused
from onewindow.kernel.dossiers.permission import may_fill, may_see
from onewindow.kernel.errors import NotAllowed, NotFound, NotPossible
from onewindow.kernel.ledger.canonical import check_text
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.models import Document, Dossier, Version, Withdrawal
from onewindow.kernel.procedure import Role

LONGEST_NAME = 200


class Material(NamedTuple):
    """A material that a dossier asks for."""

    name: str
    required: bool = True


def ask_for(matter: str, materials: Iterable[Material], actor: Actor) -> None:
    """Make places for materials, or change whether they are required: who handles the matter, or the platform.

    Before the matter is opened, whoever collects. Raises what `may_fill` does, and FileRefused for a name that is
    none.
    """
    role = may_fill(actor, matter)
    if role is Role.APPLICANT and may_see(actor, matter) is not None:
        raise NotAllowed(_("需要哪些材料由经办人员确定。"))
    with transaction.atomic():
        Dossier.objects.get_or_create(matter=matter, defaults={"opened_by": actor.id, "at": moment.now_us()})
        for one in materials:
            Document.objects.update_or_create(
                dossier_id=matter, name=document_name(one.name), defaults={"required": one.required}
            )


def document_name(name: str) -> str:
    """The name of a material as it is kept: without needless spaces. Raises FileRefused."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    try:
        check_text(name, _("材料名称"))
    except LedgerError as error:
        raise FileRefused(Unfit("document-name", str(error))) from None
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        told = _("请写明材料名称，1 至 {most} 个字，不含控制字符。").format(most=LONGEST_NAME)
        raise FileRefused(Unfit("document-name", told))
    return name


def withdraw(version: int, actor: Actor) -> Withdrawal:
    """Take back a version that is not part of any entry: by whoever sent it, or who handles the matter.

    Its row stays, its content is swept. Raises NotFound, NotAllowed and NotPossible.
    """
    with transaction.atomic():
        found = Version.objects.select_related("document").filter(pk=version).first()
        if found is None:
            raise NotFound(_("没有这份材料，请刷新页面。"))
        matter = may_see(actor, found.document.dossier_id)
        Dossier.objects.select_for_update().get(pk=found.document.dossier_id)
        if found.actor_id != actor.id and (matter is None or not sight.may_handle(actor, matter)):
            raise NotAllowed(_("只有上传的人或经办人员可以撤回这份材料。"))
        entries = entries_with(found.document.dossier_id, found.digest)
        if entries and not _is_there_twice(found):
            told = _("这份材料已随第{seq}步提交，成为办理经过的一部分，不能撤回；可以再上传新的版本。")
            raise NotPossible(told.format(seq=entries[0]), seq=entries[0])
        if Withdrawal.objects.filter(version=found).exists():
            raise NotPossible(_("这份材料已经撤回。"))
        return Withdrawal.objects.create(version=found, actor_id=actor.id, at=moment.now_us())


def _is_there_twice(version: Version) -> bool:
    """Whether the same content stands in the dossier a second time: then an entry that names it keeps the other."""
    same = Version.objects.filter(
        document__dossier=version.document.dossier_id, digest=version.digest, withdrawal__isnull=True
    )
    return same.exclude(pk=version.pk).exists()
