"""The tables of a disclosure as a page shows them: kinds of cells, widths, downloads."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from openbook.disclosure import GridCell, Table
from openbook.writing import heads
from openbook.writing.data_grid import Grid, Placed, csv_rows, csv_text, grid

_PLAIN = re.compile(r"[^A-Za-z0-9/._:-]")
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_DEEPEST = 4  # levels of indentation the style sheet knows


class CellView(NamedTuple):
    """A cell as it is written: `tag` td or th, `span` its attributes colspan and rowspan."""

    tag: str
    text: str
    classes: str
    scope: str
    colspan: int
    rowspan: int
    id: str

    @property
    def parts(self) -> list[str]:
        """The text in the words between which a line may end; of names and figures, all of it."""
        named = "name" in self.classes.split() and self.scope == "row"
        return heads.parts(self.text) if self.tag == "th" and not named else [self.text]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as it is written.

    name      what tells it from the other tables
    groups    the columns' classes of width, grouped as the first row of heads groups them
    download  its CSV as a data: address (UTF-8 with BOM, so that spreadsheets know it)
    """

    table: Table
    id: str
    name: str
    level: int
    groups: list[list[str]]
    head: list[list[CellView]]
    body: list[list[CellView]]
    download: str
    file: str


def identity(kind: str, name: str) -> str:
    """An id of the page: any name gives one that is safe in an address line, no two names the same."""
    return f"{kind}-" + _PLAIN.sub(lambda match: f"~{ord(match[0]):x}~", name)


def view(table: Table, name: str, level: int, shown: set[str]) -> TableView:
    """`name` tells it from the other tables; `shown` holds the addresses that have an id already: a figure shown twice keeps its first."""
    laid = grid(table)
    head = [[_head(laid, placed) for placed in row] for row in laid.head]
    body = [[_body(laid, row, placed, shown) for placed in row] for row in laid.body]
    file = _UNFIT.sub(" ", name).strip() or table.id
    return TableView(
        table,
        identity("table", table.id),
        name,
        level,
        _groups(laid),
        head,
        body,
        _download(table),
        f"{file}.csv",
    )


def widths(tables: Iterable[Table]) -> str:
    """The style of every class of width that the tables use."""
    used = sorted({share for table in tables for share in _shares(table)})
    return "".join(f".w{share}{{width:{share / 10:g}%}}\n" for share in used)


def _shares(table: Table) -> list[int]:
    """Widths of the columns in thousandths."""
    whole = sum(table.widths)
    return [round(1000 * width / whole) for width in table.widths] if whole else []


def _groups(laid: Grid) -> list[list[str]]:
    classes = [f"w{share}" for share in _shares(laid.table)]
    if not laid.head:
        return [classes]
    return [classes[one.column : one.column + one.cell.colspan] for one in laid.head[0]]


def _head(laid: Grid, placed: Placed) -> CellView:
    cell = placed.cell
    over = range(placed.column, placed.column + cell.colspan)
    named = not laid.names.isdisjoint(over) and laid.figures.isdisjoint(over)
    tag = "th" if cell.text else "td"
    scope = ("colgroup" if cell.colspan > 1 else "col") if cell.text else ""
    return CellView(tag, cell.text, "name" if named else "", scope, cell.colspan, cell.rowspan, "")


def _body(laid: Grid, row: tuple[Placed, ...], placed: Placed, shown: set[str]) -> CellView:
    cell = placed.cell
    named = any(placed.covers(name) for name in laid.names) and placed.column not in laid.figures
    scope = _scope(row, cell, named=named)
    classes = _classes(laid, placed, named=named)
    address = cell.cell.address if cell.cell is not None else ""
    name = identity("cell", address) if address and address not in shown else ""
    shown.add(address)
    return CellView("th" if scope else "td", cell.text, classes, scope, cell.colspan, cell.rowspan, name)


def _scope(row: tuple[Placed, ...], cell: GridCell, *, named: bool) -> str:
    """What a cell of the body heads; a head that spans rows heads all of these."""
    if not cell.text or not (named or cell.head):
        return ""
    beneath = not named and cell.rowspan == 1 and all(other.cell.head for other in row[1:])
    return "col" if beneath and len(row) > 1 else "row"


def _classes(laid: Grid, placed: Placed, *, named: bool) -> str:
    cell = placed.cell
    told = [
        "n" if cell.cell is not None or cell.align == "right" else "",
        "c" if cell.align == "center" else "",
        "name" if named else "",
        "code"
        if any(first <= placed.column < name for first, name in laid.sides.values()) and not named
        else "",
        "b" if cell.bold and not cell.head else "",
        f"i{min(cell.indent, _DEEPEST)}" if cell.indent else "",
    ]
    return " ".join(one for one in told if one)


def _download(table: Table) -> str:
    data = csv_text(csv_rows(table)).encode("utf-8-sig", "replace")
    return "data:text/csv;charset=utf-8;base64," + b64encode(data).decode("ascii")
