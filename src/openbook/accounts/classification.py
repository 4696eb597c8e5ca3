"""The classification of accounts of one fiscal year, looked up by code or by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from openbook.accounts.names import stem

_DATA = Path(__file__).parent / "data"
_PROVEN = frozenset({"核实", "样例"})
_DOUBTFUL = frozenset({"不确定", "推断"})
LATEST = 9999
_ECONOMIC_SINCE = (
    2018  # 财预〔2017〕98号 made the economic classification anew; older codes mean other things
)

FUNCTIONAL, DEPARTMENTAL, GOVERNMENTAL, REVENUE = "functional", "departmental", "governmental", "revenue"

# 通用项: items that mean the same under every account of an agency.
GENERIC = {"01": "行政运行", "02": "一般行政管理事务", "03": "机关服务", "50": "事业运行"}


class Account(NamedTuple):
    """One name of one code. `since` and `until` are fiscal years, None where open or not known."""

    kind: str
    code: str
    name: str
    since: int | None
    until: int | None
    confidence: str  # 核实, 样例, 记忆, 不确定, 推断
    dated: str = ""  # confidence of the years
    generic: bool = False  # holds the general items 行政运行, 一般行政管理事务, ...

    @property
    def proven(self) -> bool:
        """Whether an error may rest on code and name."""
        return self.confidence in _PROVEN

    @property
    def doubtful(self) -> bool:
        return self.confidence in _DOUBTFUL

    @property
    def parent(self) -> str | None:
        return self.code[:-2] if len(self.code) > 3 else None

    def valid(self, year: int) -> bool:
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


class Mapped(NamedTuple):
    """A government account that a departmental one belongs to."""

    account: Account
    confidence: str

    @property
    def proven(self) -> bool:
        return self.confidence in _PROVEN


def _lines(name: str) -> Iterator[list[str]]:
    """Lines without the head. No name holds a comma or a quote, so the csv module need not be loaded."""
    text = (_DATA / name).read_text(encoding="utf-8")
    return (line.split(",") for line in text.splitlines()[1:])


@cache
def _entries() -> dict[tuple[str, str], list[Account]]:
    found: dict[tuple[str, str], list[Account]] = {}
    for kind, code, name, since, until, confidence, dated, generic in _lines("accounts.csv"):
        first, last = int(since) if since else None, int(until) if until else None
        account = Account(kind, code, name, first, last, confidence, dated, bool(generic))
        found.setdefault((kind, code), []).append(account)
    return found


@cache
def _mapping() -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for nature, departmental, governmental, confidence in _lines("mapping.csv"):
        natures = ("administrative", "institution") if nature == "both" else (nature,)
        for each in natures:
            found.setdefault((each, departmental), []).append((governmental, confidence))
    return found


class Classification:
    """The accounts in force in `year`, and what is known of other years' names."""

    __slots__ = ("_current", "_names", "year")

    def __init__(self, year: int) -> None:
        self.year = year
        self._current: dict[tuple[str, str], Account] = {}
        self._names: dict[tuple[str, str], list[Account]] | None = None
        for key, accounts in _entries().items():
            if year < _ECONOMIC_SINCE and key[0] in (DEPARTMENTAL, GOVERNMENTAL):
                continue
            for account in accounts:
                if account.valid(year):
                    self._current[key] = account

    def functional(self, code: str) -> Account | None:
        """支出功能分类: class (3 digits), section (5) or item (7), general items included."""
        return self._current.get((FUNCTIONAL, code)) or self._general(code)

    def departmental(self, code: str) -> Account | None:
        """部门预算支出经济分类: 301 and 30101 and so on."""
        return self._current.get((DEPARTMENTAL, code))

    def governmental(self, code: str) -> Account | None:
        """政府预算支出经济分类: 501 and 50101 and so on."""
        return self._current.get((GOVERNMENTAL, code))

    def revenue(self, code: str) -> Account | None:
        return self._current.get((REVENUE, code))

    def account(self, code: str) -> Account | None:
        """The account of `code`, whichever of the four classifications it belongs to."""
        kind = kind_of(code)
        if kind is None:
            return None
        return self.functional(code) if kind == FUNCTIONAL else self._current.get((kind, code))

    def by_name(self, name: str, kind: str, parent: str | None = None) -> list[Account]:
        """Accounts of that name, those under `parent` (a code prefix) only where it is given."""
        if self._names is None:
            names: dict[tuple[str, str], list[Account]] = {}
            for account in self._current.values():
                names.setdefault((account.kind, stem(account.name)), []).append(account)
            self._names = names
        found = self._names.get((kind, stem(name)), [])
        return [account for account in found if parent is None or account.code.startswith(parent)]

    def former(self, code: str, name: str) -> Account | None:
        """The entry of an earlier year in which `code` had this name."""
        for account in _entries().get((kind_of(code) or "", code), ()):
            if account.until is not None and account.until < self.year and stem(account.name) == stem(name):
                return account
        return None

    def lapsed(self, code: str) -> Account | None:
        """The entry of a code that is known, but not in this year: not yet, or no longer."""
        key = (kind_of(code) or "", code)
        if key in self._current or (self.year < _ECONOMIC_SINCE and key[0] != FUNCTIONAL):
            return None
        known = _entries().get(key)
        return known[-1] if known else None

    def formers(self) -> list[Account]:
        """All names that are out of use in this year."""
        year = self.year
        return [a for found in _entries().values() for a in found if a.until is not None and a.until < year]

    def successor(self, account: Account) -> Account | None:
        return self._current.get((account.kind, account.code))

    def listed(self, kind: str, length: int) -> list[Account]:
        """The accounts of one classification whose codes have so many digits, by code."""
        found = [one for (of, code), one in self._current.items() if of == kind and len(code) == length]
        return sorted(found, key=lambda account: account.code)

    def maps_to(self, nature: str, code: str) -> tuple[Mapped, ...]:
        """Government accounts that departmental `code` belongs to.

        `nature` is "administrative" (行政单位 and 参公) or "institution" (事业单位).
        """
        mapping = _mapping()
        found = mapping.get((nature, code)) or mapping.get((nature, code[:3]), [])
        pairs = ((self.governmental(target), confidence) for target, confidence in found)
        return tuple(Mapped(account, confidence) for account, confidence in pairs if account)

    @property
    def classes(self) -> list[Account]:
        """The functional classes, in the order in which summary statements list them."""
        return self.listed(FUNCTIONAL, 3)

    @property
    def class_order(self) -> tuple[str, ...]:
        return tuple(account.code for account in self.classes)

    def _general(self, code: str) -> Account | None:
        section = self._current.get((FUNCTIONAL, code[:5])) if len(code) == 7 else None
        if section is None or not section.generic:
            return None
        name = "其他" + section.name if code.endswith("99") else GENERIC.get(code[5:])
        if name is None:
            return None
        return Account(FUNCTIONAL, code, name, None, None, "推断")


def kind_of(code: str) -> str | None:
    """Which classification a code belongs to, by its first digit."""
    return {"1": REVENUE, "2": FUNCTIONAL, "3": DEPARTMENTAL, "5": GOVERNMENTAL}.get(code[:1])


@lru_cache(maxsize=64)
def classification(year: int | None) -> Classification:
    """The classification of a fiscal year; of the latest known one where the year is None."""
    return Classification(year if year is not None else LATEST)
