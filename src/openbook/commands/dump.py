"""A document as it was understood, as plain JSON values."""

from __future__ import annotations

from typing import Any

from openbook.document import Claim, Document, Form, Row, Statement, Target, Text
from openbook.source import Place

Object = dict[str, Any]


def dump(document: Document) -> Object:
    """All statements, claims and forms. Amounts are integers of 0.001 yuan, places as in reports."""
    return {
        "path": document.path,
        "format": document.source.format,
        "department": document.department,
        "year": document.year,
        "layout": document.layout,
        "level": document.level,
        "stage": document.stage,
        "problems": [
            {"code": one.code, "message": one.message, **_place(one.place)}
            for one in (*document.source.problems, *document.problems)
        ],
        "statements": [_statement(one) for one in document.statements],
        "claims": [_claim(one) for one in document.claims],
        "forms": [_form(one) for one in document.forms],
    }


def _place(place: Place) -> Object:
    return {
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
        "page": place.page,
        "sheet": place.sheet,
    }


def _statement(statement: Statement) -> Object:
    return {
        "kind": statement.kind,
        "title": statement.title,
        "unit": statement.unit.value,
        "reliable": statement.reliable,
        "note": statement.note,
        "first": _place(statement.place),
        "last": _place(statement.last),
        "columns": [{"key": one.key, "label": one.label} for one in statement.columns],
        "rows": [_row(one) for one in statement.rows],
    }


def _row(row: Row) -> Object:
    return {
        "key": row.key,
        "code": row.code,
        "name": row.name,
        "side": row.side,
        **_place(row.place),
        "cells": {
            key: {"text": cell.text, "li": cell.amount, **_place(cell.place)}
            for key, cell in row.cells.items()
        },
    }


def _claim(claim: Claim) -> Object:
    return {
        "kind": claim.kind,
        "subject": claim.subject,
        "concept": claim.concept,
        "value": claim.value,
        "text": claim.text,
        "year": claim.year,
        "direction": claim.direction,
        "names": list(claim.names),
        "sentence": claim.sentence,
        "cells": [one.describe() for one in claim.cells],
        **_place(claim.place),
    }


def _form(form: Form) -> Object:
    return {
        "project": form.project.text if form.project else None,
        "title": form.title.text,
        "first": _place(form.place),
        "last": _place(form.last),
        "funds": [
            {"key": one.key, "label": one.label, "li": one.amount, "period": one.period, **_place(one.place)}
            for one in form.funds
        ],
        "texts": {key: _text(one) for key, one in form.texts.items()},
        "indicators": [
            {
                "level1": one.level1,
                "level2": one.level2,
                "name": one.name.text,
                "target": _target(one.target),
                "year_target": _target(one.year_target),
                **_place(one.name.place),
            }
            for one in form.indicators
        ],
    }


def _text(text: Text) -> Object:
    return {"text": text.text, **_place(text.place)}


def _target(target: Target | None) -> Object | None:
    if target is None:
        return None
    return {"text": target.text, "operator": target.operator, "number": target.number, "unit": target.unit}
