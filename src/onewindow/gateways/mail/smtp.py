"""A mail server over SMTP: encrypted from the start (smtps) or by STARTTLS; in the clear only on this machine."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from django.conf import settings
from django.utils.translation import gettext as _

from onewindow.gateways.address import Address, Misconfigured, read
from onewindow.gateways.deadline import deadline
from onewindow.gateways.mail.letters import mailbox, message
from onewindow.kernel.api import GatewayError

VARIABLE = "ONEWINDOW_MAIL"
CONNECT_SECONDS = 15
TALK_SECONDS = 60


def address_of(text: str) -> Address:
    """Of the variable. Raises Misconfigured."""
    address = read(VARIABLE, text, ("smtp", "smtps"), ("from",))
    try:
        mailbox(address.parameters.get("from", ""))
    except GatewayError:
        raise Misconfigured(
            f"{VARIABLE} 应写明发件地址，如 smtp://用户:口令@主机:587?from=notice@example.gov.cn。"
        ) from None
    if address.account and not address.secret:
        raise Misconfigured(f"{VARIABLE} 写了用户，也应写口令：smtp://用户:口令@主机。")
    return address


def send(to: str, content: str, message_id: str) -> str:
    """Hand it to the mail server. Raises GatewayError, Misconfigured."""
    address = address_of(settings.MAIL)
    mail = message(address.parameters["from"], to, content, message_id)
    with _troubles(address):
        return _talk(address, mail)


def _talk(address: Address, mail: EmailMessage) -> str:
    client = _client(address)
    try:
        with deadline(TALK_SECONDS, lambda: client.sock):
            client.ehlo_or_helo_if_needed()
            if address.scheme == "smtp" and (client.has_extn("starttls") or not address.on_this_machine):
                client.starttls(context=address.context())
                client.ehlo()
            if address.account:
                client.login(address.account, address.secret)
            client.send_message(mail)
            with suppress(OSError, smtplib.SMTPException):  # it has taken the mail, however it says goodbye
                client.quit()
            return str(mail["Message-ID"])
    finally:
        client.close()


def _client(address: Address) -> smtplib.SMTP:
    if address.scheme == "smtps":
        return smtplib.SMTP_SSL(
            address.host, address.port, timeout=CONNECT_SECONDS, context=address.context()
        )
    return smtplib.SMTP(address.host, address.port, timeout=CONNECT_SECONDS)


@contextmanager
def _troubles(address: Address) -> Iterator[None]:
    """Whatever goes wrong in talking to the server, as GatewayError."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise _refused(address, code, _("收件地址")) from error
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        told = _("邮件服务器 {host} 不接受登录或加密，请核对用户、口令和端口。").format(host=address.host)
        raise GatewayError("smtp-login", told, retry=True, down=True) from error
    except smtplib.SMTPSenderRefused as error:
        raise _refused(address, error.smtp_code, _("发件地址")) from error
    except smtplib.SMTPDataError as error:
        raise _refused(address, error.smtp_code, _("邮件内容")) from error
    except ssl.SSLCertVerificationError as error:
        told = _("邮件服务器 {host} 的证书不可信，请核对地址，或用参数 ca 指定证书。")
        raise GatewayError("certificate", told.format(host=address.host), retry=True, down=True) from error
    except (OSError, smtplib.SMTPException) as error:
        raise _lost(address, type(error).__name__) from error


def _refused(address: Address, code: int, what: str) -> GatewayError:
    """4xx passes, 5xx stays (RFC 5321); a server that is shutting down (421) refuses everybody."""
    if not 400 <= code < 600:
        return _lost(address, f"SMTP {code}")  # a line that was cut off
    told = _("邮件服务器不接收：{what}（SMTP {code}）。").format(what=what, code=code)
    return GatewayError(f"smtp-{code}", told, retry=code < 500, down=code == 421)


def _lost(address: Address, how: str) -> GatewayError:
    told = _("连不上邮件服务器 {host}:{port}，或者它没有答完（{how}）。")
    return GatewayError(
        "unreachable", told.format(host=address.host, port=address.port, how=how), retry=True, down=True
    )
