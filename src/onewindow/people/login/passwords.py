"""What a password must be: pure functions of the password, whose it is, and the rule in force."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from onewindow.people.login.policy import DAY_US, AccountRule

LONGEST = 128  # hashing is slow by intent: a password without end would be a way to keep the server busy
_MARKS = "!@#$%^&*()-_=+.,?~"
_KINDS: tuple[Callable[[str], bool], ...] = (
    str.isupper,
    str.islower,
    str.isdecimal,
    lambda one: not (one.isupper() or one.islower() or one.isdecimal() or one.isspace()),
)


class Fault(NamedTuple):
    """A rule that a password breaks. `code` is stable."""

    code: str
    message: str


class Owner(NamedTuple):
    """Whose password it is, as far as it must not be guessed from that."""

    login: str
    name: str


def faults(password: str, owner: Owner, rule: AccountRule) -> tuple[Fault, ...]:
    """Every rule that a new password breaks, all at once; none for a good one. Its history is not asked here."""
    return tuple(_faults(password, owner, rule))


def _faults(password: str, owner: Owner, rule: AccountRule) -> Iterable[Fault]:
    if len(password) < rule.shortest:
        yield Fault("too-short", f"口令至少要 {rule.shortest} 个字符，现在是 {len(password)} 个。")
    if len(password) > LONGEST:
        yield Fault("too-long", f"口令最长 {LONGEST} 个字符，现在是 {len(password)} 个。")
    present = sum(any(map(kind, password)) for kind in _KINDS)
    if present < rule.classes:
        told = (
            f"口令要含大写字母、小写字母、数字、其他符号中的至少 {rule.classes} 种，现在只有 {present} 种。"
        )
        yield Fault("few-classes", told)
    folded = password.casefold()
    if _holds(folded, owner.login):
        yield Fault("holds-login", "口令里不能有登录名（倒着写的也不行）。")
    if _holds(folded, owner.name):
        yield Fault("holds-name", "口令里不能有姓名。")
    if is_common(password):
        yield Fault("common", "这个口令太常见，很容易被猜中，请换一个。")


def _holds(folded: str, word: str) -> bool:
    """Words of one or two letters are in too many passwords by chance."""
    word = word.casefold()
    known = len(word) > 2 or not word.isascii()
    return bool(word) and known and (word in folded or word[::-1] in folded)


def is_common(password: str) -> bool:
    """Whether it is a well-known password, or one with up to four marks and digits put at its ends."""
    folded = password.casefold()
    cores = {folded, folded.strip(_MARKS), folded.strip(_MARKS + "0123456789")}
    return any(len(core) > 3 and len(folded) - len(core) <= 4 and core in _common() for core in cores)


@cache
def _common() -> frozenset[str]:
    """Our own list of what is chosen in offices here, and Django's of the twenty thousand most leaked."""
    from django.contrib.auth.password_validation import CommonPasswordValidator

    own = tomllib.loads((Path(__file__).parent / "data" / "common.toml").read_text(encoding="utf-8"))
    return frozenset(CommonPasswordValidator().passwords.union(own["words"].split()))


def used_before(password: str, earlier: Iterable[str], same: Callable[[str, str], bool]) -> Fault | None:
    """The fault of choosing one of the earlier passwords again; `same` compares one with a hash."""
    if any(same(password, hashed) for hashed in earlier):
        return Fault("used-before", "这个口令最近用过，请换一个没有用过的。")
    return None


def is_due(initial: bool, since_us: int, now_us: int, rule: AccountRule) -> bool:
    """Whether it must be changed at log-in: somebody else set it, or it is too old. Moments in microseconds."""
    return initial or (bool(rule.days) and now_us - since_us >= rule.days * DAY_US)
