"""Approved figures (控制数) against the lines of a book, from the book itself or from a list beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openbook.book.csvs import columns_of, decode, read_csv
from openbook.book.faults import at, fault, money
from openbook.book.model import PERIODS, SOURCES, BudgetBook, Control, Expenditure, Fault, Spot
from openbook.book.parse import parse
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import CONTROLS
from openbook.reading.errors import Unreadable, in_words

if TYPE_CHECKING:
    from openbook.book.workbook_cells import Grid

_LARGEST = 32 << 20  # bytes
_HEAD_WITHIN = 10  # rows: people put titles above the heads


def reconcile(book: BudgetBook, controls: list[Control] | None = None) -> list[Fault]:
    """What differs from the book's own controls, or from those given."""
    given = book.controls if controls is None else controls
    return [*_sums(book, given), *_strangers(book, given)]


def _sums(book: BudgetBook, controls: list[Control]) -> Iterator[Fault]:
    """Each control equals the sum of the lines it covers."""
    units = {unit.name for unit in book.units}
    names = {project.code: project.name for project in book.projects}
    for control in controls:
        if control.unit and control.unit not in units:
            message = f"单位表里没有控制数写的“{control.unit[:40]}”（{money(control.amount)}）。"
            yield fault("BK404", message, "请核对单位名称。", at(control.spot, "unit", "单位"))
            continue
        lines = [line for line in book.expenditure if _covers(control, line, names)]
        if control.project and not lines:
            message = f"控制数里的项目“{control.project[:40]}”（{money(control.amount)}），账簿里没有支出。"
            mend = "请在账簿里加上这个项目和支出，或核对项目编码和名称。"
            yield fault("BK402", message, mend, at(control.spot, "project", "项目"))
            continue
        total = sum(line.amount for line in lines)
        if total != control.amount:
            difference = f"{'多' if total > control.amount else '少'} {money(abs(total - control.amount))}"
            message = f"{_named(control)}的控制数是 {money(control.amount)}，账簿里是 {money(total)}，{difference}。"
            mend = "请核对支出；批复有变动的，改控制数。"
            yield fault("BK401", message, mend, at(control.spot, "amount", "金额"))


def _strangers(book: BudgetBook, controls: list[Control]) -> Iterator[Fault]:
    """Where controls list projects, every project with money of the kind they list is among them."""
    listed = [control for control in controls if control.project]
    if not listed:
        return
    names = {project.code: project.name for project in book.projects}
    spent: Counter[str] = Counter()
    for line in book.expenditure:
        if line.project and any(_is_like(control, line) for control in listed):
            spent[line.project] += line.amount
    known = {control.project for control in listed}
    for project in book.projects:
        if spent[project.code] and not {project.code, names[project.code]} & known:
            message = f"项目 {project.code}“{project.name}”（{money(spent[project.code])}）不在控制数里。"
            yield fault("BK403", message, "请核对是否批复；批复了的，在控制数里加上。", project.spot)


def _covers(control: Control, line: Expenditure, names: dict[str, str]) -> bool:
    if control.project and (
        not line.project or control.project not in (line.project, names.get(line.project))
    ):
        return False
    return _is_like(control, line)


def _is_like(control: Control, line: Expenditure) -> bool:
    """Whether the line is of the unit, the source and the period that the control is about."""
    return (
        control.unit in ("", line.unit)
        and control.source in ("", line.source)
        and control.period in ("", line.period)
    )


def _named(control: Control) -> str:
    parts = (
        f"“{control.project}”" if control.project else "",
        control.unit,
        SOURCES.get(control.source, ""),
        PERIODS.get(control.period, ""),
    )
    return " ".join(part for part in parts if part) or "支出合计"


# --- a list beside the book -------------------------------------------------------------


def read_controls(path: Path | str) -> tuple[list[Control], list[Fault]]:
    """Controls from a CSV or an Excel file with the heads of the table 控制数; nothing is raised."""
    path = Path(path)
    try:
        if not path.is_file() and not path.is_dir():
            path.stat()  # raises where there is nothing
            return [], [fault("BK111", "控制数的文件不是普通文件。", "请核对路径。", Spot(path.name))]
        if path.stat().st_size > _LARGEST:
            mend = "请核对是不是给错了文件。"
            return [], [fault("BK105", f"文件超过 {_LARGEST >> 20} MB，没有读。", mend, Spot(path.name))]
        read = _from_csv if path.suffix.lower() == ".csv" else _from_excel
        rows, faults = read(path)
    except (OSError, ValueError) as error:
        why = in_words(error) if isinstance(error, OSError) else "路径里有不能用的字符"
        return [], [fault("BK101", f"打不开控制数的文件：{why}。", "请核对路径。", Spot(path.name))]
    raw = RawBook(str(path), {CONTROLS.key: rows}, faults=faults)
    book, parsed = parse(raw)
    return book.controls, [one for one in parsed if one.spot.file == path.name]


def _from_csv(path: Path) -> tuple[list[RawRow], list[Fault]]:
    text, faults = decode(path.read_bytes(), path.name)
    return read_csv(text, CONTROLS, path.name) if not faults else ([], faults)


def _from_excel(path: Path) -> tuple[list[RawRow], list[Fault]]:
    """Rows of the first sheet that has the heads."""
    from openbook.book.workbook_cells import open_grids

    try:
        grids = open_grids(path)
    except Unreadable as error:
        return [], [fault("BK051", "读不了控制数的文件。", str(error), Spot(path.name))]
    for grid in grids:
        if (top := _head_row(grid)) is not None:
            return _rows_of(grid, top, path.name)
    heads = "、".join(field.head for field in CONTROLS.fields)
    return [], [fault("BK053", "没有找到控制数的表头。", f"表头要有：{heads}。", Spot(path.name))]


def _head_row(grid: Grid) -> int | None:
    heads = {field.head for field in CONTROLS.fields}
    upper = (number for number in sorted(grid.rows) if number <= _HEAD_WITHIN)
    return next(
        (number for number in upper if len(heads & {c.text.strip() for c in grid.rows[number].values()}) > 1),
        None,
    )


def _rows_of(grid: Grid, top: int, file: str) -> tuple[list[RawRow], list[Fault]]:
    """Rows below the heads; a cell that is an error is a fault, never nothing."""
    from openbook.book.workbook_cells import WRONG

    width = max(grid.rows[top])
    heads = [grid.rows[top][one].text if one in grid.rows[top] else "" for one in range(1, width + 1)]
    columns, faults = columns_of(heads, CONTROLS, Spot(file, top))
    rows = []
    for number in sorted(number for number in grid.rows if number > top):
        row = RawRow({}, file, number)
        for column, cell in grid.rows[number].items():
            field = columns[column - 1] if column <= width else None
            if field is None:
                continue
            if cell.kind == WRONG:
                message, _, mend = cell.text.partition("。")
                faults.append(fault("BK057", message + "。", mend, row.spot(field.key, field.head)))
            else:
                row.values[field.key] = cell.text
        if any(text.strip() for text in row.values.values()):
            rows.append(row)
    return rows, faults
