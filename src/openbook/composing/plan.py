"""Which rows and columns each statement of a book has, and which facts each of its cells is the sum of.

A cell's facts are a bit set over the book's facts. Cells of different statements that are sums of
the same facts have the same set, which is how the statements come to agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from openbook.accounts.classification import Classification, classification
from openbook.book.model import INSTITUTION, BudgetBook
from openbook.composing.facts import ROWS, Fact, chosen
from openbook.composing.layout import Build, Column, Line, Template

NUMERALS = "零一二三四五六七八九"


@dataclass(slots=True)
class Row:
    """One row, or one half of a two-sided row.

    texts   column key -> text (code, name, label, government)
    facts   the set of facts it is about; columns narrow it
    parts   keys of rows that it should be the sum of
    accounts  for rows of revenue accounts: indices of the book's revenue lines instead of facts
    """

    key: str
    texts: dict[str, str]
    facts: int = 0
    indent: int = 0
    parts: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()
    bold: bool = False


@dataclass(slots=True)
class Plan:
    """A statement: its template, its columns, and its printed rows, each of one half or of two.

    `why_empty`: what else than the lack of money makes it empty, in words.
    """

    template: Template
    columns: tuple[Column, ...]
    rows: list[tuple[Row | None, ...]] = field(default_factory=list)
    empty: bool = True
    why_empty: str = ""

    def halves(self) -> list[tuple[Column, ...]]:
        """The columns of each half; the row number belongs to none."""
        columns = [column for column in self.columns if column.key != "serial"]
        starts = [i for i, column in enumerate(columns) if column.key == columns[0].key and not column.words]
        if self.template.shape not in ("sides", "paired") or len(starts) < 2:
            return [tuple(columns)]
        return [tuple(columns[: starts[1]]), tuple(columns[starts[1] :])]


class Facts:
    """The facts of one disclosure, as bit sets."""

    def __init__(self, book: BudgetBook, facts: Sequence[Fact], units: Collection[str]) -> None:
        self.book = book
        self.facts = facts
        self.units = units  # whose disclosure it is
        self.all = (1 << len(facts)) - 1
        self._chosen: dict[str, int] = {"": self.all}
        self._number = {fact: index for index, fact in enumerate(facts)}
        self.accounts: Classification = classification(book.year)

    def choose(self, words: str) -> int:
        """The set that the words choose."""
        if words not in self._chosen:
            self._chosen[words] = self.where(chosen(self.facts, words))
        return self._chosen[words]

    def where(self, facts: Iterable[Fact]) -> int:
        found = 0
        for fact in facts:
            found |= 1 << self._number[fact]
        return found

    def members(self, chosen: int) -> list[Fact]:
        found = []
        while chosen:
            low = chosen & -chosen
            found.append(self.facts[low.bit_length() - 1])
            chosen ^= low
        return found

    def function_name(self, code: str) -> str:
        known = self.accounts.functional(code)
        return self.book.accounts.get(code) or (known.name if known else code)

    def economic_name(self, code: str) -> str:
        known = self.accounts.departmental(code)
        return self.book.accounts.get(code) or (known.name if known else code)

    def account_name(self, code: str) -> str:
        known = self.accounts.revenue(code)
        return self.book.accounts.get(code) or (known.name if known else code)


def numeral(number: int) -> str:
    """1 -> 一, 23 -> 二十三 (up to 99)."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else NUMERALS[tens] + "十")
    return head + (NUMERALS[ones] if ones or not tens else "")


def plan_statement(template: Template, build: Build, facts: Facts, level: str) -> Plan:
    """The rows of one statement."""
    scope = facts.choose(template.scope)
    columns = template.columns + tuple(
        column
        for column in template.optional
        if scope & facts.choose(column.words or "") & _spent(facts, template)
    )
    plan = Plan(template, columns)
    plan.rows = _SHAPES[template.shape](template, build, facts, scope, level)
    plan.empty = not any(half and (half.facts or half.accounts) for row in plan.rows for half in row)
    if plan.empty and "agency" in template.scope.split():
        plan.why_empty = _no_operating_expenses(template, facts)
    return plan


def _no_operating_expenses(template: Template, facts: Facts) -> str:
    """Why there are none though there may be public expenses: those of institutions are no 机关运行经费."""
    if not _agencies(facts):
        return "事业单位没有机关运行经费"
    others = " ".join(word for word in template.scope.split() if word != "agency")
    return "公用经费都是事业单位的，不属于机关运行经费" if facts.choose(others) else ""


def _agencies(facts: Facts) -> bool:
    return any(unit.agency for unit in facts.book.units if unit.name in facts.units)


def _spent(facts: Facts, template: Template) -> int:
    """Statements of expenditure speak of what is spent; that of revenue also of what is carried forward."""
    return facts.all if template.kind == "revenue" else facts.choose("spent")


Rows = list[tuple[Row | None, ...]]


