"""What a disclosure is once it has been understood: statements, claims and performance forms.

Understanding turns a `Source` (`openbook.source`) into a `Document`; rules see only that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openbook.money import Unit
from openbook.source import NOWHERE, Paragraph, Place, Problem, Source

# --- statements -----------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Column:
    """A column of figures. `key` is the concept (total, basic, project, ...), `label` as printed."""

    key: str
    label: str
    index: int


@dataclass(slots=True, eq=False)
class Cell:
    """A printed figure. Blank cells have `amount` None and count as zero."""

    row: Row
    column: Column
    text: str
    place: Place
    amount: int | None  # li
    half: int  # li: half of the printed resolution

    @property
    def value(self) -> int:
        return self.amount or 0

    def describe(self) -> str:
        """Where the cell stands, in words: 《支出总表》“2010306 政务公开审批”行“基本支出”栏."""
        row = f"{self.row.code} {self.row.name}" if self.row.code else self.row.name
        return f"《{self.row.statement.title}》“{row}”行“{self.column.label}”栏"


@dataclass(slots=True, eq=False)
class Row:
    """A row of a statement; in two-sided statements each side is a row of its own.

    `key` is the account code, or the concept of the line (``rev.total``, ``exp.current``,
    ``three.vehicle``, ``project:NAME``, ``unit:NAME``, ``total``).
    """

    statement: Statement
    key: str
    code: str | None
    name: str
    side: str | None  # "revenue", "expenditure" or None
    place: Place
    cells: dict[str, Cell] = field(default_factory=dict)
    parent: str | None = None  # key of the row this one is a part of, where the table shows it
    raw_code: str = ""  # the code as printed, its parts divided by blanks: "301 2"
    government: str = ""  # name of the government economic account printed beside (政府预算支出经济科目)


@dataclass(slots=True, eq=False)
class Statement:
    """One disclosure table, understood. `kind` is a key of `openbook/statements/words.toml`."""

    kind: str
    title: str
    place: Place
    unit: Unit
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    note: str | None = None
    note_place: Place = NOWHERE
    last: Place = NOWHERE  # place of its last row or note
    entity: str | None = None  # 部门名称 / 编制单位 as printed
    year: int | None = None  # as printed in the title
    reliable: bool = True  # False where columns had to be guessed: no error may rest on it alone

    @property
    def empty(self) -> bool:
        """Whether no cell holds a figure other than zero."""
        return not any(cell.amount for row in self.rows for cell in row.cells.values())

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row.cells.values()

    def row(self, key: str) -> Row | None:
        for row in self.rows:
            if row.key == key:
                return row
        return None

    def cell(self, row: str, column: str) -> Cell | None:
        found = self.row(row)
        return found.cells.get(column) if found else None


# --- the explanation ------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Section:
    """A headed part of the explanation with the paragraphs under it.

    `topic` is a key of `openbook/narrative/topics.toml` (revenue, expenditure, three_public, ...)
    or None where the heading is not known.
    """

    topic: str | None
    heading: str
    place: Place
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Claim:
    """A figure, share, growth or direction stated in prose, with what it speaks of.

    kind         value
    amount       li (integer)
    change       li, signed by `direction` (比上年增加 5 万元 -> +)
    growth       share of one in ppm of a percent: 12.34 % -> 123400 (1e-4 percent points)
    share        as growth; `whole` is the amount claim it is a share of
    flat         None (持平, 与上年相同, 无变化)
    count        integer (projects, vehicles, units, ...)
    items        None; `names` lists what is named as included
    """

    kind: str
    subject: str
    concept: str | None  # key of openbook/narrative/concepts.toml or "item:CODE", "project:NAME"
    value: int | None
    half: int  # half of the printed resolution, in the unit of `value`
    place: Place
    text: str  # as printed
    sentence: str
    paragraph: Paragraph
    start: int  # of `text` in the paragraph
    section: Section | None = None
    year: int | None = None  # year it speaks of, None where not said
    direction: int = 0  # +1 more, -1 less, 0 none
    trimmed: bool = False  # printed with fewer decimals than usual: zeros trimmed or rounded
    of: Claim | None = None  # the amount a share, change, growth or part belongs to
    whole: Claim | None = None  # the total that a share or part is measured against
    prior: Claim | None = None  # last year's figure, stated in the same sentence
    names: tuple[str, ...] = ()
    reason: str | None = None  # the stated cause of a change; "" where the words are there and empty
    cells: tuple[Cell, ...] = ()  # the cells that prove or break it
    hedged: bool = False  # 约, 近, 余, 以上: no exact figure is claimed
    candidates: tuple[tuple[Cell, ...], ...] = ()  # cells (or sums of cells) that may hold its figure
    guess: bool = False  # the binding is not certain: no error may rest on it
    others: tuple[Claim, ...] = ()  # further amounts that it may belong to besides `of`
    basis: str = ""  # words of the comparison: 比2022年预算执行数
    listing: int = 0  # which of the lists of parts in its paragraph it stands in


# --- performance ----------------------------------------------------------------------


class Text(NamedTuple):
    """A string with its place."""

    text: str
    place: Place


@dataclass(slots=True, eq=False)
class Target:
    """An indicator's value: ``≥ 95 %``. `number` is scaled by 10**4; None where none is stated."""

    text: str
    place: Place
    operator: str | None = None  # ">=", "<=", "=", ">", "<" or None
    number: int | None = None
    unit: str = ""


