"""The kernel's own sealed columns."""

from __future__ import annotations

from onewindow.kernel import openings
from onewindow.kernel.models import Message, Opening
from onewindow.kernel.outbox import sealing as outbox
from onewindow.kernel.sealing import SealedColumn

COLUMNS = (
    SealedColumn(Opening, "sealed", lambda row: openings.place(row.matter, row.seq, row.name)),
    SealedColumn(Message, "sealed", lambda row: outbox.place(row.reference)),
)