def _tree(codes: dict[str, int], name_of: dict[str, str], total: str, last: bool) -> list[Row]:
    """Accounts of every level in order, and their total."""
    levels: dict[str, int] = {}
    for code, members in codes.items():
        for length in (3, 5, 7):
            if length <= len(code):
                levels[code[:length]] = levels.get(code[:length], 0) | members
    everything = 0
    for members in codes.values():
        everything |= members
    rows = []
    for code in sorted(levels):
        children = tuple(
            other for other in sorted(levels) if len(other) == len(code) + 2 and other.startswith(code)
        )
        texts = {
            "code": code,
            "class": code[:3],
            "section": code[3:5],
            "item": code[5:7],
            "name": name_of[code],
        }
        rows.append(Row(code, texts, levels[code], len(code) // 2 - 1, children, bold=len(code) == 3))
    classes = tuple(code for code in sorted(levels) if len(code) == 3)
    sum_row = Row("total", {"name": total, "code": ""}, everything, 0, classes, bold=True)
    return [*rows, sum_row] if last else [sum_row, *rows]


def _by_function(template: Template, facts: Facts, scope: int) -> list[Row]:
    members: dict[str, int] = {}
    for fact in facts.members(scope & _spent(facts, template)):
        members[fact.function] = members.get(fact.function, 0) | facts.where([fact])
    names = {code[:n]: facts.function_name(code[:n]) for code in members for n in (3, 5, 7)}
    return _tree(members, names, template.total_label, template.total_last)


def _functions(template: Template, _build: Build, facts: Facts, scope: int, _level: str) -> Rows:
    return [(row,) for row in _by_function(template, facts, scope)]


def _economics(template: Template, _build: Build, facts: Facts, scope: int, _level: str) -> Rows:
    members: dict[str, int] = {}
    government: dict[str, dict[str, None]] = {}
    natures = {unit.name: unit.nature for unit in facts.book.units}
    for fact in facts.members(scope):
        members[fact.economic] = members.get(fact.economic, 0) | facts.where([fact])
        nature = "institution" if natures.get(fact.unit) == INSTITUTION else "administrative"
        for mapped in facts.accounts.maps_to(nature, fact.economic)[:1]:
            government.setdefault(fact.economic, {})[mapped.account.name] = None
    names = {code[:n]: facts.economic_name(code[:n]) for code in members for n in (3, 5)}
    rows = _tree(members, names, template.total_label, template.total_last)
    for row in rows:
        row.texts["government"] = "、".join(government.get(row.key, ()))
    return [(row,) for row in rows]


def _account_rows(template: Template, facts: Facts) -> list[Row]:
    """Revenue accounts of the book's revenue lines that the scope speaks of."""
    words = set(template.scope.split())
    found: dict[str, tuple[int, ...]] = {}
    for index, line in enumerate(facts.book.revenue):
        if line.account and line.unit in facts.units and {line.source, line.period} <= words:
            for length in (3, 5, 7, len(line.account)):
                code = line.account[:length]
                if index not in found.get(code, ()):
                    found[code] = (*found.get(code, ()), index)
    rows = [
        Row(
            code,
            {"code": code, "name": facts.account_name(code)},
            accounts=found[code],
            parts=_children(code, found),
            indent=max(0, (len(code) - 3) // 2),
        )
        for code in sorted(found)
    ]
    top = tuple(code for code in sorted(found) if len(code) == min(map(len, found), default=0))
    everything = tuple(sorted({index for indices in found.values() for index in indices}))
    total = Row(
        "total", {"name": template.total_label, "code": ""}, accounts=everything, parts=top, bold=True
    )
    return [total, *rows]


def _children(code: str, found: Iterable[str]) -> tuple[str, ...]:
    below = [other for other in found if other.startswith(code) and len(other) > len(code)]
    nearest = min((len(other) for other in below), default=0)
    return tuple(sorted(other for other in below if len(other) == nearest))


def _accounts(template: Template, _build: Build, facts: Facts, _scope: int, _level: str) -> Rows:
    return [(row,) for row in _account_rows(template, facts)]


def _paired(template: Template, _build: Build, facts: Facts, scope: int, _level: str) -> Rows:
    return _side_by_side(_account_rows(template, facts), _by_function(template, facts, scope))


def _side_by_side(left: Sequence[Row], right: Sequence[Row]) -> Rows:
    count = max(len(left), len(right))
    return [(left[i] if i < len(left) else None, right[i] if i < len(right) else None) for i in range(count)]


def _sides(template: Template, build: Build, facts: Facts, scope: int, _level: str) -> Rows:
    """Sources on the left, functional classes on the right, the sums below both."""
    left = [row for line in template.left if (row := _line_row(line, facts, scope))]
    right = _class_rows(build, facts, scope & facts.choose("spent"))
    rows = _side_by_side(left, right)
    sources = tuple(row.key for row in left if not row.indent)
    classes = tuple(row.key for row in right if row.key.isdigit())
    for one, other in template.tail:
        halves = (_line_row(one, facts, scope), _line_row(other, facts, scope) if other else None)
        if any(halves) and (not one.optional or _says_something(halves, facts, scope)):
            for half in halves:
                if half is not None:
                    half.parts = _sum_parts(half.key, sources, classes)
            rows.append(halves)
    return rows


def _says_something(halves: tuple[Row | None, ...], facts: Facts, scope: int) -> bool:
    """Whether an optional line below the sources is needed: a sum, where money is carried over or forward."""
    if any(half is not None and half.key in ("rev.current", "exp.current") for half in halves):
        return bool(scope & (facts.choose("carryover") | facts.choose("forward")))
    return any(half is not None and half.facts for half in halves)


_SUMS = {
    "rev.total": ("rev.current", "rev.carryover"),
    "exp.total": ("exp.current", "exp.carryover"),
    "rev.carryover": ("rev.carryover.general", "rev.carryover.fund", "rev.carryover.capital"),
}


def _sum_parts(key: str, sources: tuple[str, ...], classes: tuple[str, ...]) -> tuple[str, ...]:
    if key == "rev.current":
        return sources
    if key == "exp.current":
        return classes
    return _SUMS.get(key, ())


def _line_row(line: Line, facts: Facts, scope: int) -> Row | None:
    """A fixed line; None where it is optional and holds no money, or has no key."""
    if not line.key:
        return None
    members = scope & facts.choose(ROWS[line.key])
    sums = line.key.endswith((".current", ".total"))
    if line.optional and not members and not sums:
        return None
    return Row(line.key, {"label": line.label, "name": line.label}, members, line.indent, bold=sums)


def _class_rows(build: Build, facts: Facts, scope: int) -> list[Row]:
    members: dict[str, int] = {}
    for fact in facts.members(scope):
        members[fact.function[:3]] = members.get(fact.function[:3], 0) | facts.where([fact])
    known = [account.code for account in facts.accounts.classes] if build.all_classes else []
    return [
        Row(code, {"label": f"{numeral(n)}、{facts.function_name(code)}"}, members.get(code, 0))
        for n, code in enumerate(sorted({*known, *members}), 1)
    ]


def _lines(template: Template, _build: Build, facts: Facts, scope: int, _level: str) -> Rows:
    rows = [
        row for line in template.lines if (row := _line_row(line, facts, scope & facts.choose("spent three")))
    ]
    for row in rows:
        row.parts = {
            "three.vehicle": ("three.purchase", "three.running"),
            "three.total": ("three.abroad", "three.reception", "three.vehicle"),
            "three.sum": ("three.abroad", "three.reception", "three.vehicle"),
        }.get(row.key, ())
    return [(row,) for row in rows]


def _single(template: Template, _build: Build, facts: Facts, scope: int, _level: str) -> Rows:
    columns = 0
    for column in template.columns:
        columns |= facts.choose(column.words or "")
    return [(Row("total", {}, scope & columns & facts.choose("spent")),)]


def _units(template: Template, _build: Build, facts: Facts, scope: int, level: str) -> Rows:
    members: dict[str, int] = {}
    for fact in facts.members(scope):
        members[fact.unit] = members.get(fact.unit, 0) | facts.where([fact])
    keys = tuple(f"unit:{unit.name}" for unit in facts.book.units if unit.name in members)
    label = template.total_label.replace("{level}", LEVELS[level])
    total = Row("total", {"name": label}, scope, 0, keys, bold=True)
    rows = [
        Row(f"unit:{unit.name}", {"name": unit.name}, members[unit.name], 1)
        for unit in facts.book.units
        if unit.name in members
    ]
    return [(total,), *((row,) for row in rows)]


def _projects(_template: Template, _build: Build, facts: Facts, scope: int, _level: str) -> Rows:
    """The department, its units, and the projects of each in the order of the book."""
    if not scope:
        return []
    book = facts.book
    members: dict[tuple[str, str], int] = {}
    for fact in facts.members(scope):
        key = (fact.unit, fact.project)
        members[key] = members.get(key, 0) | facts.where([fact])
    units = [unit.name for unit in book.units if any(unit.name == key[0] for key in members)]
    rows = [
        Row("total", {"name": book.department}, scope, 0, tuple(f"unit:{unit}" for unit in units), bold=True)
    ]
    for unit in units:
        own = [project for project in book.projects if (unit, project.code) in members]
        keys = tuple(f"project:{unit}:{project.code}" for project in own)
        everything = 0
        for project in own:
            everything |= members[unit, project.code]
        rows.append(Row(f"unit:{unit}", {"name": unit}, everything, 1, keys, bold=True))
        rows += [
            Row(f"project:{unit}:{project.code}", {"name": project.name}, members[unit, project.code], 2)
            for project in own
        ]
    return [(row,) for row in rows]


LEVELS = {"department": "部门", "unit": "单位"}
_SHAPES = {
    "sides": _sides,
    "functions": _functions,
    "economics": _economics,
    "accounts": _accounts,
    "paired": _paired,
    "lines": _lines,
    "single": _single,
    "units": _units,
    "projects": _projects,
}
