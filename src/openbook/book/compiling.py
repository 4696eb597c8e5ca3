"""Compiling upward (汇总): the books of units become the book of their department.

Nothing is added up here: every line keeps its unit, and the department's statements are sums of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from openbook.book.faults import fault
from openbook.book.model import DEPARTMENT, BudgetBook, Fault, Project, Spot, Words
from openbook.book.topics import reason_key

Row = TypeVar("Row")
_TEXTS_OF_UNITS = ("duties", "organisation", "goals", "services", "others")


def compile_books(
    books: Sequence[BudgetBook], department: str, code: str = ""
) -> tuple[BudgetBook, list[Fault]]:
    """The department's book, its own unit (部门本级) first, and what keeps the books from going together.

    Figures of last year, reasons, assets and texts become those of their units; what the department
    says of itself as a whole (reasons above all) is written into the compiled book afterwards.
    """
    faults = list(_differences(books, department))
    ordered = sorted(books, key=lambda book: all(unit.name != department for unit in book.units))
    first = ordered[0]
    compiled = BudgetBook(department, first.layout, first.year, department, code or first.code, DEPARTMENT)
    compiled.region, compiled.assets_date = first.region, first.assets_date
    for book, renamed in zip(ordered, _project_codes(ordered), strict=True):
        _add(compiled, book, renamed)
    compiled.units.sort(key=lambda unit: unit.name != department)
    return compiled, faults


def _differences(books: Sequence[BudgetBook], department: str) -> Iterable[Fault]:
    first = books[0]
    for book in books[1:]:
        if (book.layout, book.year) != (first.layout, first.year):
            message = f"“{book.department}”是 {book.year} 年 {book.layout}，“{first.department}”是 {first.year} 年 {first.layout}。"
            yield fault("BK451", message, "各单位的年度和套式要一样。", Spot(book.path))
    seen: dict[str, str] = {}
    for book in books:
        for unit in book.units:
            if unit.name in seen:
                message = f"单位“{unit.name}”在两本账簿里都有：{seen[unit.name]}、{book.path}。"
                yield fault("BK452", message, "每个单位只能出自一本账簿。", unit.spot)
            seen[unit.name] = book.path
    if department not in seen:
        message = f"没有哪一本账簿的单位叫“{department}”（部门本级）。"
        yield fault("BK453", message, f"现有单位：{'、'.join(seen)}。请核对部门名称。", Spot())
    names: dict[str, str] = {}
    for book in books:
        for account, name in book.accounts.items():
            if names.setdefault(account, name) != name:
                message = f"科目 {account} 有两个名称：{names[account]}、{name}。"
                yield fault("BK454", message, "请改成一样的。", Spot(book.path))


def _project_codes(books: Sequence[BudgetBook]) -> list[dict[str, str]]:
    """New codes for projects whose code another book has used: the number of the book is put before it."""
    taken: set[str] = set()
    found = []
    for number, book in enumerate(books, 1):
        codes = {project.code: project.code for project in book.projects}
        for code in codes:
            if code in taken:
                codes[code] = f"{number:02d}-{code}"
        taken.update(codes.values())
        found.append(codes)
    return found


def _add(compiled: BudgetBook, book: BudgetBook, codes: dict[str, str]) -> None:
    owner = book.head.name if book.units else ""
    compiled.units += book.units
    compiled.accounts.update(book.accounts)
    compiled.expenditure += [
        replace(line, project=codes.get(line.project, line.project)) for line in book.expenditure
    ]
    compiled.revenue += book.revenue
    compiled.forward += book.forward
    compiled.purchases += [
        replace(one, project=codes.get(one.project, one.project)) for one in book.purchases
    ]
    compiled.projects += [_coded(project, codes) for project in book.projects]
    compiled.prior += _owned(
        book.prior, owner, lambda row: row.unit, lambda row, unit: replace(row, unit=unit)
    )
    compiled.assets += _owned(
        book.assets, owner, lambda row: row.unit, lambda row, unit: replace(row, unit=unit)
    )
    compiled.controls += [
        replace(one, unit=one.unit or owner, project=codes.get(one.project, one.project))
        for one in book.controls
    ]
    for key, words in book.reasons.items():
        item, _, unit = key.partition(" ")
        compiled.reasons[reason_key(item, unit or owner)] = words
    for function, words in book.purposes.items():
        compiled.purposes[function] = _joined(compiled.purposes.get(function), words)
    for key in _TEXTS_OF_UNITS:
        if key in book.texts:
            _add_text(compiled, key, owner, book.texts[key])


def _owned(
    rows: Iterable[Row], owner: str, unit: Callable[[Row], str], of: Callable[[Row, str], Row]
) -> list[Row]:
    return [row if unit(row) else of(row, owner) for row in rows]


def _coded(project: Project, codes: dict[str, str]) -> Project:
    return replace(project, code=codes[project.code])


def _joined(one: Words | None, other: Words) -> Words:
    if one is None or other.text in one.text:
        return one or other
    return Words(f"{one.text.rstrip('。')}；{other.text}", one.spot)


def _add_text(compiled: BudgetBook, key: str, owner: str, words: Words) -> None:
    """A section headed with the unit's name, which the unit's own disclosure finds again."""
    section = words.text if words.text.lstrip().startswith("#") else f"# {owner}\n\n{words.text}"
    before = compiled.texts.get(key)
    text = f"{before.text}\n\n{section}" if before else section
    compiled.texts[key] = Words(text, words.spot)
