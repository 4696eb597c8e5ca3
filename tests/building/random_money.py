"""Money of random books: lines of spending of every kind, the revenue that pays for them, what is left over."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from openbook.accounts.classification import classification
from openbook.book.model import (
    APPROPRIATION,
    CARRYOVER,
    CURRENT,
    INSTITUTION,
    SOURCES,
    Expenditure,
    Forward,
    Project,
    Revenue,
    Unit,
)

_PERSONNEL = ("301", "303")
_NO_ITEMS = ("209", "223", "227", "230", "231", "232", "233", "234")  # classes departments do not spend under
_FUND = ("21208", "22960")
_VEHICLES = ("30913", "31013")
_LEAST_VEHICLE = 5_000_000  # fen: nobody buys a car for less
_REVENUE_ACCOUNTS = {"fund": ("1030148",), "capital": ("1030601", "1030602", "1030603")}


@dataclass(frozen=True, slots=True)
class Shape:
    """What the money of one book is like."""

    items: tuple[str, ...]  # functional codes paid from anything but funds and state capital
    sources: tuple[str, ...]
    magnitude: str  # of MAGNITUDES
    carried: bool
    forward: bool
    year: int


MAGNITUDES = ("mixed", "mixed", "plain", "tiny", "round", "halves", "awkward")


def amount(rng: random.Random, magnitude: str) -> int:
    """Fen, more than nothing: from 0.01 yuan to hundreds of millions."""
    kind = (
        rng.choice(("plain", "tiny", "round", "halves", "awkward", "vast"))
        if magnitude == "mixed"
        else magnitude
    )
    if kind == "tiny":
        return rng.choice((rng.randint(1, 99), rng.randint(100, 9_999), rng.randint(4_999, 5_001)))
    if kind == "round":
        return rng.randint(1, 500) * rng.choice((10_000, 100_000, 1_000_000))
    if kind == "halves":  # half a hundredth of 万元, where rounding has a choice
        return rng.randint(0, 5_000) * 10_000 + 5_000
    if kind == "awkward":
        return rng.randint(1, 30_000) * 10_000 // rng.choice((3, 6, 7, 9)) + 1
    if kind == "vast":
        return rng.randint(10**9, 5 * 10**10)
    return rng.randint(10_000, 80_000_000)


def functional_items(rng: random.Random, year: int, number: int) -> tuple[str, ...]:
    """Codes of items of the year's classification, the general items of agencies among them."""
    accounts = classification(year)
    listed = [one.code for one in accounts.listed("functional", 7)]
    sections = [one.code for one in accounts.listed("functional", 5) if one.generic]
    listed += [section + item for section in sections for item in ("01", "02", "50", "99")]
    codes = sorted(
        code
        for code in set(listed)
        if code[:3] not in _NO_ITEMS and code[:5] not in _FUND and accounts.functional(code[:5])
    )
    near = rng.choice(codes)[:3]  # several items of one class are usual
    chosen = [code for code in codes if code.startswith(near)]
    rng.shuffle(chosen)
    others = rng.sample(codes, min(number, len(codes)))
    return tuple(dict.fromkeys([*chosen[: number // 2], *others]))[:number]


def _economics(rng: random.Random, year: int, prefixes: tuple[str, ...], number: int) -> list[str]:
    accounts = classification(year).listed("departmental", 5)
    codes = [one.code for one in accounts if one.code.startswith(prefixes)]
    return rng.sample(codes, min(number, len(codes)))


def _function(rng: random.Random, shape: Shape, source: str, extra: str) -> str:
    if source == "fund":
        codes = [a.code for a in classification(shape.year).listed("functional", 7) if a.code[:5] in _FUND]
        return rng.choice(codes)
    if source == "capital":
        return "2239999"
    return extra or rng.choice(shape.items)


def _period(rng: random.Random, shape: Shape) -> str:
    return CARRYOVER if shape.carried and rng.random() < 0.3 else CURRENT


def _line(
    rng: random.Random, shape: Shape, unit: Unit, kind: tuple[str, str, str], project: str = ""
) -> Expenditure:
    """`kind`: source, category, economic account."""
    source, category, economic = kind
    money = amount(rng, shape.magnitude)
    if economic in _VEHICLES:
        money += _LEAST_VEHICLE
    return Expenditure(
        unit.name, _function(rng, shape, source, ""), economic, source, category, project,
        _period(rng, shape), money,
    )  # fmt: skip


def basic_lines(rng: random.Random, shape: Shape, unit: Unit, number: int) -> list[Expenditure]:
    """Personnel and public expenses under many economic accounts."""
    sources = [one for one in shape.sources if one not in ("fund", "capital", "operations")] or ["general"]
    if "general" in sources and rng.random() < 0.8:
        sources = ["general", "general", "general", *sources]
    prefixes = rng.choice((("301", "302", "303", "310"), ("301", "302"), ("302",), ("301", "303")))
    return [
        _line(rng, shape, unit, (rng.choice(sources), "basic", code))
        for code in _economics(rng, shape.year, prefixes, number)
        if not (code in _VEHICLES and rng.random() < 0.8)
    ]


def project_lines(rng: random.Random, shape: Shape, unit: Unit, code: str) -> list[Expenditure]:
    """One to four lines of one project, from one or two sources."""
    candidates = [one for one in shape.sources if one != "operations"] or ["general"]
    sources = rng.sample(candidates, min(len(candidates), rng.choice((1, 1, 1, 2))))
    prefixes = rng.choice((("302",), ("302", "310"), ("309",), ("302", "303", "312", "399")))
    economics = [
        code for code in _economics(rng, shape.year, prefixes, rng.randint(1, 4)) if code not in _VEHICLES
    ] or ["30299"]
    lines = [_line(rng, shape, unit, (rng.choice(sources), "project", one), code) for one in economics]
    if rng.random() < 0.04 and lines[0].source in APPROPRIATION:
        lines.append(_line(rng, shape, unit, (lines[0].source, "project", "31013"), code))
    return lines


def other_lines(rng: random.Random, shape: Shape, unit: Unit) -> list[Expenditure]:
    """经营支出, 上缴上级支出, 对附属单位补助支出 of institutions."""
    lines = []
    if "operations" in shape.sources:
        lines += [
            _line(rng, shape, unit, ("operations", "operations", code))
            for code in _economics(rng, shape.year, ("301", "302"), rng.randint(1, 3))
            if code not in ("30212", "30217", "30231")
        ] or [_line(rng, shape, unit, ("operations", "operations", "30299"))]
    own = [one for one in ("business", "other") if one in shape.sources]
    for category in ("superior", "subordinate"):
        if own and rng.random() < 0.3:
            lines.append(_line(rng, shape, unit, (rng.choice(own), category, "39999")))
    return lines


def forwards(rng: random.Random, shape: Shape, units: list[Unit]) -> tuple[list[Forward], list[Revenue]]:
    """Money left at the end of the year, and the revenue that it comes from."""
    left, come = [], []
    for _ in range(rng.randint(1, 3) if shape.forward else 0):
        unit, source = rng.choice(units), rng.choice(shape.sources)
        money = amount(rng, shape.magnitude)
        left.append(Forward(unit.name, _function(rng, shape, source, ""), source, money))
        come.append(Revenue(unit.name, source, _period(rng, shape), money))
    return left, come


def revenue(rng: random.Random, lines: list[Expenditure], more: list[Revenue]) -> list[Revenue]:
    """What the lines are paid from, some of it in two amounts; funds and state capital by account."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        sums[line.unit, line.source, line.period] += line.amount
    for come in more:
        sums[come.unit, come.source, come.period] += come.amount
    found = []
    for (unit, source, period), money in sums.items():
        parts = [money]
        if money > 1 and rng.random() < 0.15:
            first = rng.randint(1, money - 1)
            parts = [first, money - first]
        for part in parts:
            account = rng.choice(_REVENUE_ACCOUNTS.get(source, ("",)))
            found.append(Revenue(unit, source, period, part, account))
    return found


def sources(rng: random.Random, units: list[Unit]) -> tuple[str, ...]:
    """Which sources there are; operations only where an institution is."""
    kinds = [("general",), ("general",), ("general", "fund"), ("general", "fund", "capital")]
    kinds += [("fund",), ("general", "special_account", "other"), ("business", "other"), tuple(SOURCES)]
    chosen = rng.choice(kinds)
    chosen += tuple(one for one in SOURCES if one not in chosen and rng.random() < 0.1)
    if not any(unit.nature == INSTITUTION for unit in units):
        chosen = tuple(one for one in chosen if one not in ("operations", "business"))
    return chosen or ("general",)


def spent(lines: list[Expenditure], project: Project | str) -> int:
    code = project if isinstance(project, str) else project.code
    return sum(line.amount for line in lines if line.project == code)
