"""The small book as each layout and level can publish it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from openbook.book.model import BudgetBook, Prior, Words
from openbook.book.topics import reason_key
from openbook.composing.compose import compose
from openbook.composing.layout import build_of, buildable
from openbook.disclosure import Disclosure
from tests.book.books import BUREAU, CENTRE, small_book

LAYOUTS = tuple(buildable())
CASES = tuple((layout, unit) for layout in LAYOUTS for unit in ("", BUREAU, CENTRE))


def department(layout: str) -> BudgetBook:
    """The small book in this layout, with what its units need to publish on their own."""
    book = small_book()
    book.layout = layout
    _, last = build_of(layout).years
    book.year = last or 2024
    book.assets_date = f"{book.year - 1}-12-31"
    book.assets = [replace(asset, unit=BUREAU) for asset in book.assets]
    windows = book.projects[0]
    exactly = [
        replace(one, target="≤40.45万元") if one.level2 == "成本指标" else one for one in windows.indicators
    ]
    book.projects[0] = replace(windows, indicators=tuple(exactly))
    for unit in book.units:
        book.prior += [replace(prior, unit=unit.name) for prior in _prior_of(book, unit.name)]
    for item, words in list(book.reasons.items()):
        for unit in book.units:
            book.reasons[reason_key(item, unit.name)] = words
    _explain_everything(book)
    for key in ("duties", "organisation"):
        text = book.texts[key].text
        book.texts[key] = Words("\n\n".join(f"# {unit.name}\n\n{text}" for unit in book.units))
    return book


def _prior_of(book: BudgetBook, unit: str) -> list[Prior]:
    """A third of the department's for the centre, the rest for the bureau."""
    return [
        Prior(prior.item, third if unit == CENTRE else prior.amount - third)
        for prior in book.prior
        if not prior.unit
        for third in [prior.amount // 3]
    ]


def _explain_everything(book: BudgetBook) -> None:
    """A reason for whatever else the layout asks one for."""
    items = [prior.item for prior in book.prior] + ["three_public", "vehicle"]
    for item in items:
        for unit in ("", *(unit.name for unit in book.units)):
            book.reasons.setdefault(reason_key(item, unit), Words("人员调动，缴费基数有变化"))


@cache
def disclosure(layout: str, unit: str = "") -> Disclosure:
    composed = compose(department(layout), unit=unit)
    assert [fault.describe() for fault in composed.faults] == []
    assert composed.disclosure is not None
    return composed.disclosure
