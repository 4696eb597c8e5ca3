"""Posting: a message becomes a row in the transaction of whoever posts it."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.models import Message
from onewindow.kernel.outbox.channels import CHANNELS
from onewindow.kernel.outbox.errors import MessageInvalid
from onewindow.kernel.outbox.sealing import Letter, lane, seal
from onewindow.kernel.statements import insert

LONGEST = 20_000  # characters of a content
LONGEST_ADDRESS = 320
_LONGEST_KEY = 120
_LONGEST_ID = 40


def post(channel: str, to: str, content: str, *, about: str = "", key: str = "") -> str:
    """Post a message in the caller's transaction, and return its reference.

    channel   key of a channel that `main.wiring` opens
    to        an address, or a reference such as `party:4711` that is resolved when the message is sent
    about     id of a matter: messages of one channel about one matter to one receiver keep their order
    key       nothing personal; the same key in a channel counts once, the first message stays as it is

    Raises MessageInvalid.
    """
    _check(channel, to, content, about, key)
    reference = secrets.token_hex(16)
    now = moment.now_us()
    message = Message(
        reference=reference,
        channel=channel,
        about=about,
        lane=lane(channel, about, to),
        key=key or None,
        sealed=seal(reference, Letter(to, content)),
        size=len(content),
        posted_us=now,
        due_us=now,
    )
    if not key:
        insert(message)
        return reference
    # On PostgreSQL this waits for somebody else's message of the same key, and aborts no transaction.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.values_list("reference", flat=True).get(channel=channel, key=key)


def _check(channel: str, to: str, content: str, about: str, key: str) -> None:
    if channel not in CHANNELS.open:
        raise MessageInvalid(_("没有“{channel}”这个发送渠道。").format(channel=channel[:40]))
    if not to.strip() or len(to) > LONGEST_ADDRESS:
        raise MessageInvalid(_("收件地址应为1至{most}个字符。").format(most=LONGEST_ADDRESS))
    if not content.strip() or len(content) > LONGEST:
        raise MessageInvalid(_("消息内容应为1至{most}个字符。").format(most=LONGEST))
    if len(key) > _LONGEST_KEY or len(about) > _LONGEST_ID:
        told = _("消息的防重键最多{key}个字符，事务编号最多{id}个字符。")
        raise MessageInvalid(told.format(key=_LONGEST_KEY, id=_LONGEST_ID))
    try:
        (to + content).encode("utf-8")
    except UnicodeEncodeError:
        told = _("消息里有不能保存的字符（不成对的代理字符），请改写后再发。")
        raise MessageInvalid(told) from None
