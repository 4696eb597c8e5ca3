"""JUnit XML, for build servers: one test suite a document, one test case a finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from openbook.checking.result import DocumentReport, Reported
from openbook.reporting.places import describe, sides, where
from openbook.reporting.tally import WORDS, Settings, findings
from openbook.reporting.terminal import visible
from openbook.reporting.text import identities


def write(reports: Iterable[DocumentReport], out: TextIO, settings: Settings) -> None:
    """A finding at or above the threshold is a failure, a milder one passes and is told."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="OpenBook">\n')
    for report in reports:
        out.write("\n".join(_suite(report, settings)) + "\n")
    out.write("</testsuites>\n")


def _suite(report: DocumentReport, settings: Settings) -> list[str]:
    found = findings(report) if report.unreadable is None else []
    failed = sum(one.severity >= settings.threshold for one in found)
    broken = int(report.unreadable is not None)
    count = max(1, len(found))
    name = _attribute(report.path)
    lines = [f'<testsuite name={name} tests="{count}" failures="{failed}" errors="{broken}" skipped="0">']
    if report.unreadable is not None:
        reason = _attribute(report.unreadable)
        lines.append(
            f'<testcase classname={name} name="读取"><error type="unreadable" message={reason}/></testcase>'
        )
    elif not found:
        told = escape(f"勾稽 {identities(report)}")
        lines.append(f'<testcase classname={name} name="核对"><system-out>{told}</system-out></testcase>')
    lines.extend(_case(report.path, one, settings) for one in found)
    lines.append("</testsuite>")
    return lines


def _case(path: str, found: Reported, settings: Settings) -> str:
    title = _attribute(f"{found.code} {found.name} {found.fingerprint[:12]}")
    body = [f"{WORDS[found.severity]} {found.message}"]
    body += [
        f"{where(path, one.place)} {describe(one)} {one.value or ''}".rstrip() for one in found.locations
    ]
    body += [f"{word} {value}" for word, value in sides(found)]
    body.append(f"依据：{found.basis}")
    text = escape("\n".join(visible(line) for line in body))
    if found.severity < settings.threshold:
        inner = f"<system-out>{text}</system-out>"
    else:
        inner = f"<failure type={_attribute(found.code)} message={_attribute(found.message)}>{text}</failure>"
    return f"<testcase classname={_attribute(path)} name={title}>{inner}</testcase>"


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
