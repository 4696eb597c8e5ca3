"""Shape and constraints of what the kernel keeps; `actions` and `moving` are who writes it."""

from onewindow.kernel.models.calendar import CalendarChange, KeptNotice, KeptOwnDay
from onewindow.kernel.models.dossiers import Document, Dossier, Version, Withdrawal
from onewindow.kernel.models.ledger import Entry, FeedOrigin, LedgerDay, LedgerLeaf, Opening
from onewindow.kernel.models.matters import Matter
from onewindow.kernel.models.outbox import Message

__all__ = [
    "CalendarChange",
    "Document",
    "Dossier",
    "Entry",
    "FeedOrigin",
    "KeptNotice",
    "KeptOwnDay",
    "LedgerDay",
    "LedgerLeaf",
    "Matter",
    "Message",
    "Opening",
    "Version",
    "Withdrawal",
]
