"""Projects of the statements and the performance forms that belong to them.

Names are compared without blanks, brackets and quotes; a misread character or two is forgiven,
and the amount decides between projects of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from openbook.document import Document, Fund, Row
from openbook.findings import Location
from openbook.money import Figure
from openbook.reading.digits import narrow
from openbook.rules.ob5_forms import Named, named

_KEEP = re.compile(r"[^\w]+")
_ENDING = re.compile(r"(?:项目)?(?:绩效目标表?)?\Z")


class Project(NamedTuple):
    """A line of the projects statement."""

    row: Row
    name: str
    amount: Figure | None

    def location(self, role: str) -> Location:
        cell = self.row.cells.get("total") or next(iter(self.row.cells.values()), None)
        return Location.of(cell, role) if cell else Location.text(self.row.place, self.row.name, role)


class Pair(NamedTuple):
    """A form and its project; `sure` where the names are the same."""

    form: Named
    project: Project
    sure: bool


class Matching(NamedTuple):
    """What belongs together and what is left over."""

    pairs: list[Pair]
    bare: list[Project]  # projects of this year without a form
    stray: list[Named]  # forms without a project, in either statement


@lru_cache(maxsize=2048)
def fold(name: str) -> str:
    return _ENDING.sub("", _KEEP.sub("", narrow(name)).lower())


def year_total(form: Named) -> Fund | None:
    fund = form.form.fund("total", period=False)
    return fund if fund is not None and fund.amount is not None else None


def figure(fund: Fund | None) -> Figure | None:
    return Figure(fund.amount, fund.half) if fund is not None and fund.amount is not None else None


def equal(one: Figure | None, other: Figure | None) -> bool:
    """Whether two printed amounts can be the same amount."""
    return one is not None and other is not None and abs(one.value - other.value) <= one.half + other.half


def projects(document: Document, kind: str = "projects") -> list[Project]:
    """The lines of a projects statement."""
    known = document.cache.get(f"ob5.{kind}")
    if isinstance(known, list):
        return known
    found: list[Project] = []
    document.cache[f"ob5.{kind}"] = found
    statement = document.statement(kind)
    if statement is None:
        return found
    for row in statement.rows:
        if row.key.startswith("project:"):
            cell = row.cells.get("total") or next(
                (c for c in row.cells.values() if c.amount is not None), None
            )
            amount = Figure(cell.amount, cell.half) if cell is not None and cell.amount is not None else None
            found.append(Project(row, row.name, amount))
    return found


def complete(document: Document) -> bool:
    """Whether the lines that were read make the printed total, so that none was lost."""
    total = document.cell("projects", "total", "total")
    values = [line.amount for line in projects(document) if line.amount is not None]
    if total is None or total.amount is None:
        return not document.source.scanned
    return equal(add(values), Figure(total.amount, total.half))


def lacking(document: Document) -> bool:
    """Whether the lines that were read make less than the printed total, so that one may be lost."""
    total = document.cell("projects", "total", "total")
    whole = add([line.amount for line in projects(document) if line.amount is not None])
    if total is None or total.amount is None:
        return document.source.scanned
    return total.amount - total.half > whole.value + whole.half


def matching(document: Document) -> Matching:
    """Match forms with projects of this year first, then with those carried over."""
    known = document.cache.get("ob5.matching")
    if isinstance(known, Matching):
        return known
    forms = [one for one in named(document) if one.form.project is not None and one.form.project.text]
    lines = projects(document)
    pairs = _match(forms, lines)
    taken = {id(pair.form.form) for pair in pairs}
    rest = [form for form in forms if id(form.form) not in taken]
    pairs += _match(rest, projects(document, "projects_carryover"))
    taken = {id(pair.form.form) for pair in pairs}
    used = {id(pair.project.row) for pair in pairs}
    result = Matching(
        pairs,
        [line for line in lines if id(line.row) not in used and not _covered(document, pairs, line)],
        [form for form in forms if id(form.form) not in taken],
    )
    document.cache["ob5.matching"] = result
    return result


def amounts(document: Document, pair: Pair) -> list[Figure]:
    """What the form's amount may be: its line, all lines of its name, and with what was carried over."""
    if pair.project.amount is None:
        return []
    name = fold(pair.project.name)
    own = [line.amount for line in projects(document) if fold(line.name) == name and line.amount is not None]
    carried = [
        line.amount
        for line in projects(document, "projects_carryover")
        if fold(line.name) == name and line.amount is not None
    ]
    return [pair.project.amount, *(add(group) for group in (own, own + carried, carried) if group)]


def add(figures: list[Figure]) -> Figure:
    return Figure(sum(one.value for one in figures), sum(one.half for one in figures))


def _covered(document: Document, pairs: list[Pair], line: Project) -> bool:
    """Whether the one form of several lines of the same name (one for each unit) speaks of them all."""
    name = fold(line.name)
    lines = [one.amount for one in projects(document) if fold(one.name) == name and one.amount is not None]
    return any(
        fold(pair.project.name) == name and equal(figure(year_total(pair.form)), add(lines)) for pair in pairs
    )


def _match(forms: list[Named], lines: list[Project]) -> list[Pair]:
    open_forms, open_lines = list(forms), list(lines)
    pairs: list[Pair] = []
    for sure, fits in _STEPS:
        for form in list(open_forms):
            line = next((one for one in open_lines if fits(form, one)), None)
            if line is not None:
                pairs.append(Pair(form, line, sure))
                open_forms.remove(form)
                open_lines.remove(line)
    return pairs


def _same_name(form: Named, line: Project) -> bool:
    return fold(form.name) == fold(line.name)


def _same_amount(form: Named, line: Project) -> bool:
    return equal(figure(year_total(form)), line.amount)


def _near(form: Named, line: Project) -> bool:
    a, b = fold(form.name), fold(line.name)
    return distance(a, b, limit=max(1, min(len(a), len(b)) // 6)) is not None


def _inside(form: Named, line: Project) -> bool:
    a, b = sorted((fold(form.name), fold(line.name)), key=len)
    return len(a) >= 3 and a in b


_STEPS: tuple[tuple[bool, Callable[[Named, Project], bool]], ...] = (
    (True, lambda form, line: _same_name(form, line) and _same_amount(form, line)),
    (False, lambda form, line: _same_amount(form, line) and (_near(form, line) or _inside(form, line))),
    (True, _same_name),
    (False, lambda form, line: _near(form, line) or _inside(form, line)),
)


def distance(a: str, b: str, limit: int) -> int | None:
    """Edit distance of two names, None if it is more than `limit`."""
    if abs(len(a) - len(b)) > limit or len(a) < 3 or len(b) < 3:
        return None
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
