"""A disclosure from a budget book: everything that will be published, before it is written to any file."""

from __future__ import annotations

from dataclasses import dataclass, field

from openbook.book.model import DEPARTMENT, SOURCES, UNIT, BudgetBook, Fault, Spot, Words
from openbook.book.tables import ASSETS_ITEMS, REVENUE, TEXTS, TEXTS_SHEET, UNITS
from openbook.composing.explanation import Blocks, render
from openbook.composing.layout import Build, WrongLayout, build_of
from openbook.composing.naming import names, words_of_unit
from openbook.composing.tables import words_of
from openbook.composing.telling import Teller, spoken
from openbook.composing.work import Work, begin
from openbook.disclosure import Disclosure


@dataclass(slots=True)
class Composed:
    """A disclosure, or why there is none. `notes`: what was done that somebody should know.

    `unfinished`: where there are faults, what it is without the words they ask for; to look at, not to publish.
    """

    disclosure: Disclosure | None
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unfinished: Disclosure | None = None


def compose(book: BudgetBook, *, unit: str = "", draft: bool = False, handlers: bool = False) -> Composed:
    """Compose the department's disclosure, or that of one of its units.

    `draft` alone marks it 内部审核; `handlers` lets names and telephones out of the book.
    """
    if book.level == UNIT and len(book.units) == 1:
        unit = book.head.name
    level = UNIT if unit else DEPARTMENT
    try:
        build = build_of(book.layout, level)
    except WrongLayout as error:
        spot = book.spots.get("layout", Spot(book.path))
        return Composed(None, [Fault("BK504", str(error), "请改正报表套式。", spot)])
    if unit and all(one.name != unit for one in book.units):
        known = "、".join(one.name for one in book.units)
        return Composed(
            None,
            [
                Fault(
                    "BK505",
                    f"账簿里没有单位“{unit}”。",
                    f"现有：{known}。",
                    book.place(UNITS.file, UNITS.title),
                )
            ],
        )
    if faults := _missing_accounts(book, build, unit):
        return Composed(None, faults)
    work = begin(book, build, level, unit)
    return _composed(work, build, unit or book.department, draft=draft, handlers=handlers)


def _composed(work: Work, build: Build, department: str, *, draft: bool, handlers: bool) -> Composed:
    book = work.book
    words = words_of(book.year, department, _code(book, work.unit), work.level)
    words["above"] = build.above[0]
    for name, value in list(words.items()):
        words["above"] = words["above"].replace("{" + name + "}", value)
    functions = {fact.function: work.facts.function_name(fact.function) for fact in work.facts.facts}
    own_rows = work.unit if len(book.units) > 1 else ""
    teller = Teller(book, work.last_year, functions, own_rows)
    teller.faults += [*_missing_texts(work), *_undivided_assets(work)]
    blocks = Blocks()
    own = book.texts.get("explanation", Words()).text.strip()
    known = names(work, teller, blocks, words, handlers=handlers)
    found = render(own or build.document, known, teller, blocks, own=bool(own))
    claims = spoken(found, teller.claims)
    said = {address for claim in claims for address in claim.cells}
    work.cells.update({address: cell for address, cell in teller.cells.items() if address in said})
    title = f"{department}{book.year}年度{words['level']}预算公开"
    disclosure = Disclosure(
        title, department, book.year, book.layout, work.level, found, work.cells, claims, draft
    )
    notes = [_note(work, address) for address in work.far]
    if teller.faults:
        return Composed(None, teller.faults, notes, disclosure)
    return Composed(disclosure, notes=notes)


def _code(book: BudgetBook, unit: str) -> str:
    """The budget code of whom the disclosure speaks of."""
    if not unit:
        return book.code
    own = next(one.code for one in book.units if one.name == unit)
    return own or (book.code if len(book.units) == 1 else "")


def _missing_accounts(book: BudgetBook, build: Build, unit: str) -> list[Fault]:
    """Revenue that a statement of the layout lists by account, without an account."""
    scopes = [set(one.scope.split()) for one in build.templates if one.shape in ("accounts", "paired")]
    return [
        Fault(
            "BK507",
            f"{SOURCES[line.source]}收入没有写收入科目，这套报表要按科目列出。",
            "请在这一行写上收入科目的编码。",
            line.spot._replace(column=REVENUE.field("account").head),
        )
        for line in book.revenue
        if not line.account
        and unit in ("", line.unit)
        and any({line.source, line.period} <= s for s in scopes)
    ]


def _missing_texts(work: Work) -> list[Fault]:
    """Duties and organisation of a unit stand under its name in the department's texts."""
    if not work.unit or len(work.book.units) == 1:
        return []
    return [
        Fault(
            "BK506",
            f"“{TEXTS[key]}”里没有“{work.unit}”一节。",
            f"请在 {key}.md 里加一节：以“# {work.unit}”为标题，下面写它的{TEXTS[key]}。",
            work.book.place(f"{key}.md", TEXTS_SHEET),
        )
        for key in ("duties", "organisation")
        if not words_of_unit(work, key)
    ]


def _undivided_assets(work: Work) -> list[Fault]:
    """Assets of the whole department that no unit's rows divide: what of them is this unit's, nobody says."""
    book = work.book
    divided = {asset.item for asset in book.assets if asset.unit}
    left = [asset for asset in book.assets if asset.item not in divided]
    if not work.unit or len(book.units) == 1 or not left:
        return []
    names = "、".join(dict.fromkeys(ASSETS_ITEMS[asset.item] for asset in left))
    return [
        Fault(
            "BK508",
            f"国有资产只写了整个部门的，没有写哪些是“{work.unit}”的：{names}。",
            "请在“国有资产”表里给有这些资产的单位各写一行，写上单位名称。",
            left[0].spot,
        )
    ]


def _note(work: Work, address: str) -> str:
    cell = work.cells[address]
    away = abs(cell.fen - cell.exact) / 100
    return f"{address} 与真数相差 {away:.2f} 元：各表勾稽关系使它无法更近。"
