"""A comparison as plain values for JSON. Amounts are whole numbers of fen; published ones may be half of one."""

from __future__ import annotations

from typing import Any

from openbook.book.model import Spot
from openbook.comparing.books import Edit
from openbook.comparing.cells import CellChange
from openbook.comparing.claims import ClaimChange
from openbook.comparing.compare import Difference
from openbook.comparing.lines import LineChange
from openbook.comparing.published import Compared
from openbook.comparing.sides import Side
from openbook.writing.data import BookLine, PublishedCell


def dump(old: Side, new: Side, found: Difference) -> dict[str, Any]:
    """All of it, whatever its size. Amounts in fen, those of a comparison with a document in li (厘)."""
    told: dict[str, Any] = {
        "old": {"path": old.path, "kind": old.kind},
        "new": {"path": new.path, "kind": new.kind},
        "same": found.same,
    }
    if found.compared is not None:
        return told | {"compared_li": [_compared(one) for one in found.compared]}
    return told | {
        "uncomposed": found.uncomposed,
        "edits": [_edit(edit) for edit in found.edits],
        "lines": [_line_change(line) for line in found.lines],
        "cells": [_cell_change(change) for change in found.cells.found],
        "quiet_cells": found.cells.quiet,
        "claims": [_claim_change(change) for change in found.claims],
    }


def line_values(line: BookLine | None) -> dict[str, Any] | None:
    return dict(line._asdict()) if line is not None else None


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "table": edit.table,
        "name": edit.name,
        "kind": edit.kind,
        "fields": [dict(field._asdict()) for field in edit.fields],
        "before": _spot(edit.before),
        "after": _spot(edit.after),
    }


def _spot(spot: Spot) -> dict[str, Any] | None:
    return {"file": spot.file, "row": spot.row} if spot.file else None


def _line_change(change: LineChange) -> dict[str, Any]:
    return {
        "table": change.table,
        "kind": change.kind,
        "difference": change.difference,
        "before": line_values(change.before),
        "after": line_values(change.after),
    }


def _cell_change(change: CellChange) -> dict[str, Any]:
    return {
        "address": change.address,
        "label": change.label,
        "before": _figure(change.before),
        "after": _figure(change.after),
        "difference": change.difference,
        "exact_difference": change.exact,
        "only_rounding": change.rounding,
        "causes": [{"amount": cause.amount, **_line_change(cause.line)} for cause in change.causes],
        "unexplained": change.unexplained,
    }


def _figure(cell: PublishedCell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {"text": cell.text, "unit": cell.unit, "printed": cell.printed, "exact": cell.exact}


def _claim_change(change: ClaimChange) -> dict[str, Any]:
    return {
        "about": change.about,
        "before": change.before.text if change.before else None,
        "after": change.after.text if change.after else None,
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "address": one.address,
        "label": one.label,
        "status": one.status,
        "unit": one.unit,
        "built": one.built,
        "exact": one.exact,
        "published": one.published,
        "lacking": one.lacking,
        "wrong": one.wrong,
        "row": one.row,
        "page": one.place.page if one.place else None,
        "line": one.place.line if one.place else None,
    }
