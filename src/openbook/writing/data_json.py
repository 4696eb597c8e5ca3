"""A disclosure as plain values: dictionaries, lists, texts and whole numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from openbook.disclosure import Cell, Disclosure, GridCell, Origin, Table
from openbook.rules.masking import mask
from openbook.writing.data import FORMAT, BookLine
from openbook.writing.data_grid import grid

# What stands beside such words is about a person.
_PERSONAL = re.compile(r"(?:经办|填报|填表|联系|负责|审核)人|(?:联系|办公)?电话|联系方式")


def plain(disclosure: Disclosure, lines: Mapping[Origin, BookLine]) -> dict[str, Any]:
    """All of it. Raises KeyError where a figure comes from a line that `lines` lacks."""
    tables = disclosure.tables()
    statements = [_statement(table) for table in tables if table.kind != "form"]
    shown = {
        cell["address"] for statement in statements for row in statement["rows"] for cell in row["cells"]
    }
    cited = {origin for cell in disclosure.cells.values() for origin in cell.origins}
    return {
        "format": FORMAT,
        "title": disclosure.title,
        "department": disclosure.department,
        "year": disclosure.year,
        "layout": disclosure.layout,
        "level": disclosure.level,
        "draft": disclosure.draft,
        "statements": statements,
        "other_cells": [
            _cell(cell, "", "", "") for cell in disclosure.cells.values() if cell.address not in shown
        ],
        "lines": [_line(origin, lines[origin]) for origin in sorted(cited)],
        "claims": [
            {
                "id": claim.id,
                "kind": claim.kind,
                "topic": claim.topic,
                "text": claim.text,
                "value": claim.value,
                "cells": list(claim.cells),
            }
            for claim in disclosure.claims
        ],
        "forms": [_form(table) for table in tables if table.kind == "form"],
    }


def name(origin: Origin) -> str:
    """What a line is called: "expenditure/3"."""
    return f"{origin.table}/{origin.line}"


def _statement(table: Table) -> dict[str, Any]:
    laid = grid(table)
    rows = []
    for row in laid.body:
        texts, cells = [""] * laid.width, []
        for placed in row:
            texts[placed.column] = placed.cell.text
            if placed.cell.cell is not None:
                line, column = laid.label(placed)
                cells.append(_cell(placed.cell.cell, line, column, laid.describe(placed)))
        rows.append({"texts": texts, "cells": cells})
    return {
        "id": table.id,
        "kind": table.kind,
        "number": table.number,
        "title": table.title,
        "columns": list(laid.columns),
        "rows": rows,
        "notes": list(table.notes),
    }


def _cell(cell: Cell, row: str, column: str, label: str) -> dict[str, Any]:
    return {
        "address": cell.address,
        "row": row,
        "column": column,
        "label": label,
        "text": cell.text,
        "printed": cell.fen,
        "exact": cell.exact,
        "unit": cell.unit.value,
        "decimals": cell.decimals,
        "lines": [name(origin) for origin in cell.origins],
        "parts": list(cell.parts),
    }


def _line(origin: Origin, line: BookLine) -> dict[str, Any]:
    told = {"line": name(origin), "table": origin.table, "index": origin.line, **line._asdict()}
    return {**told, "file": _within(line.file)}


def _within(file: str) -> str:
    """The file as the book calls it; of an absolute path, which tells whose machine it was, only the name."""
    if PurePosixPath(file).is_absolute() or PureWindowsPath(file).drive:
        return PureWindowsPath(file).name
    return file


def _form(table: Table) -> dict[str, Any]:
    return {"id": table.id, "title": table.title, "rows": [list(_form_row(row)) for row in table.rows]}


def _form_row(row: Iterable[GridCell]) -> Iterable[dict[str, Any]]:
    personal = False
    for cell in row:
        text = "" if personal and not cell.head else mask(cell.text)
        personal = _PERSONAL.search(cell.text) is not None and len(cell.text) <= 12
        yield {"text": text, "colspan": cell.colspan, "rowspan": cell.rowspan, "head": cell.head}
