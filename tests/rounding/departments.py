"""Random departments with the cells their thirteen statements print, for tests and benchmarks.

`department` makes lines as a budget book has them and prints every statement: rows are a tree of
accounts, units or projects, columns add up, and both sums are kept as identities to be checked.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openbook.rounding.problem import Problem

APPROPRIATION = ("general", "fund", "capital")
SOURCES = (*APPROPRIATION, "special_account", "business", "other")
VEHICLES = ("31013", "30231")
THREE_PUBLIC = ("30212", "30217", *VEHICLES)
FUNCTIONS = ("2010301", "2010302", "2010308", "2010350", "2050205", "2080501", "2080505", "2080506", "2101101",
             "2101102", "2101103", "2130104", "2130108", "2130122", "2130153", "2210201", "2210203", "2110301",
             "2120104", "2120303", "2150805", "2160250", "2200106", "2240106", "2240109")  # fmt: skip
FUND_FUNCTIONS = ("2120801", "2120803", "2296002", "2296003")
PERSONNEL = ("30101", "30102", "30103", "30107", "30108", "30109", "30110", "30111", "30112", "30113", "30199",
             "30302", "30305", "30309")  # fmt: skip
PUBLIC = ("30201", "30202", "30205", "30206", "30207", "30208", "30211", "30213", "30216", "30217", "30226", "30228",
          "30229", "30231", "30239", "30299", "31002")  # fmt: skip
PROJECT_ACCOUNTS = ("30201", "30202", "30211", "30212", "30213", "30217", "30226", "30227", "30231", "30299", "31002",
                    "31003", "31013")  # fmt: skip


class Line(NamedTuple):
    """A line of spending, or of money left for next year (`economic` ""). Amounts in fen."""

    unit: int
    function: str
    economic: str
    source: str
    project: str  # "" for basic expenditure
    carried: bool
    amount: int


Chosen = Callable[[Line], bool]
Path = tuple[str, ...]
Rows = Callable[[Line], Path]
Columns = dict[str, Chosen]
Sums = tuple[tuple[str, ...], ...]


@dataclass
class Department:
    """Cells are sets of lines by address; an identity says of a cell which others add up to it."""

    lines: list[Line]
    agencies: frozenset[int]
    step: int
    cells: dict[str, frozenset[int]] = field(default_factory=dict)
    identities: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def problem(self) -> Problem:
        """Lines that stand in the same cells become one atom; empty cells are no cells."""
        homes: dict[int, list[int]] = {}
        for number, members in enumerate(self.cells.values()):
            for line in members:
                homes.setdefault(line, []).append(number)
        atoms: dict[tuple[int, ...], int] = {}
        for line in sorted(homes):
            key = tuple(homes[line])
            atoms[key] = atoms.get(key, 0) + self.lines[line].amount
        cells: list[list[int]] = [[] for _ in self.cells]
        for atom, stands_in in enumerate(atoms):
            for number in stands_in:
                cells[number].append(atom)
        return Problem(tuple(atoms.values()), tuple(map(tuple, cells)), self.step)

    def broken(self, printed: Iterable[int]) -> list[str]:
        """The identities that the printed figures break."""
        value = dict(zip(self.cells, printed, strict=True))
        return [
            whole for whole, parts in self.identities if value[whole] != sum(value[part] for part in parts)
        ]

    def statement(self, kind: str, rows: Rows, columns: Columns, sums: Sums) -> None:
        """`rows` gives a line's path from the top row down; `sums` are columns: a whole and its parts."""
        children: dict[Path, set[Path]] = {}
        for number, line in enumerate(self.lines):
            chosen = [name for name, belongs in columns.items() if belongs(line)]
            path = ("total", *rows(line)) if chosen else ()
            for depth in range(1, len(path) + 1):
                children.setdefault(path[:depth], set())
                if depth > 1:
                    children[path[: depth - 1]].add(path[:depth])
                for name in columns:
                    address = f"{kind}/{'.'.join(path[:depth])}/{name}"
                    self.cells.setdefault(address, frozenset())
                    if name in chosen:
                        self.cells[address] |= {number}
        for row, below in sorted(children.items()):
            at = f"{kind}/{'.'.join(row)}"
            if below:
                self.identities += [(f"{at}/{name}", tuple(f"{kind}/{'.'.join(b)}/{name}" for b in sorted(below)))
                                    for name in columns]  # fmt: skip
            self.identities += [
                (f"{at}/{whole}", tuple(f"{at}/{part}" for part in parts)) for whole, *parts in sums
            ]


def department(
    seed: int, units: int = 3, projects: int = 20, step: int = 10_000, each: bool = False
) -> Department:
    """A department whose thirteen statements are printed; the same seed, the same department.

    `each`: every unit's thirteen statements are printed as well, with the same figures for the same
    money: many more families of cells that cross each other.
    """
    rng = random.Random(seed)
    agencies = frozenset(unit for unit in range(units) if not unit or rng.random() < 0.4)
    lines = [line for unit in range(units) for line in _basic(rng, unit)]
    for number in range(projects):
        lines += _project(rng, rng.randrange(units), f"P{number:03d}")
    made = Department(lines, agencies, step)
    print_statements(made)
    for unit in range(units) if each else ():
        print_statements(made, unit)
    return made


def _amount(rng: random.Random, usual: int) -> int:
    """In fen. A third are whole hundreds of yuan, as many projects are."""
    yuan = rng.lognormvariate(0, 1.2) * usual
    return round(yuan / 1000) * 100_000 or 100_000 if rng.random() < 0.33 else max(1, round(yuan * 100))


