"""Building: a book in, a folder of published files out, or the reasons why not.

Nothing is published by halves: all files are written beside the folder first, and take the place of
the former ones only when the last is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from openbook.book.controls import reconcile
from openbook.book.load import load
from openbook.book.model import BudgetBook, Control, Fault
from openbook.building.proof import objections
from openbook.building.publishing import publish
from openbook.composing.compose import compose
from openbook.composing.figures import title_of
from openbook.disclosure import Block, Chart, Cover, Disclosure, Heading, Origin, Paragraph, Table
from openbook.writing.data import FILE, BookLine

FORMATS = ("docx", "pdf", "html", "xlsx", "data")
DATA = "data"  # the folder of the data package


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be built.

    formats   of FORMATS
    unit      the unit whose own disclosure it is, "" for the department's
    draft     an internal draft: carries the watermark 内部审核, and is written though the book has faults
              that only the checker sees
    handlers  names and telephones of handlers leave the book
    controls  a control list from elsewhere, besides the book's own
    """

    formats: tuple[str, ...] = FORMATS
    unit: str = ""
    draft: bool = False
    handlers: bool = False
    controls: tuple[Control, ...] = ()


@dataclass(slots=True)
class Built:
    """What came of it. `faults` of the book: where there are any, nothing was written (drafts aside)."""

    title: str = ""
    files: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: int = 0
    claims: int = 0


def build_path(book: Path | str, out: Path, wish: Wish) -> Built:
    """Load a book and build it into the folder `out`."""
    loaded, faults = load(book)
    if faults:
        return Built(faults=faults)
    return build_book(loaded, out, wish)


def units_of(book: Path | str) -> list[str]:
    """The units of a book, by name; none where it cannot be understood."""
    loaded, faults = load(book)
    return [] if faults else [unit.name for unit in loaded.units]


def build_book(book: BudgetBook, out: Path, wish: Wish) -> Built:
    """Build a book that has no faults of its own. Raises OSError where files cannot be written."""
    faults = reconcile(book, list(wish.controls)) if wish.controls else []
    if faults:
        return Built(faults=faults)
    composed = compose(book, unit=wish.unit, draft=wish.draft, handlers=wish.handlers)
    disclosure = composed.disclosure
    if disclosure is None:
        return Built(faults=composed.faults, notes=composed.notes)
    found, _ = objections(disclosure, book)
    built = Built(disclosure.title, notes=composed.notes, faults=found)
    built.tables, built.claims = len(disclosure.tables()), len(disclosure.claims)
    if found and not wish.draft:
        return built
    built.notes += _unprintable(disclosure, wish)
    formats = [one for one in wish.formats if one != "data" or not wish.draft]  # a draft is not open data
    built.files = publish(partial(_write, disclosure, book, formats=formats), out, book.path)
    return built


def file_name(disclosure: Disclosure) -> str:
    """The name of the files, without suffix: the title, without what file systems do not take.

    A draft has a name of its own, so that it never takes the place of what is published.
    """
    name = "".join(
        letter for letter in disclosure.title if letter not in '\\/:*?"<>|' and letter.isprintable()
    )
    return (name[:60] or "预算公开") + ("（内部审核稿）" if disclosure.draft else "")


def _write(disclosure: Disclosure, book: BudgetBook, folder: Path, formats: Sequence[str]) -> Iterator[Path]:
    base = folder / file_name(disclosure)
    pages: dict[str, int] = {}
    if "pdf" in formats:
        from openbook.writing.pdf import write_pdf

        pages = write_pdf(disclosure, base.with_name(base.name + ".pdf"))
        yield base.with_name(base.name + ".pdf")
    if "docx" in formats:
        from openbook.writing.docx import write_docx

        write_docx(disclosure, base.with_name(base.name + ".docx"), pages)
        yield base.with_name(base.name + ".docx")
    if "html" in formats:
        from openbook.writing.html import write_html

        write_html(disclosure, base.with_name(base.name + ".html"))
        yield base.with_name(base.name + ".html")
    if "xlsx" in formats:
        from openbook.writing.xlsx import write_xlsx

        write_xlsx(disclosure, base.with_name(base.name + ".xlsx"))
        yield base.with_name(base.name + ".xlsx")
    if "data" in formats:
        from openbook.writing.data import write_data

        write_data(disclosure, lines_of(book), folder)
        yield folder / FILE
        yield folder / DATA


def lines_of(book: BudgetBook) -> dict[Origin, BookLine]:
    """Every line of the book that figures come from."""
    found: dict[Origin, BookLine] = {}
    for index, line in enumerate(book.expenditure):
        found[Origin("expenditure", index)] = BookLine(
            line.spot.file, line.spot.row, line.amount, line.unit, line.function, line.economic,
            line.source, line.category, line.project, line.period,
        )  # fmt: skip
    for index, came in enumerate(book.revenue):
        found[Origin("revenue", index)] = BookLine(
            came.spot.file, came.spot.row, came.amount, came.unit, source=came.source, period=came.period
        )
    for index, left in enumerate(book.forward):
        found[Origin("forward", index)] = BookLine(
            left.spot.file, left.spot.row, left.amount, left.unit, left.function, source=left.source
        )
    for index, past in enumerate(book.prior):
        found[Origin("prior", index)] = BookLine(
            past.spot.file, past.spot.row, past.amount, past.unit, item=title_of(past.item, {})
        )
    for index, bought in enumerate(book.purchases):
        found[Origin("purchases", index)] = BookLine(
            bought.spot.file,
            bought.spot.row,
            bought.amount,
            bought.unit,
            source=bought.source,
            project=bought.project,
            item=bought.name,
        )
    return found


def _unprintable(disclosure: Disclosure, wish: Wish) -> list[str]:
    """Characters that no font at hand can print in the PDF."""
    if "pdf" not in wish.formats:
        return []
    from openbook.writing.pdf import unprintable

    texts = [words for block in disclosure.blocks for words in _words(block)]
    lacking = unprintable("".join(texts))
    return (
        [f"PDF 里有 {len(lacking)} 个字没有字体可印：{lacking[:20]}。请改用常用字，或安装 Noto 字体。"]
        if lacking
        else []
    )


def _words(block: Block) -> Iterator[str]:
    """Every text that a block prints."""
    if isinstance(block, Cover):
        yield from (block.title, *block.lines)
    elif isinstance(block, Heading | Paragraph):
        yield block.text
    elif isinstance(block, Chart):
        yield block.alternative
    elif isinstance(block, Table):
        yield from (block.title, block.number, *block.above, *block.notes)
        yield from (cell.text for row in block.rows for cell in row)
