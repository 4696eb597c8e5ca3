"""The sealed columns of people, log-in among them."""

from __future__ import annotations

from functools import partial

from onewindow.kernel.sealing import SealedColumn
from onewindow.people.login import authenticator, kept
from onewindow.people.models import Authenticator, KeptForm
from onewindow.people.personal import FIELDS, Holder, place


def _place(field: str, holder: Holder) -> str:
    return place(holder, field)


COLUMNS = (
    *(
        SealedColumn(kind, field, partial(_place, field))
        for kind, fields in FIELDS.items()
        for field in fields
    ),
    SealedColumn(Authenticator, "secret", lambda row: authenticator.place(row.pk)),
    SealedColumn(KeptForm, "data", lambda row: kept.place(row.account_id, row.kept_us)),
)
