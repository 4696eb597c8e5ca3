"""Changing the keys of personal fields: a new key, everything sealed anew under it, the old one retired.

A process may still be about to commit a value that it sealed a moment before the keys changed. So an old key is
kept for a while after the last change, and goes only when nothing is sealed with it. Backups of before still
need it: they are kept together with the keyring of their time.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel.actor import SYSTEM
from onewindow.kernel.errors import NotFound, NotPossible
from onewindow.kernel.journal import PLATFORM, note
from onewindow.kernel.keys import keyring, replace_keyring
from onewindow.kernel.sealing import sealed_under

REST_MINUTES = 10


def rotate() -> str:
    """Make a new key the current one; the old ones still open what they sealed. Returns its id.

    Raises CryptoError, OSError.
    """
    before = keyring()
    after = before.rotated()
    with transaction.atomic():
        note(PLATFORM, "keys_changed", SYSTEM, {"what": _("启用新密钥{name}").format(name=after.current)})
        replace_keyring(before, after)
    return after.current


def retire(name: str) -> None:
    """Take an old key out of the keyring for good.

    Raises NotFound, NotPossible while it is the current one, is in use, or was until a moment ago, CryptoError, OSError.
    """
    before = keyring()
    if name not in before.keys:
        raise NotFound(_("密钥环里没有密钥“{name}”。").format(name=name[:40]))
    if name == before.current:
        raise NotPossible(_("“{name}”是当前密钥，请先轮换：onewindow keys rotate").format(name=name))
    rested = (time.time() - settings.KEYRING.stat().st_mtime) / 60
    if rested < REST_MINUTES:
        told = _("密钥刚更换过，可能还有未提交的写入在用旧密钥。请{minutes}分钟后再试。")
        raise NotPossible(told.format(minutes=REST_MINUTES))
    if used := sealed_under(name):
        told = _("还有{count}个字段用“{name}”加密，请先重新加密：onewindow keys reseal")
        raise NotPossible(told.format(count=used, name=name))
    with transaction.atomic():
        note(PLATFORM, "keys_changed", SYSTEM, {"what": _("停用旧密钥{name}").format(name=name)})
        replace_keyring(before, before.without(name))
