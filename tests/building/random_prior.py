"""Last year of random books: figures that are sums of one another, and a reason wherever something changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from openbook.book.model import APPROPRIATION, CURRENT, BudgetBook, Prior, Words
from openbook.book.topics import SUMS
from tests.building import random_words as words

_PERSONNEL = ("301", "303")
_ECONOMIC = {
    "abroad": ("30212",),
    "reception": ("30217",),
    "purchase": ("30913", "31013"),
    "running": ("30231",),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Spending or money carried forward (`category` ""), for what comparisons add up."""

    function: str
    economic: str
    source: str
    category: str
    period: str
    agency: bool
    amount: int

    @property
    def appropriation(self) -> bool:
        return self.source in APPROPRIATION

    @property
    def public(self) -> bool:
        return self.category == "basic" and not self.economic.startswith(_PERSONNEL)


def lines_of(book: BudgetBook) -> list[Line]:
    agency = {unit.name: unit.agency for unit in book.units}
    spent = [
        Line(
            line.function,
            line.economic,
            line.source,
            line.category,
            line.period,
            agency[line.unit],
            line.amount,
        )
        for line in book.expenditure
    ]
    left = [
        Line(line.function, "", line.source, "", CURRENT, agency[line.unit], line.amount)
        for line in book.forward
    ]
    return spent + left


def _general(layout: str) -> Callable[[Line], bool]:
    """Shanghai compares all of 一般公共预算拨款, Shanxi what is spent of this year's."""
    if layout.startswith("shanghai"):
        return lambda line: line.source == "general"
    return lambda line: line.source == "general" and line.period == CURRENT and bool(line.category)


def figures(lines: Sequence[Line], layout: str) -> dict[str, int]:
    """Every topic that is typed, and every functional item paid from appropriations."""
    general = _general(layout)
    found = {
        "revenue": sum(line.amount for line in lines),
        "expenditure": sum(line.amount for line in lines),
        "appropriation": sum(line.amount for line in lines if line.appropriation),
        "basic": sum(line.amount for line in lines if line.category == "basic"),
        "project": sum(line.amount for line in lines if line.category == "project"),
        "general": sum(line.amount for line in lines if general(line)),
        "fund": sum(line.amount for line in lines if line.source == "fund"),
        "capital": sum(line.amount for line in lines if line.source == "capital"),
        "operating": sum(
            line.amount for line in lines if line.source == "general" and line.public and line.agency
        ),
    }
    for topic, codes in _ECONOMIC.items():
        found[topic] = sum(line.amount for line in lines if line.appropriation and line.economic in codes)
    for code in sorted({line.function for line in lines if line.appropriation and line.category}):
        of_code = [line for line in lines if line.function == code and line.appropriation and line.category]
        found[code] = sum(line.amount for line in of_code)
    return found


def last_year(rng: random.Random, lines: Sequence[Line]) -> list[Line]:
    """The same lines a year ago: as they are, more, less, by a hair, or not there."""
    mode = rng.choice(("same", "new", "mixed", "mixed", "mixed"))
    if mode == "same":
        return list(lines)
    if mode == "new":
        return []
    return [replace(line, amount=money) for line in lines if (money := _before(rng, line.amount))]


def _before(rng: random.Random, now: int) -> int:
    kind = rng.choice(("same", "same", "hair", "other", "other", "none"))
    if kind == "same":
        return now
    if kind == "hair":
        return max(0, now + rng.randint(-9_999, 9_999))
    return 0 if kind == "none" else now * rng.randint(20, 250) // 100


def fill(rng: random.Random, book: BudgetBook) -> None:
    """Give the book its last year and its reasons: one for each figure that is another than last year's."""
    lines = lines_of(book)
    now = figures(lines, book.layout)
    then = figures(last_year(rng, lines), book.layout)
    before = {topic: then.get(topic, 0) for topic in now}
    if rng.random() < 0.3:
        gone = {code: amount for code, amount in then.items() if code not in before}
        before.update(gone)
    book.prior = [Prior(topic, amount) for topic, amount in before.items()]
    now, before = _with_sums(now), _with_sums(before)
    spent = [line for line in lines if line.category]  # some layouts compare what is spent of it alone,
    of_this_year = [line for line in spent if line.period == CURRENT]  # others what is new of that
    general = [line for line in lines if line.source == "general"]  # or what the general budget pays
    narrower = [_with_sums(figures(some, book.layout)) for some in (spent, of_this_year, general)]
    for topic in now:
        changes = {amounts.get(topic, 0) - before[topic] for amounts in (now, *narrower)}
        if changes != {0}:
            vocabulary = words.UP if max(changes, key=abs) > 0 else words.DOWN
            book.reasons[topic] = Words(words.sentence(rng, vocabulary))


def _with_sums(amounts: dict[str, int]) -> dict[str, int]:
    return {**amounts, **{total: sum(amounts[part] for part in parts) for total, parts in SUMS.items()}}
