"""A statement as a table to be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openbook.composing.heads import head_rows
from openbook.composing.layout import Build, Column
from openbook.composing.plan import LEVELS, Plan, Row
from openbook.disclosure import Cell, GridCell, Table

_CODES = frozenset({"code", "class", "section", "item", "serial"})


def table_of(
    plan: Plan, build: Build, cells: Mapping[str, Cell], words: dict[str, str], number: int
) -> Table:
    """`words` fill the placeholders of titles and heads: year, department, level, code."""
    template = plan.template
    words = {**words, "unit": template.unit.value, "n": str(number)}
    optional = plan.columns[len(template.columns) :]
    head = head_rows(template.head, words, [column.head for column in optional])
    rows = [_printed_row(plan, printed, index, cells) for index, printed in enumerate(plan.rows, 1)]
    zero_rows = rows or [_blank(plan, template.total_label.replace("{level}", words["level"]))]
    left, right = (_fill(text, words) for text in build.above)
    return Table(
        id=f"statement-{template.kind}",
        kind="statement",
        title=_fill(template.title, words),
        rows=[*head, *zero_rows],
        head_rows=len(head),
        widths=template.widths + (min(template.widths[3:] or (10.0,)),) * len(optional),
        above=(left, right),
        number=_fill(build.number, words),
        notes=_notes(plan, build, cells, words),
        landscape=template.landscape,
    )


def _fill(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text.strip()


def _notes(plan: Plan, build: Build, cells: Mapping[str, Cell], words: dict[str, str]) -> tuple[str, ...]:
    if plan.empty:
        note = _fill(build.empty_note, words)
        return (f"注：{plan.why_empty}，{note.removeprefix('注：')}" if plan.why_empty else note,)
    kind = plan.template.kind
    shown = (cell for address, cell in cells.items() if address.startswith(f"{kind}/"))
    if not any(cell.printed for cell in shown):
        return (f"注：本表各项金额均不足{'0.01万元' if plan.template.decimals else '1元'}。",)
    return ()


def _printed_row(
    plan: Plan, halves: Sequence[Row | None], index: int, cells: Mapping[str, Cell]
) -> list[GridCell]:
    found = [GridCell(str(index), "center")] if plan.columns[0].key == "serial" else []
    for row, columns in zip(halves, plan.halves(), strict=True):
        found += [_grid_cell(plan, row, column, cells) for column in columns]
    return found


def _grid_cell(plan: Plan, row: Row | None, column: Column, cells: Mapping[str, Cell]) -> GridCell:
    if row is None:
        return GridCell("", "right" if column.words is not None else "left")
    if column.words is None:
        align = "center" if column.key in _CODES else "left"
        indent = row.indent if column.key in ("name", "label") else 0
        text = row.texts.get(column.key, "")
        if row.key == "total" and column.key == "name":
            align = "left" if plan.template.shape == "projects" else "center"
        return GridCell(text, align, bold=row.bold, indent=indent)
    cell = cells.get(f"{plan.template.kind}/{row.key}/{column.key}")
    if cell is None:
        return GridCell("", "right")
    return GridCell(cell.text or _zero(plan), "right", bold=row.bold, cell=cell)


def _zero(plan: Plan) -> str:
    """How nothing is printed: blank, or the layout's word for it in the rows of a statement that has money."""
    if plan.empty or plan.template.shape in ("sides", "paired"):
        return ""
    return plan.template.zero


def _blank(plan: Plan, total: str) -> list[GridCell]:
    """The one row of a statement without money: its total, blank."""
    named = False
    row = []
    for column in plan.columns:
        text = total if column.key in ("name", "label") and not named else ""
        named = named or bool(text)
        row.append(GridCell(text, "center" if text else "right"))
    return row


def words_of(year: int, department: str, code: str, level: str) -> dict[str, str]:
    """What placeholders of layouts and documents stand for."""
    return {"year": str(year), "department": department, "code": code, "level": LEVELS[level]}
