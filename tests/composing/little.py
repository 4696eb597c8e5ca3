"""Books and statements written inline, small enough to be summed in the head."""

from __future__ import annotations

import tomllib
from collections import Counter

from openbook.book.model import BudgetBook, Expenditure, Forward, Project, Revenue, Unit, Words
from openbook.composing import layout
from openbook.composing.layout import Build
from openbook.composing.tables import table_of, words_of
from openbook.composing.work import Work, begin
from openbook.disclosure import Table

BUREAU, CENTRE = "某局", "某中心"
UNITS = (Unit(BUREAU, "administrative", "101001"), Unit(CENTRE, "institution", "101002"))


WAN = 1_000_000  # fen in 1 万元


def fen(wan: str) -> int:
    """万元 with at most six decimals."""
    whole, _, rest = wan.partition(".")
    return int(whole) * WAN + int(rest.ljust(6, "0") or 0)


def book(lines: str, *, forward: str = "", revenue: str = "", name: str = "shanxi-13-2024") -> BudgetBook:
    """Lines of ``unit function economic source category period wan``; a project's category is ``project:P1``.

    `forward`: ``unit function source wan``; `revenue`: ``unit source period wan account``, else it is what
    the lines spend.
    """
    made = BudgetBook("book", name, 2024, BUREAU, code="101", units=list(UNITS))
    for unit, function, economic, source, category, period, wan in map(str.split, lines.strip().splitlines()):
        kind, _, project = category.partition(":")
        made.expenditure.append(
            Expenditure(unit, function, economic, source, kind, project, period, fen(wan))
        )
        if project and made.project(project) is None:
            made.projects.append(Project(project, f"项目{project}", unit))
    for unit, function, source, wan in map(str.split, forward.strip().splitlines()):
        made.forward.append(Forward(unit, function, source, fen(wan)))
    made.revenue = _given(revenue) if revenue else _spent(made)
    made.texts = {"duties": Words("履行职责。"), "organisation": Words("内设一科。")}
    return made


def _given(revenue: str) -> list[Revenue]:
    found = []
    for line in revenue.strip().splitlines():
        unit, source, period, wan, *account = line.split()
        found.append(Revenue(unit, source, period, fen(wan), account[0] if account else ""))
    return found


def _spent(made: BudgetBook) -> list[Revenue]:
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in made.expenditure:
        sums[line.unit, line.source, line.period] += line.amount
    return [Revenue(unit, source, period, amount) for (unit, source, period), amount in sums.items()]


_HEAD = """
[build]
unit = "万元"
decimals = 2
statement_title = "{title}"
above = ["{level}：{department}", "单位：{unit}"]
empty_note = "注：空表"
form = "application"
"""


def build(statements: str, *, head: str = "", level: str = "department") -> Build:
    """A layout of these ``[[statement]]`` alone; `head` adds keys to [build]. Widths are all the same."""
    raw = tomllib.loads(_HEAD + head + statements)
    keys = raw["build"]
    for entry in raw["statement"]:
        entry.setdefault("title", entry["kind"])
        entry.setdefault("head", [" | ".join(column.partition("=")[0] for column in entry["columns"])])
        entry.setdefault("widths", [10] * len(entry["columns"]))
    return Build(
        id="little",
        title="小套式",
        years=(2020, 0),
        templates=tuple(layout._template(keys, entry, level) for entry in raw["statement"]),
        above=(keys["above"][0], keys["above"][1]),
        number=keys.get("number", ""),
        empty_note=keys["empty_note"],
        all_classes=keys.get("classes") == "all",
        form=keys["form"],
        document="",
    )


def work(made: BudgetBook, statements: str, *, head: str = "", unit: str = "") -> Work:
    level = "unit" if unit else "department"
    return begin(made, build(statements, head=head, level=level), level, unit)


def tables(made: BudgetBook, statements: str, *, head: str = "", unit: str = "") -> list[Table]:
    done = work(made, statements, head=head, unit=unit)
    words = words_of(made.year, unit or made.department, made.code, done.level)
    return [table_of(plan, done.build, done.cells, words, n) for n, plan in enumerate(done.plans, 1)]


def rows(made: BudgetBook, statement: str, *, head: str = "", unit: str = "") -> list[str]:
    """The printed rows below the head: ``名称 | 1.00 |``, levels as two blanks each."""
    (table,) = tables(made, statement, head=head, unit=unit)
    return shown(table)


def shown(table: Table) -> list[str]:
    return [
        " | ".join("  " * cell.indent + cell.text for cell in row).rstrip()
        for row in table.rows[table.head_rows :]
    ]