@dataclass(slots=True, eq=False)
class Indicator:
    """One line of a performance form."""

    level1: str  # 产出指标, 效益指标, 满意度指标, 成本指标
    level2: str
    name: Text
    target: Target | None  # for the whole period (Shanxi), else None
    year_target: Target | None  # for the budget year
    description: Text | None = None
    ground: Text | None = None  # 指标值确定依据
    reliable: bool = True  # False where cells of its row were shifted or missing


@dataclass(slots=True, eq=False)
class Fund:
    """A money line of a form, in li."""

    key: str  # total, central, province, local, own, other, fiscal, current, carryover
    label: str
    amount: int | None
    half: int
    place: Place
    period: bool  # True: whole period; False: the budget year


@dataclass(slots=True, eq=False)
class Form:
    """A performance form of one project, or of the whole department (`project` None)."""

    title: Text
    project: Text | None
    department: Text | None = None
    unit: Text | None = None  # 实施单位
    attribute: Text | None = None
    period: Text | None = None
    funds: list[Fund] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)  # 项目概况, 立项依据, 总体目标, 年度目标, ...
    indicators: list[Indicator] = field(default_factory=list)
    handler: Text | None = None
    telephone: Text | None = None
    filed: Text | None = None
    place: Place = NOWHERE
    last: Place = NOWHERE
    year: int | None = None
    reliable: bool = True  # False where its table was lost and only running text is left

    def fund(self, key: str, *, period: bool) -> Fund | None:
        for fund in self.funds:
            if fund.key == key and fund.period is period:
                return fund
        return None


# --- the whole ------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Document:
    """A disclosure, understood."""

    source: Source
    department: str | None = None
    year: int | None = None
    layout: str | None = None
    level: str = "department"  # or "unit"
    stage: str = "budget"  # or "accounts" (决算)
    statements: list[Statement] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    contents: list[Text] = field(default_factory=list)  # lines of the table of contents
    problems: list[Problem] = field(default_factory=list)
    cache: dict[str, object] = field(default_factory=dict, repr=False)  # derived once, shared by rules

    @property
    def path(self) -> str:
        return self.source.path

    def statement(self, kind: str) -> Statement | None:
        for statement in self.statements:
            if statement.kind == kind:
                return statement
        return None

    def cell(self, kind: str, row: str, column: str) -> Cell | None:
        statement = self.statement(kind)
        return statement.cell(row, column) if statement else None

    def dissolve(self) -> None:
        """Take the document apart, once nothing more is asked of it, so that its memory is free at once.

        Cells know their row and rows their cells: without this only a search for cycles finds them.
        """
        for statement in self.statements:
            for row in statement.rows:
                row.cells.clear()
            statement.rows.clear()
        for claim in self.claims:
            claim.of = claim.whole = claim.prior = claim.section = None
        self.cache.clear()
