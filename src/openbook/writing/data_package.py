"""The open data as tables: a Frictionless data package whose lines are a Fiscal Data Package.

A field's `columnType` is its meaning in the budget taxonomy of that standard (version 1), so that
programs that compare budgets know what is an amount, an account, a unit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from openbook.accounts import Classification, classification
from openbook.book.model import CATEGORIES, PERIODS, SOURCES
from openbook.disclosure import Disclosure
from openbook.writing.data import Licence
from openbook.writing.data_fields import RESOURCES, Resource
from openbook.writing.data_grid import csv_text, safe

_DIRECTIONS = {"expenditure": "expenditure", "revenue": "revenue"}


def files(disclosure: Disclosure, told: dict[str, Any], licence: Licence) -> dict[str, str]:
    """File name -> text; `told` is the disclosure as plain values."""
    cells = _all(told)
    rows = {
        "cells": _cells(cells),
        "lines": _lines(told),
        "provenance": ([cell["address"], line] for cell in cells for line in cell["lines"]),
        "claims": _claims(told),
        "claim_cells": _claim_cells(told, {cell["address"] for cell in cells}),
    }
    written = {f"{one.name}.csv": _csv(one, rows[one.name]) for one in RESOURCES}
    package = json.dumps(_descriptor(disclosure, licence), ensure_ascii=False, indent=2)
    return {"datapackage.json": package, **written}


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals: ``-5`` -> ``"-0.05"``."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def _all(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Each cell once, in the order of the statements."""
    found: dict[str, dict[str, Any]] = {}
    for statement in told["statements"]:
        for row in statement["rows"]:
            for cell in row["cells"]:
                found.setdefault(cell["address"], {**cell, "statement": statement["id"]})
    for cell in told["other_cells"]:
        found.setdefault(cell["address"], {**cell, "statement": ""})
    return list(found.values())


def _cells(cells: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    for cell in cells:
        fen, exact = cell["printed"], cell["exact"]
        amounts = [cell["text"], fen, yuan(fen), exact, yuan(exact), cell["unit"]]
        yield [cell["address"], cell["statement"], cell["row"], cell["column"], *amounts]


def _lines(told: dict[str, Any]) -> Iterator[list[Any]]:
    accounts = classification(told["year"])
    for line in told["lines"]:
        yield [
            line["line"], line["table"], line["index"], line["file"], line["row"],
            told["year"], "approved", _DIRECTIONS.get(line["table"], ""), line["amount"], yuan(line["amount"]),
            line["unit"],
            line["function"], _account(accounts, "functional", line["function"]),
            line["economic"], _account(accounts, "departmental", line["economic"]),
            line["source"], SOURCES.get(line["source"], ""),
            line["category"], CATEGORIES.get(line["category"], ""),
            line["project"],
            line["period"], PERIODS.get(line["period"], ""),
            line["item"],
        ]  # fmt: skip


def _account(accounts: Classification, kind: str, code: str) -> str:
    if not code:
        return ""
    account = accounts.functional(code) if kind == "functional" else accounts.departmental(code)
    return account.name if account else ""


def _claims(told: dict[str, Any]) -> Iterator[list[Any]]:
    for claim in told["claims"]:
        yield [claim["id"], claim["kind"], claim["topic"], claim["text"], claim["value"]]


def _claim_cells(told: dict[str, Any], known: set[str]) -> Iterator[list[Any]]:
    """What no statement shows (last year's figures, procurement) is no cell: the JSON alone names it."""
    for claim in told["claims"]:
        for at, cell in enumerate(claim["cells"], 1):
            if cell in known:
                yield [claim["id"], at, cell]


def _csv(resource: Resource, rows: Iterator[list[Any]]) -> str:
    heads = [field["name"] for field in resource.fields]
    return csv_text(iter([heads, *([_text(value) for value in row] for row in rows)]))


def _text(value: Any) -> str:
    return "" if value is None else safe(str(value))


def _descriptor(disclosure: Disclosure, licence: Licence) -> dict[str, Any]:
    title = f"{disclosure.department}{disclosure.year}年度部门预算公开数据"
    told = {"name": licence.name, "title": licence.title, "path": licence.path}
    return {
        "profile": "tabular-data-package",
        "name": f"budget-{disclosure.year}",
        "title": title,
        "description": "部门预算公开文件中的每一个数字、它的来源（预算账簿的行），以及说明文字中引用它的每一处。金额一律以分（整数）和元（两位小数）两栏列出。",
        "keywords": ["部门预算", "预算公开", "政府收支分类"],
        "licenses": [{key: value for key, value in told.items() if value}],
        "countryCode": "CN",
        "fiscalPeriod": {"start": f"{disclosure.year}-01-01", "end": f"{disclosure.year}-12-31"},
        "resources": [_resource(one, disclosure) for one in RESOURCES],
    }


def _resource(resource: Resource, disclosure: Disclosure) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": list(resource.fields),
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }
    if resource.references:
        schema["foreignKeys"] = [
            {"fields": [here], "reference": {"resource": there, "fields": [key]}}
            for here, (there, key) in resource.references.items()
        ]
    if resource.name == "lines":  # what holds for every line; columns of the whole, had it a column for each
        schema["extraFields"] = [
            {
                "name": "department",
                "type": "string",
                "columnType": "administrative-classification:generic:level1:code",
                "constant": disclosure.department,
            },
            {"name": "currency", "type": "string", "columnType": "value-currency:code", "constant": "CNY"},
        ]
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "path": f"{resource.name}.csv",
        "title": resource.title,
        "description": resource.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }
