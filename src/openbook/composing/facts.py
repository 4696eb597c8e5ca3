"""The facts of a book that statements are sums of, and the words that choose among them.

Money comes in exactly as it is spent or left over, so one set of facts carries both sides: each line
of spending, and each line carried forward, knows its source and its year. Revenue by source is then
a sum of the same facts as expenditure by account, and whatever is rounded agrees on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from openbook.book.model import APPROPRIATION, CARRYOVER, CATEGORIES, CURRENT, SOURCES, BudgetBook
from openbook.disclosure import Origin

ABROAD, RECEPTION, RUNNING = ("30212",), ("30217",), ("30231",)
PURCHASE = ("30913", "31013")
THREE_PUBLIC = (*ABROAD, *RECEPTION, *PURCHASE, *RUNNING)
PERSONNEL = ("301", "303")  # 人员经费; what else is basic is 公用经费
UNIT_FUNDS = ("business", "operations", "superior", "subordinate", "other")


class Fact(NamedTuple):
    """One amount of fen with everything that statements arrange it by. `category` "" = carried forward."""

    origin: Origin
    amount: int
    unit: str
    agency: bool
    function: str
    economic: str
    source: str
    category: str
    project: str
    period: str


Test = Callable[[Fact], bool]


def facts_of(book: BudgetBook) -> list[Fact]:
    """Spending and money carried forward, in the order of the book."""
    agency = {unit.name: unit.agency for unit in book.units}
    found = [
        Fact(
            Origin("expenditure", index), line.amount, line.unit, agency.get(line.unit, True), line.function,
            line.economic, line.source, line.category, line.project, line.period,
        )
        for index, line in enumerate(book.expenditure)
    ]  # fmt: skip
    return found + _forward(book, agency)


def _forward(book: BudgetBook, agency: dict[str, bool]) -> list[Fact]:
    """Money carried forward: what its unit carried over and did not spend goes first, then this year's."""
    left = {(line.unit, line.source): _unspent(book, line.unit, line.source) for line in book.forward}
    found = []
    for index, line in enumerate(book.forward):
        old = min(line.amount, max(0, left[line.unit, line.source]))
        left[line.unit, line.source] -= old
        for period, amount in ((CARRYOVER, old), (CURRENT, line.amount - old)):
            if amount:
                found.append(
                    Fact(
                        Origin("forward", index), amount, line.unit, agency.get(line.unit, True),
                        line.function, "", line.source, "", "", period,
                    )
                )  # fmt: skip
    return found


def _unspent(book: BudgetBook, unit: str, source: str) -> int:
    """What a unit brought over from last year and does not spend."""
    wanted = (unit, source, CARRYOVER)
    came = sum(line.amount for line in book.revenue if (line.unit, line.source, line.period) == wanted)
    spent = sum(line.amount for line in book.expenditure if (line.unit, line.source, line.period) == wanted)
    return came - spent


# --- words ------------------------------------------------------------------------------


def _economic(*codes: str) -> Test:
    return lambda fact: fact.economic.startswith(codes)


_WORDS: dict[str, Test] = {
    CURRENT: lambda fact: fact.period == CURRENT,
    CARRYOVER: lambda fact: fact.period == CARRYOVER,
    "appropriation": lambda fact: fact.source in APPROPRIATION,
    "unit_funds": lambda fact: fact.source in UNIT_FUNDS,
    "spent": lambda fact: bool(fact.category),
    "forward": lambda fact: not fact.category,
    "basic": lambda fact: fact.category == "basic",
    "project": lambda fact: fact.category == "project",
    "personnel": _economic(*PERSONNEL),
    "public": lambda fact: bool(fact.economic) and not fact.economic.startswith(PERSONNEL),
    "agency": lambda fact: fact.agency,
    "three": _economic(*THREE_PUBLIC),
    "abroad": _economic(*ABROAD),
    "reception": _economic(*RECEPTION),
    "vehicle": _economic(*PURCHASE, *RUNNING),
    "purchase": _economic(*PURCHASE),
    "running": _economic(*RUNNING),
}
_PREFIXES: dict[str, Callable[[Fact], str]] = {
    "source:": lambda fact: fact.source,
    "category:": lambda fact: fact.category,
    "project:": lambda fact: fact.project,
    "unit:": lambda fact: fact.unit,
}


class UnknownWord(ValueError):
    """A layout uses a word that chooses nothing known."""


@cache
def _test(word: str) -> Test:
    if word in _WORDS:
        return _WORDS[word]
    if word in SOURCES:
        return lambda fact: fact.source == word
    for prefix, of in _PREFIXES.items():
        if word.startswith(prefix):
            wanted = word.removeprefix(prefix)
            return lambda fact: of(fact) == wanted
    if word.isdigit():
        return (lambda fact: fact.function.startswith(word)) if word[0] == "2" else _economic(word)
    raise UnknownWord(f"没有“{word}”这个选钱的词")


def chosen(facts: Iterable[Fact], words: str) -> list[Fact]:
    """The facts that all of the words hold for: ``"general current basic"``; "" chooses all."""
    tests = [_test(word) for word in words.split()]
    return [fact for fact in facts if all(test(fact) for test in tests)]


def known_words() -> tuple[str, ...]:
    """Every word, and the beginnings of those that go on with a key (``project:``)."""
    return (*_WORDS, *SOURCES, *_PREFIXES)


def check_words(words: str) -> None:
    """Raise UnknownWord where one of the words means nothing."""
    for word in words.split():
        _test(word)


# --- what lines of two-sided statements and columns choose by their key ---------------------

ROWS = {
    "rev.appropriation": "appropriation current",
    "rev.unit_funds": "unit_funds current",
    **{f"rev.{source}": f"{source} current" for source in SOURCES if source != "operations"},
    "rev.operations": "source:operations current",
    "rev.superior": "source:superior current",
    "rev.subordinate": "source:subordinate current",
    "rev.current": "current",
    "rev.carryover": "carryover",
    **{f"rev.carryover.{source}": f"{source} carryover" for source in APPROPRIATION},
    "rev.total": "",
    "exp.current": "spent",
    "exp.carryover": "forward",
    "exp.total": "",
    "three.abroad": "abroad",
    "three.reception": "reception",
    "three.vehicle": "vehicle",
    "three.purchase": "purchase",
    "three.running": "running",
    "three.sum": "three",
    "three.total": "three",
}
_REVENUE_COLUMNS = {
    **{f"{source}": f"source:{source} current" for source in SOURCES},
    "appropriation": "appropriation current",
    "unit_funds": "unit_funds current",
    "current": "current",
    "carryover": "carryover",
    "total": "",
}
_COLUMNS = {
    "total": "",
    "amount": "",
    **{source: f"source:{source}" for source in SOURCES},
    "unit_funds": "unit_funds",
    "current": "current",
    "carryover": "carryover",
    "basic": "basic",
    "project": "project",
    "personnel": "personnel",
    "public": "public",
}


def column_words(kind: str, key: str) -> str:
    """The words a column chooses by where its layout does not say: by statement kind and column key."""
    if kind == "revenue":
        return _REVENUE_COLUMNS[key]
    if kind in ("summary", "expenditure", "general_expenditure", "fund_expenditure") and key in CATEGORIES:
        return f"category:{key}"
    return _COLUMNS[key]
