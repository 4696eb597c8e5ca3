"""Which key signs the root of a day, and how it hands over to the next.

The key in use is the file of settings.LEDGER_KEY. A new one waits beside it, in the file with `.next` behind its
name, until a root signed with the old key has named it; then it takes the old one's place, which is destroyed so.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from onewindow.kernel import keys
from onewindow.kernel.crypto import sm2
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import PrivateKey, PublicKey, read_private_key
from onewindow.kernel.errors import Refused
from onewindow.kernel.ledger.days import DayRoot, successor


class CannotSign(Refused):
    """There is no key, or not the one whose turn it is."""

    code = "cannot-sign"


@dataclass(frozen=True, slots=True)
class Signers:
    """The key in use, the one that waits, and fingerprints of those that took over without the old one's word."""

    current: PrivateKey
    waiting: PrivateKey | None
    announced: frozenset[str]

    def turn(self, before: DayRoot | None) -> tuple[PrivateKey, PublicKey | None]:
        """Who signs the day after `before`, and whom the root names as the next. Raises CannotSign."""
        key = self.current if before is None else self._successor(before)
        waiting = self.waiting
        return key, None if waiting is None or waiting.public == key.public else waiting.public

    def _successor(self, before: DayRoot) -> PrivateKey:
        wanted = successor(before)
        for key in (self.current, self.waiting):
            if key is not None and key.public.fingerprint == wanted:
                return key
        if self.current.public.fingerprint in self.announced:
            return self.current
        told = _(
            "{day}之后的日根应由指纹为 {wanted} 的密钥签发，而 {path} 里是 {found}。请放回原来的私钥；如果它已丢失，"
            "请按《台账》“丢失或被盗”一节公告新密钥，并把新指纹写入信任公钥目录的 announced.txt。"
        )
        raise CannotSign(
            told.format(
                day=before.day,
                wanted=wanted,
                path=settings.LEDGER_KEY,
                found=self.current.public.fingerprint,
            )
        )


def signers() -> Signers:
    """The keys as they are on disk now: a process that runs for months sees a new one. Raises CannotSign."""
    waiting = waiting_path()
    return Signers(
        _read(Path(settings.LEDGER_KEY)), _read(waiting) if waiting.exists() else None, keys.announced_keys()
    )


def hand_over(new: PrivateKey | None = None) -> PublicKey:
    """Let a new key (drawn here for None) take over: the next root will name it. Returns its public half.

    Its public key is put among the trusted ones, where it is not yet. Raises CannotSign.
    """
    on_hand = signers()
    if on_hand.waiting is not None:
        told = _("已有一把新密钥在等待交接（{path}），下一次日终完成交接之后才能再换。")
        raise CannotSign(told.format(path=waiting_path()))
    key = new or sm2.generate()
    if key.public == on_hand.current.public:
        raise CannotSign(_("这就是现在使用的密钥，不需要更换。"))
    try:
        if key.public.fingerprint not in keys.trusted_keys():
            trust(key.public)
    except OSError as error:
        told = _(
            "新公钥放不进信任公钥目录：{error}。请安全管理员先放入新公钥，再运行本命令，并给出新私钥的文件。"
        )
        raise CannotSign(told.format(error=error)) from None
    try:
        _write(waiting_path(), key.to_pem())
    except OSError as error:
        raise CannotSign(_("新私钥写不进去：{error}").format(error=error)) from None
    return key.public


def take_over(last: DayRoot) -> bool:
    """After `last` was stored: where it handed over to the key that waits, this one takes the old one's place."""
    path = waiting_path()
    if not path.exists() or _read(path).public.fingerprint != successor(last):
        return False
    path.replace(settings.LEDGER_KEY)
    keys.ledger_key.cache_clear()
    return True


def waiting_path() -> Path:
    """Where the next key waits."""
    used = Path(settings.LEDGER_KEY)
    return used.with_name(f"{used.name}.next")


def trust(key: PublicKey) -> Path:
    """Put a public key among those that verification trusts. Returns its file. Raises OSError."""
    folder = Path(settings.TRUSTED_KEYS)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{key.fingerprint[:16]}.pem"
    path.write_text(key.to_pem(), encoding="utf-8")
    return path


def _read(path: Path) -> PrivateKey:
    try:
        return read_private_key(path.read_bytes())
    except (OSError, CryptoError) as error:
        told = _("台账的签名私钥读不出来（{path}）：{error}")
        raise CannotSign(told.format(path=path, error=error)) from None


def _write(path: Path, text: str) -> None:
    """For the owner's eyes alone, from the first byte on; never over another."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
