"""A disclosure as it will be published: blocks in reading order, whatever the format.

Composed from a budget book (`openbook.composing`), written by `openbook.writing`. Every figure
in it is a `Cell` or remembers the cells it was computed from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from openbook.money import Unit


class Origin(NamedTuple):
    """A line of the book: table ("expenditure", "revenue", …) and its number in it, from 0."""

    table: str
    line: int


@dataclass(slots=True, eq=False)
class Cell:
    """A figure of a statement.

    address   "expenditure/2010306/basic": statement kind, row key, column key
    exact     fen, the true sum of its book lines
    printed   in steps of the statement's resolution (0.01 万元 or 1 元): what is published
    origins   the book lines it is the sum of
    parts     addresses in the same statement whose printed values add up to it; for live formulas
    """

    address: str
    exact: int
    printed: int
    unit: Unit
    decimals: int
    origins: tuple[Origin, ...] = ()
    parts: tuple[str, ...] = ()
    grouped: bool = True  # whether thousands are set apart

    @property
    def text(self) -> str:
        """As published: fixed decimals; "" for nothing."""
        return figure(self.printed, self.decimals, self.grouped) if self.printed or self.exact else ""

    @property
    def fen(self) -> int:
        """The printed value in fen."""
        return self.printed * step(self.unit, self.decimals)


def step(unit: Unit, decimals: int) -> int:
    """One printed step in fen: 10,000 for 0.01 万元, 100 for 1 元."""
    return unit.li // 10 // int(10**decimals)


def figure(steps: int, decimals: int, grouped: bool = True) -> str:
    """Steps as printed: ``figure(264387, 2)`` -> ``"2,643.87"``."""
    sign, steps = ("-", -steps) if steps < 0 else ("", steps)
    whole, rest = divmod(steps, 10**decimals)
    return f"{sign}{whole:{',' if grouped else ''}}" + (f".{rest:0{decimals}d}" if decimals else "")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure, share, growth or direction of the prose, with the cells that prove it.

    kind    amount, share, growth, change, flat, count, items
    cells   addresses, in the order of the computation: part, whole; this year, last year
    value   amount, change: fen; share, growth: 0.0001 percent points; count: integer
    """

    id: str
    kind: str
    text: str
    value: int | None
    cells: tuple[str, ...]
    topic: str = ""


class Run(NamedTuple):
    """A stretch of text in one style; `claim` is the id of the claim it states."""

    text: str
    bold: bool = False
    claim: str = ""


@dataclass(slots=True)
class Cover:
    """The title page."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class Contents:
    """Where the table of contents goes. It lists the headings and statement titles that follow."""

    title: str = "目录"


@dataclass(slots=True)
class Heading:
    """A heading; `level` 1 for parts (第一部分), 2, 3. `id` is unique in the disclosure."""

    level: int
    text: str
    id: str


@dataclass(slots=True)
class Paragraph:
    """Running text. `style`: body, note (below a statement), center, right."""

    runs: tuple[Run, ...]
    style: str = "body"
    origin: str = ""  # what of the book it says, in words, where a person typed it

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class GridCell:
    """A cell of a table, at its upper left. Covered cells are left out of their rows.

    align   left, center, right; `head`: a heading cell; `indent`: levels of account
    cell    the figure it shows, if it is one
    """

    text: str
    align: str = "left"
    colspan: int = 1
    rowspan: int = 1
    head: bool = False
    bold: bool = False
    indent: int = 0
    cell: Cell | None = None


@dataclass(slots=True)
class Table:
    """A statement or a performance form.

    kind      "statement" (has a title line, the department, the unit of money), "form", "list"
    rows      all rows, the first `head_rows` of them repeated on every page
    widths    relative widths of the columns
    above     what stands above it: 部门名称：… left, 单位：万元 right
    """

    id: str
    kind: str
    title: str
    rows: list[list[GridCell]]
    head_rows: int
    widths: tuple[float, ...]
    above: tuple[str, str] = ("", "")
    number: str = ""  # 预算公开表1, where the layout numbers its statements
    notes: tuple[str, ...] = ()
    landscape: bool = False
    in_contents: bool = True
    origin: str = ""  # what of the book it shows, in words


class Point(NamedTuple):
    """One part of a chart: its label, the figure as printed, its printed value in steps, its cell."""

    label: str
    text: str
    value: int
    address: str


@dataclass(slots=True)
class Chart:
    """A composition, drawn from cells. `kind`: pie or bar."""

    id: str
    kind: str
    title: str
    unit: str
    points: tuple[Point, ...]

    @property
    def alternative(self) -> str:
        """The chart in words, for those who do not see it."""
        parts = "；".join(f"{point.label}{point.text}{self.unit}" for point in self.points)
        return f"{self.title}：{parts}。"


@dataclass(slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Cover | Contents | Heading | Paragraph | Table | Chart | PageBreak


@dataclass(slots=True)
class Disclosure:
    """The whole of it. `cells` by address, `claims` in the order of the prose."""

    title: str
    department: str
    year: int
    layout: str
    level: str  # department or unit
    blocks: list[Block] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    draft: bool = False  # drafts alone carry the watermark 内部审核

    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]
