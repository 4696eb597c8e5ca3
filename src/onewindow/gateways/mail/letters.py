"""A mail as it is posted (subject and text) and as it is sent (RFC 5322)."""

from __future__ import annotations

import json
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import GatewayError

# One mailbox, nothing around it: no name, no comment, no second address, no line break.
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAILBOX = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_SUBJECT = 200
_LONGEST_ADDRESS = 254


def letter(subject: str, text: str) -> str:
    """The content of a message for the channel of mail."""
    return json.dumps({"subject": subject, "text": text}, ensure_ascii=False)


def mailbox(to: str) -> str:
    """The address, where it is one. Raises GatewayError."""
    address = to.strip(" ")
    if not _MAILBOX.fullmatch(address) or len(address) > _LONGEST_ADDRESS:
        told = _("这不是邮件地址，邮件发不出去。请向当事人核对。")
        raise GatewayError("not-a-mail-address", told, retry=False)
    return address


def message(sender: str, to: str, content: str, message_id: str) -> EmailMessage:
    """The mail; its Message-ID is the same at every try. Raises GatewayError."""
    subject, text = _parts(content)
    if _CONTROL.search(subject) or len(subject) > LONGEST_SUBJECT:
        told = _("邮件主题里有换行等控制字符，或超过{most}个字，已拒绝发送。").format(most=LONGEST_SUBJECT)
        raise GatewayError("bad-subject", told, retry=False)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(addr_spec=sender)
    mail["To"] = Address(addr_spec=mailbox(to))
    mail["Subject"] = subject
    mail["Date"] = format_datetime(moment.now())
    mail["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # no machine is to answer (RFC 3834)
    mail.set_content(text, cte="base64")
    return mail


def _parts(content: str) -> tuple[str, str]:
    try:
        said = json.loads(content)
        subject, text = said["subject"], said["text"]
    except (ValueError, KeyError, TypeError):
        subject = text = None
    if not isinstance(subject, str) or not isinstance(text, str) or not subject.strip() or not text.strip():
        told = _("邮件内容应有主题和正文。")
        raise GatewayError("bad-letter", told, retry=False)
    return subject, text
