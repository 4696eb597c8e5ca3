"""JSON, the contract of docs/json.md, and JSON lines: one document object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from openbook.checking.result import DocumentReport, Reported, StatementSummary
from openbook.findings import Location
from openbook.reporting.tally import Settings, findings

Object = dict[str, Any]


def write(reports: Iterable[DocumentReport], out: TextIO, settings: Settings) -> None:
    """One object. Documents are written as they come, so that a large batch needs no memory."""
    out.write(f'{{"openbook": {_dump(settings.version)}, "documents": [')
    separator = "\n"
    for report in reports:
        out.write(separator + _dump(document(report)))
        separator = ",\n"
    out.write("\n]}\n")


def write_lines(reports: Iterable[DocumentReport], out: TextIO, settings: Settings) -> None:
    """One document object a line, each with the version in front."""
    for report in reports:
        out.write(_dump({"openbook": settings.version, **document(report)}) + "\n")
        out.flush()


def _dump(value: object) -> str:
    # A path that is not valid UTF-8 carries lone surrogates, which no stream would take.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def document(report: DocumentReport) -> Object:
    """A document as the contract has it."""
    counts = report.counts
    return {
        "path": report.path,
        "department": report.department,
        "year": report.year,
        "layout": report.layout,
        "statements": [_statement(one) for one in report.statements],
        "counts": {
            "holds": counts.holds,
            "rounding": counts.rounding,
            "broken": counts.broken,
            "not_applicable": counts.not_applicable,
        },
        "findings": [_finding(one) for one in findings(report)],
    }


def _statement(statement: StatementSummary) -> Object:
    return {
        "kind": statement.kind,
        "title": statement.title,
        "lines": list(statement.lines) if statement.lines else None,
        "rows": statement.rows,
        "cells": statement.cells,
        "empty": statement.empty,
    }


def _finding(found: Reported) -> Object:
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.word,
        "message": found.message,
        "locations": [_location(one) for one in found.locations],
        "expected": found.expected,
        "actual": found.actual,
        "difference": found.difference,
        "basis": found.basis,
        "fingerprint": found.fingerprint,
    }


def _location(location: Location) -> Object:
    place = location.place
    return {
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
        "page": place.page,
        "statement": location.statement,
        "row": location.row,
        "column_name": location.column_name,
        "value": location.value,
    }
