"""SARIF 2.1.0, for code hosts and editors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from openbook.checking.result import DocumentReport, Reported
from openbook.findings import Location, Rule, Severity
from openbook.reporting.known import known
from openbook.reporting.places import describe, sides, where
from openbook.reporting.tally import Settings, findings

Object = dict[str, Any]
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(reports: Iterable[DocumentReport], out: TextIO, settings: Settings) -> None:
    """One run over all documents."""
    rules: dict[str, Object] = {}
    results: list[Object] = []
    notices: list[Object] = []
    for report in reports:
        for found in findings(report):
            rules.setdefault(found.code, _rule(found))
            results.append(_result(report.path, found, list(rules).index(found.code)))
        if report.unreadable is not None:
            notices.append(_notice(report.path, report.unreadable))
    driver = {
        "name": "OpenBook",
        "version": settings.version,
        "semanticVersion": settings.version,
        "language": "zh-CN",
        "rules": list(rules.values()),
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not notices, "toolExecutionNotifications": notices}],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(log, ensure_ascii=False, indent=1)
    out.write(text.encode("utf-8", "backslashreplace").decode() + "\n")


def _rule(found: Reported) -> Object:
    told: Object = {
        "id": found.code,
        "name": "".join(part.capitalize() for part in found.name.split("-")),
        "shortDescription": {"text": found.name},
        "defaultConfiguration": {"level": LEVELS[found.severity]},
        "properties": {"basis": found.basis},
    }
    if rule := known(found.code):
        told["shortDescription"] = {"text": rule.title}
        told["fullDescription"] = {"text": rule.what}
        told["defaultConfiguration"] = {"level": LEVELS[rule.severity]}
        told["help"] = {"text": f"{rule.what}\n{rule.why}\n改法：{rule.mend}", "markdown": _page(rule)}
    return told


def _page(rule: Rule) -> str:
    from openbook.rules.pages import page

    return page(rule)


def _result(path: str, found: Reported, index: int) -> Object:
    places = list(found.locations)
    first = (
        _location(path, places[0]) if places else {"physicalLocation": {"artifactLocation": _artifact(path)}}
    )
    told = "，".join(f"{word} {value}" for word, value in sides(found))
    return {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": LEVELS[found.severity],
        "message": {"text": f"{found.message}（{told}）" if told else found.message},
        "locations": [first],
        "relatedLocations": [_location(path, place, number) for number, place in enumerate(places[1:], 1)],
        "partialFingerprints": {"openbook/v1": found.fingerprint},
        "properties": {
            "expected": found.expected,
            "actual": found.actual,
            "difference": found.difference,
            "basis": found.basis,
        },
    }


def _location(path: str, location: Location, number: int | None = None) -> Object:
    place = location.place
    physical: Object = {"artifactLocation": _artifact(path)}
    if place.line is not None and place.page is None and place.sheet is None:
        region: Object = {"startLine": place.line}
        if place.column is not None:
            region["startColumn"] = place.column
        if place.column is not None and place.end_column is not None:
            region["endColumn"] = place.end_column
        physical["region"] = region
    told: Object = {"physicalLocation": physical}
    if number is not None:
        told["id"] = number
    text = " ".join(part for part in (where("", place).lstrip(": "), describe(location)) if part)
    told["message"] = {"text": f"{text}：{location.value}" if location.value else text or "此处"}
    if location.statement:
        told["logicalLocations"] = [{"name": location.statement, "fullyQualifiedName": describe(location)}]
    if place.page is not None:
        told["properties"] = {"page": place.page}
    return told


def _artifact(path: str) -> Object:
    given = Path(path)
    if given.is_absolute():
        return {"uri": given.as_uri()}
    return {"uri": quote(given.as_posix(), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _notice(path: str, reason: str) -> Object:
    return {
        "level": "error",
        "message": {"text": f"文件无法读取：{reason}"},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(path)}}],
    }
