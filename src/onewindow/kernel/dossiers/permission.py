"""Who sees a dossier and who adds to it: who sees the matter; before there is one, whoever began to collect."""

from __future__ import annotations

from django.utils.translation import gettext as _

from onewindow.kernel import sight
from onewindow.kernel.actor import Actor
from onewindow.kernel.errors import NotAllowed, NotFound, NotPossible
from onewindow.kernel.journal import PROCEDURE as JOURNAL
from onewindow.kernel.models import Dossier, Matter
from onewindow.kernel.procedure import Role


def may_see(actor: Actor, matter: str) -> Matter | None:
    """The matter whose dossier he may see; None while it is not opened yet.

    Raises NotFound, for what does not exist and for what is none of his business alike.
    """
    found = Matter.objects.filter(pk=matter).first()
    if found is not None and sight.may_see(actor, found):
        return found
    begun = Dossier.objects.filter(pk=matter).first() if found is None else None
    if begun is None or not actor.id or begun.opened_by != actor.id:
        raise NotFound(_("没有编号为“{matter}”的事务，请核对编号。").format(matter=matter[:40]))
    return None


def may_fill(actor: Actor, matter: str) -> Role:
    """In which role he adds to the dossier of a matter that is not over: who handles it, the applicant, the platform.

    Raises NotFound, NotAllowed and NotPossible.
    """
    found = may_see(actor, matter)
    if found is None:
        return Role.WINDOW if any(map(actor.grants.get, sight.HANDLING)) else Role.APPLICANT
    role = actor.role_for((*sight.HANDLING, Role.APPLICANT, Role.SYSTEM), found.unit, found.owner, found.kind)
    if role is None or found.kind == JOURNAL.kind:
        raise NotAllowed(_("您可以查看这件事的材料，但不能添加；材料由申请人或经办人员上传。"))
    if not found.waits_for:
        raise NotPossible(_("“{title}”已经办结，不能再添加材料。").format(title=found.title), seq=found.seq)
    return role
