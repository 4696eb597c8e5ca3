"""The kernel's door: what other apps call. Pure declarations come from `procedure`, `measures`, `legal_time`."""

from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.dossiers.contents import Content, Kept, Place, dossier_of
from onewindow.kernel.dossiers.contents import content as document_content
from onewindow.kernel.dossiers.contents import missing as missing_documents
from onewindow.kernel.dossiers.errors import (
    DocumentLost,
    DocumentsUnknown,
    DossierFull,
    FileRefused,
    Unavailable,
)
from onewindow.kernel.dossiers.places import Material, ask_for
from onewindow.kernel.dossiers.places import withdraw as withdraw_version
from onewindow.kernel.dossiers.receiving import begin_dossier, receive
from onewindow.kernel.errors import (
    ClockRefused,
    FactFault,
    FactsInvalid,
    KeyReused,
    Lapsed,
    NotAllowed,
    NotFound,
    NotPossible,
    Refused,
    Stale,
)
from onewindow.kernel.facts import checked
from onewindow.kernel.journal import PLATFORM, journal_id, note
from onewindow.kernel.journal import PROCEDURE as JOURNAL
from onewindow.kernel.journal import UNIT as PLATFORM_UNIT
from onewindow.kernel.measuring import matters_behind, measured
from onewindow.kernel.models import Entry, Matter
from onewindow.kernel.moving import Request, Subject, Taken, begin, move, new_id
from onewindow.kernel.openings import erase as erase_facts
from onewindow.kernel.openings import openings_of
from onewindow.kernel.outbox.channels import CHANNELS, Channel, Resolver
from onewindow.kernel.outbox.delivering import Delivery, deliver_due
from onewindow.kernel.outbox.desk import drop as drop_message
from onewindow.kernel.outbox.desk import read as read_message
from onewindow.kernel.outbox.desk import retry as retry_message
from onewindow.kernel.outbox.desk import retry_channel as retry_messages
from onewindow.kernel.outbox.erasing import erase_about as erase_messages_about
from onewindow.kernel.outbox.erasing import erase_old as erase_messages
from onewindow.kernel.outbox.errors import GatewayError, MessageInvalid
from onewindow.kernel.outbox.posting import post
from onewindow.kernel.outbox.queries import channels as outbox_channels
from onewindow.kernel.outbox.queries import message as outbox_message
from onewindow.kernel.outbox.queries import messages as outbox_messages
from onewindow.kernel.outbox.queries import outbox_figures
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.sight import may_handle, may_see, owns, seen, seen_by
from onewindow.kernel.statements import prepared

__all__ = [
    "CHANNELS",
    "JOURNAL",
    "PLATFORM",
    "PLATFORM_UNIT",
    "REGISTRY",
    "SYSTEM",
    "Actor",
    "Channel",
    "ClockRefused",
    "Content",
    "Delivery",
    "DocumentLost",
    "DocumentsUnknown",
    "DossierFull",
    "Entry",
    "FactFault",
    "FactsInvalid",
    "FileRefused",
    "GatewayError",
    "Kept",
    "KeyReused",
    "Lapsed",
    "Material",
    "Matter",
    "MessageInvalid",
    "NotAllowed",
    "NotFound",
    "NotPossible",
    "Place",
    "Refused",
    "Request",
    "Resolver",
    "Stale",
    "Subject",
    "Taken",
    "Unavailable",
    "ask_for",
    "begin",
    "begin_dossier",
    "checked",
    "deliver_due",
    "document_content",
    "dossier_of",
    "drop_message",
    "erase_facts",
    "erase_messages",
    "erase_messages_about",
    "journal_id",
    "matters_behind",
    "may_handle",
    "may_see",
    "measured",
    "missing_documents",
    "move",
    "new_id",
    "note",
    "openings_of",
    "outbox_channels",
    "outbox_figures",
    "outbox_message",
    "outbox_messages",
    "owns",
    "post",
    "prepared",
    "read_message",
    "receive",
    "retry_message",
    "retry_messages",
    "seen",
    "seen_by",
    "withdraw_version",
]
