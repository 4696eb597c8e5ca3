"""Erasing a person (个人信息保护法 第四十七条): the values go, what was recorded of the matters stays provable.

Personal facts of entries stand in the ledger as commitments; their openings are deleted, and every hash still
holds. What remains of the person is his reference, which tells nothing.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import JOURNAL, Actor, Matter, NotPossible, erase_facts, erase_messages_about, note
from onewindow.people.actions.persons import locked
from onewindow.people.models import Account, Authorisation, KeptForm, ProvinceSubject, Session
from onewindow.people.personal import FIELDS, put


def erase_person(reference: str, actor: Actor, reason: str) -> int:
    """Delete the personal values of a person or an organisation, and the personal facts of its matters.

    Accounts that are his are closed, authorisations end. Returns the number of facts of entries that were erased.
    Raises NotFound, NotPossible while a matter of his is open, FactsInvalid without a reason, NotAllowed for
    everybody but the security administrator.
    """
    with transaction.atomic():
        holder = locked(reference)
        own = Matter.objects.filter(owner=reference).exclude(kind=JOURNAL.kind)
        open_ = own.exclude(waits_for="").count()
        if open_:
            told = _("还有{count}件没有办结的事务要用到这些信息，办结后才能删除。")
            raise NotPossible(told.format(count=open_))
        for field in FIELDS[type(holder)]:
            put(holder, field, "")
        holder.erased_us = moment.now_us()
        holder.save()
        matters = list(own.values_list("id", flat=True))
        count = erase_facts(matters)
        erase_messages_about(matters)
        his = Authorisation.objects.filter(Q(principal=reference) | Q(agent=reference), ended__isnull=True)
        his.update(ended=moment.today())
        _close(Account.objects.filter(party=reference, kind=Account.Kind.APPLICANT))
        told = _("登记的全部个人信息，以及{count}项事务中的个人信息").format(count=count)
        note(reference, "fact_erased", actor, {"what": told, "reason": reason})
    return count


def _close(accounts: QuerySet[Account]) -> None:
    """What log-in knows of him goes as well; comes he again, the province's service finds nobody known."""
    for kept in (ProvinceSubject, Session, KeptForm):
        kept._default_manager.filter(account__in=accounts).delete()
    accounts.update(is_active=False, name=_("已删除"), login=F("reference"))
