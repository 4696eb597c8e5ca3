"""Random budget books without a fault: any layout that can be built, any plausible shape of a department.

`random_book(seed)` is the same book in every process: nothing but `random.Random(seed)` decides.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from openbook.accounts.classification import classification
from openbook.book.model import (
    INSTITUTION,
    NATURES,
    Asset,
    BudgetBook,
    Control,
    Expenditure,
    Purchase,
    Unit,
    Words,
)
from openbook.composing.layout import build_of, buildable
from tests.building import random_forms, random_money, random_prior
from tests.building import random_words as words

_LAST_YEAR = 2026
_BUYING, _RUNNING = ("30913", "31013"), "30231"
_CARS = (
    "vehicle.leader",
    "vehicle.dispatch",
    "vehicle.emergency",
    "vehicle.enforcement",
    "vehicle.special",
    "vehicle.other",
)
_EQUIPMENT = ("equipment.200000", "equipment.500000", "equipment.1000000")


@dataclass(frozen=True, slots=True)
class Size:
    """The most there is of each."""

    units: int
    items: int
    projects: int
    basic: int  # lines for each unit


SMALL = Size(3, 8, 4, 10)
MIDDLE = Size(6, 16, 9, 20)
LARGE = Size(6, 40, 25, 40)


def size_of(seed: int) -> Size:
    """Mostly small books, now and then a large one."""
    return LARGE if seed % 20 == 0 else MIDDLE if seed % 4 == 0 else SMALL


def random_book(seed: int, size: Size | None = None, layout: str = "") -> BudgetBook:
    """A consistent book: `openbook.book.validate.validate` finds nothing in it."""
    rng = random.Random(seed)
    size = size or size_of(seed)
    layout = layout or rng.choice(buildable())
    first, last = build_of(layout).years
    year = rng.randint(max(first, 2020), last or _LAST_YEAR)
    region = rng.choice(words.REGIONS)
    units = _units(rng, region, rng.randint(1, size.units))
    book = BudgetBook("book", layout, year, units[0].name, region=region, units=units)
    book.code = rng.choice(("", str(rng.randint(100, 999))))
    book.assets_date = rng.choice(("", f"{year - 1}-12-31"))
    _money(rng, book, size)
    random_prior.fill(rng, book)
    _purposes(rng, book)
    book.purchases = _purchases(rng, book)
    book.assets = _assets(rng, book)
    _texts(rng, book)
    if rng.random() < 0.3:
        book.controls = [Control("", "", "", "", sum(line.amount for line in book.expenditure))]
    return book


def _units(rng: random.Random, region: str, number: int) -> list[Unit]:
    names = [region + rng.choice(words.BUREAUS)]
    names += [region + name for name in rng.sample(words.CENTRES, number - 1)]
    return [
        Unit(
            name,
            rng.choice(tuple(NATURES)),
            f"{101 + index:03d}001" if rng.random() < 0.5 else "",
            rng.choice(("", "正科级", "副科级", "股级")),
            rng.choice(("", "财政拨款", "差额拨款")),
            posts=rng.choice((None, rng.randint(1, 300))),
        )
        for index, name in enumerate(names)
    ]


def _money(rng: random.Random, book: BudgetBook, size: Size) -> None:
    """Lines, projects, revenue; at least one line."""
    shape = random_money.Shape(
        items=_items(rng, book, rng.randint(1, size.items)),
        sources=random_money.sources(rng, book.units),
        magnitude=rng.choice(random_money.MAGNITUDES),
        carried=rng.random() < 0.5,
        forward=rng.random() < 0.2,
        year=book.year,
    )
    if rng.random() < 0.9:  # else a department without basic expenditure
        for unit in book.units:
            book.expenditure += random_money.basic_lines(rng, shape, unit, rng.randint(0, size.basic))
    for unit in book.units:
        if unit.nature == INSTITUTION:
            book.expenditure += random_money.other_lines(rng, shape, unit)
    _projects(rng, book, shape, 0 if rng.random() < 0.1 else rng.randint(0, size.projects))
    if not book.expenditure:
        source = next(one for one in shape.sources if one != "operations")
        lines = random_money.basic_lines(rng, shape, book.head, 1)
        book.expenditure += lines or [
            Expenditure(
                book.head.name, shape.items[0], "30101", "general", "basic", "", "current", 100 + len(source)
            )
        ]
    book.forward, more = random_money.forwards(rng, shape, book.units)
    book.revenue = random_money.revenue(rng, book.expenditure, more)
    used = {line.function for line in book.expenditure} | {line.function for line in book.forward}
    book.accounts = {code: name for code, name in book.accounts.items() if code in used}


def _items(rng: random.Random, book: BudgetBook, number: int) -> tuple[str, ...]:
    """Functional items; now and then one that only the book knows the name of."""
    items = random_money.functional_items(rng, book.year, number)
    if rng.random() < 0.2:
        section = rng.choice(items)[:5]
        known = classification(book.year)
        free = [f"{section}{n}" for n in range(70, 90) if known.functional(f"{section}{n}") is None]
        if free:
            code = rng.choice(free)
            book.accounts[code] = f"{rng.choice(words.THINGS)}专项事务"
            items = (*items, code)
    return items


def _projects(rng: random.Random, book: BudgetBook, shape: random_money.Shape, number: int) -> None:
    things = rng.sample(words.THINGS, min(number, len(words.THINGS)))
    for index, thing in enumerate(things, 1):
        unit, code = rng.choice(book.units), f"P{index:02d}"
        lines = random_money.project_lines(rng, shape, unit, code)
        name = rng.choice(words.TOWNS) + thing + rng.choice(words.ACTS)
        book.expenditure += lines
        book.projects.append(random_forms.project(rng, code, unit, (name, thing), book.year, lines))


def _purposes(rng: random.Random, book: BudgetBook) -> None:
    for code in sorted({line.function for line in book.expenditure}):
        if rng.random() < 0.5:
            book.purposes[code] = Words(f"保障{rng.choice(words.THINGS)}的日常工作")


def _purchases(rng: random.Random, book: BudgetBook) -> list[Purchase]:
    """Some of what projects and public expenses pay for."""
    found = []
    vocabulary = {"goods": words.GOODS, "works": words.WORKS, "services": words.SERVICES}
    spent: dict[str, int] = {}
    for line in book.expenditure:
        if line.category not in ("basic", "project") or line.economic[:3] not in ("302", "309", "310"):
            continue
        if rng.random() < 0.7 or line.economic in (*_BUYING, _RUNNING):
            continue
        category = rng.choice(tuple(vocabulary))
        quantity = rng.randint(1, 40) if category == "goods" else 0
        price = rng.randint(1, line.amount) // quantity if quantity else None
        amount = price * quantity if price else rng.randint(1, line.amount)
        reserved = rng.choice((0, amount, rng.randint(0, amount)))
        small = rng.choice((0, reserved, rng.randint(0, reserved)))
        spent[line.project] = spent.get(line.project, 0) + amount
        found.append(
            Purchase(
                line.unit, rng.choice(vocabulary[category]), category, amount, line.source, line.project,
                rng.choice(("", "A0201", "B0304", "C0102")), "件" if price else "",
                str(quantity) if price else "", price or None, reserved, small,
            )
        )  # fmt: skip
    return found


def _assets(rng: random.Random, book: BudgetBook) -> list[Asset]:
    """What the department owns; vehicles where it pays for their running or buys them."""
    economics = {line.economic for line in book.expenditure}
    buying, running = bool(economics & set(_BUYING)), _RUNNING in economics
    if not (buying or running) and rng.random() < 0.2:
        return []
    cars = rng.sample(_CARS, rng.randint(1 if buying or running else 0, 4))
    found = [
        Asset(car, str(rng.randint(1, 9)), random_money.amount(rng, "plain"), int(buying and index == 0))
        for index, car in enumerate(cars)
    ]
    if found and rng.random() < 0.5:
        held = sum(int(asset.quantity) for asset in found)
        found.insert(0, Asset("vehicle.posts", str(held + rng.randint(0, 3))))
    found += [
        Asset(key, str(rng.randint(0, 20)), random_money.amount(rng, "mixed"))
        for key in _EQUIPMENT
        if rng.random() < 0.4
    ]
    if rng.random() < 0.5:
        area = rng.choice((str(rng.randint(100, 9_000)), f"{rng.randint(100, 9_000)}.{rng.randint(1, 9)}"))
        found.append(Asset("house.office", area, rng.choice((None, random_money.amount(rng, "vast")))))
    if rng.random() < 0.5:
        found.append(Asset("fixed.other", "", random_money.amount(rng, "mixed")))
    return found


def _texts(rng: random.Random, book: BudgetBook) -> None:
    names = [unit.name for unit in book.units]
    book.texts = {
        "duties": Words(words.duties(rng)),
        "organisation": Words(words.organisation(rng, names)),
    }
    if rng.random() < 0.5:
        thing = rng.choice(words.THINGS)
        book.texts["goals"] = Words(f"按时完成全年任务，{thing}使用正常，群众办事方便。")
    if rng.random() < 0.5:
        book.texts["services"] = Words(f"{rng.choice(words.THINGS)}的日常看护服务。")
    if rng.random() < 0.5:
        book.texts["others"] = Words("本部门没有其他需要说明的情况。")
    if rng.random() < 0.2:
        book.texts["terms"] = Words("1．行政许可：指行政机关根据申请，准予从事特定活动的行为。")
