"""Whether a printed name belongs to the code printed beside it."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from openbook.accounts.classification import GENERIC, Account, Classification, classification, kind_of
from openbook.accounts.names import alike, plain, stem

_SUFFIX_OF = {name: suffix for suffix, name in GENERIC.items() if suffix in ("01", "02")}


class Verdict(Enum):
    """What comparing a printed code and name with the classification shows."""

    SAME = "same"
    ALIKE = "alike"  # the same name, cut short or spelled differently
    FORMER = "former"  # the name the code had in earlier years
    ELSEWHERE = "elsewhere"  # the name of another code
    DIFFERENT = "different"  # a name that is not in the classification
    UNKNOWN = "unknown"  # the code is not in our data


class Judgement(NamedTuple):
    """`right` is what the code stands for; `owners` are the accounts that bear the printed name."""

    verdict: Verdict
    right: Account | None = None
    owners: tuple[Account, ...] = ()
    former: Account | None = None

    @property
    def proven(self) -> bool:
        """Whether both sides, the code's name and the name's code, are known for certain."""
        owned = bool(self.owners) and all(owner.proven for owner in self.owners)
        return self.right is not None and self.right.proven and owned


_UNKNOWN = Judgement(Verdict.UNKNOWN)


@lru_cache(maxsize=8192)
def judge(year: int | None, code: str, name: str) -> Judgement:
    """Compare what is printed with the classification of `year`."""
    accounts = classification(year)
    kind = kind_of(code)
    if kind is None or not stem(name):
        return _UNKNOWN
    right = accounts.account(code)
    if right is None:
        return _misplaced_general(code, name)
    if stem(right.name) == stem(name):
        return Judgement(Verdict.SAME, right)
    former = accounts.former(code, name)
    if former is not None:
        return Judgement(Verdict.FORMER, right, former=former)
    owners = _owners(accounts, kind, code, name)
    if owners:
        return Judgement(Verdict.ELSEWHERE, right, owners)
    return Judgement(Verdict.ALIKE if alike(name, right.name) else Verdict.DIFFERENT, right)


def _owners(accounts: Classification, kind: str, code: str, name: str) -> tuple[Account, ...]:
    """Accounts that bear the name, the nearest relatives of `code` where there are several."""
    if len(code) > 5:
        siblings = accounts.by_name(name, kind, code[:5])
        if siblings:
            return tuple(siblings)
    general = _misplaced_general(code, name)
    if general.owners:
        return general.owners
    cousins = accounts.by_name(name, kind, code[:3]) if len(code) > 3 else ()
    if cousins:
        return tuple(cousins)
    return tuple(accounts.by_name(name, kind))


def _misplaced_general(code: str, name: str) -> Judgement:
    """行政运行 is item 01 and 一般行政管理事务 item 02 under every section that has them."""
    suffix = _SUFFIX_OF.get(plain(name))
    if suffix is None or len(code) != 7 or code[0] != "2" or code.endswith(suffix):
        return _UNKNOWN
    owner = Account("functional", code[:5] + suffix, plain(name), None, None, "核实")
    return Judgement(Verdict.ELSEWHERE, None, (owner,))