def _basic(rng: random.Random, unit: int) -> list[Line]:
    own = rng.choice(FUNCTIONS)
    source = "business" if unit and rng.random() < 0.1 else "general"
    lines = [
        Line(unit, own, code, "general", "", False, _amount(rng, 60_000)) for code in _some(rng, PERSONNEL, 9)
    ]
    lines += [
        Line(unit, own, code, source, "", False, _amount(rng, 9_000)) for code in _some(rng, PUBLIC, 10)
    ]
    for function, code in (("2080505", "30108"), ("2101101", "30110"), ("2210201", "30113")):
        lines.append(Line(unit, function, code, "general", "", False, _amount(rng, 80_000)))
    if rng.random() < 0.5:
        lines.append(Line(unit, own, "30201", "general", "", True, _amount(rng, 3_000)))
    return lines


def _some(rng: random.Random, codes: tuple[str, ...], about: int) -> list[str]:
    return sorted(rng.sample(codes, min(len(codes), rng.randint(about - 3, about + 3))))


def _project(rng: random.Random, unit: int, code: str) -> list[Line]:
    source = rng.choices(SOURCES, (70, 12, 2, 3, 7, 6))[0]
    function = rng.choice(FUND_FUNCTIONS if source == "fund" else FUNCTIONS)
    if source == "capital":
        function = "2230105"
    accounts = _some(rng, PROJECT_ACCOUNTS, 4)
    lines = [Line(unit, function, account, source, code, False, _amount(rng, 50_000)) for account in accounts]
    if rng.random() < 0.3:
        lines += [line._replace(carried=True, amount=_amount(rng, 20_000)) for line in lines[:2]]
    if rng.random() < 0.2:
        second = rng.choice(FUNCTIONS)
        lines.append(Line(unit, second, "30299", "general", code, False, _amount(rng, 40_000)))
    return lines


def _everything(line: Line) -> bool:
    return True


def _current(line: Line) -> bool:
    return not line.carried


def _carried(line: Line) -> bool:
    return line.carried


def _basic_only(line: Line) -> bool:
    return not line.project


def _of_project(line: Line) -> bool:
    return bool(line.project)


def _personnel(line: Line) -> bool:
    return line.economic[:3] in ("301", "303")


def _public(line: Line) -> bool:
    return not _personnel(line)


def _from(*sources: str) -> Chosen:
    return lambda line: line.source in sources


def _all(*conditions: Chosen) -> Chosen:
    return lambda line: all(condition(line) for condition in conditions)


def _class(line: Line) -> Path:
    return (line.function[:3],)


def _function(line: Line) -> Path:
    return line.function[:3], line.function[:5], line.function


def _economic(line: Line) -> Path:
    return line.economic[:3], line.economic


def _three_public(line: Line) -> Path:
    return ("vehicles", line.economic) if line.economic in VEHICLES else (line.economic,)


PERIODS: Columns = {"total": _everything, "current": _current, "carryover": _carried}
BASIC_PROJECT: Columns = {"total": _everything, "basic": _basic_only, "project": _of_project}
REVENUE: Columns = {**PERIODS, **{source: _all(_current, _from(source)) for source in SOURCES}}
APPROPRIATED: Columns = {"total": _everything, **{source: _from(source) for source in APPROPRIATION}}
FUNDS: Columns = {
    **APPROPRIATED,
    "others": _from(*(source for source in SOURCES if source not in APPROPRIATION)),
}
NATURE: Columns = {"total": _everything, "personnel": _personnel, "public": _public}


def print_statements(made: Department, unit: int | None = None) -> None:
    """Of the department, or of one of its units."""
    prefix = "" if unit is None else f"unit{unit}-"
    within = _everything if unit is None else lambda line: line.unit == unit
    for kind, chosen, rows, columns, sums in _statements(made.agencies):
        limited = {name: _all(within, chosen, belongs) for name, belongs in columns.items()}
        made.statement(prefix + kind, rows, limited, sums)


def _statements(agencies: frozenset[int]) -> Iterator[tuple[str, Chosen, Rows, Columns, Sums]]:
    """Kind, which lines, rows, columns, the columns' sums."""
    by_period, by_category = (tuple(PERIODS),), (tuple(BASIC_PROJECT),)
    general = _all(_current, _from("general"))
    three_public = _all(lambda line: line.economic in THREE_PUBLIC)
    operating = _all(general, _basic_only, _public, lambda line: line.unit in agencies)
    yield "summary", _everything, _class, PERIODS, by_period
    yield "income", _everything, lambda line: (line.source,), PERIODS, by_period
    yield "revenue", _everything, _function, REVENUE, (*by_period, ("current", *SOURCES))
    yield "expenditure", _everything, _function, BASIC_PROJECT, by_category
    yield "appropriation", _from(*APPROPRIATION), _class, APPROPRIATED, (tuple(APPROPRIATED),)
    for source in APPROPRIATION:
        yield f"{source}_expenditure", _all(_current, _from(source)), _function, BASIC_PROJECT, by_category
    yield "general_basic", _all(general, _basic_only), _economic, NATURE, (tuple(NATURE),)
    yield "three_public", three_public, _three_public, {"total": _everything, "general": _from("general")}, ()
    yield "operating", operating, lambda line: (str(line.unit),), {"total": _everything}, ()
    for kind, period in (("projects", _current), ("projects_carried", _carried)):
        yield (
            kind,
            _all(period, _of_project),
            lambda line: (str(line.unit), line.project),
            FUNDS,
            (tuple(FUNDS),),
        )
