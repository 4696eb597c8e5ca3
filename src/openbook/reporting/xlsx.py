"""A workbook: findings that can be sorted and filtered, statements, counts. Text stays text."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any

from openbook.checking.result import DocumentReport, Reported
from openbook.reporting.html import position
from openbook.reporting.known import known
from openbook.reporting.places import describe
from openbook.reporting.tally import SEVERITIES, WORDS, Settings, by_severity, findings
from openbook.reporting.terminal import visible

LONGEST = 32_000  # characters; a cell takes 32,767
ROWS = 1_048_575  # rows of a sheet below its heading

FINDINGS = (
    ("文件", 28), ("部门", 24), ("年度", 7), ("级别", 7), ("代码", 9), ("问题", 60), ("位置", 22), ("报表和栏目", 34),
    ("原文", 16), ("对照", 44), ("应为", 16), ("实为", 16), ("相差", 14), ("依据", 40), ("改法", 40), ("指纹", 18),
)  # fmt: skip
STATEMENTS = (("文件", 28), ("部门", 24), ("年度", 7), ("报表", 40), ("种类", 22), ("起", 8), ("止", 8), ("按", 6),
              ("行", 8), ("格", 8), ("有无数字", 10))  # fmt: skip
COUNTS = (("文件", 28), ("部门", 24), ("年度", 7), ("版式", 16), ("错误", 8), ("警告", 8), ("提示", 8), ("相符", 8),
          ("舍入可解释", 12), ("不符", 8), ("不适用", 8), ("无法读取", 40))  # fmt: skip

Row = list[str | int | None]


def write(reports: Iterable[DocumentReport], out: IO[bytes], settings: Settings) -> None:
    """Three sheets: 问题, 报表, 计数."""
    import xlsxwriter

    safe = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    whole = BytesIO()  # the library breaks off badly where the disk is full
    with xlsxwriter.Workbook(whole, safe) as book:
        book.set_properties({"title": "公开文件核对报告", "comments": f"OpenBook {settings.version}"})
        sheets = [
            _Sheet(book, "问题", FINDINGS),
            _Sheet(book, "报表", STATEMENTS),
            _Sheet(book, "计数", COUNTS),
        ]
        for report in reports:
            head: Row = [report.path, report.department, report.year]
            for found in findings(report):
                sheets[0].add([*head, *_finding(found)])
            for row in _statements(report):
                sheets[1].add([*head, *row])
            sheets[2].add([*head, *_counts(report)])
        for sheet in sheets:
            sheet.finish()
    out.write(whole.getbuffer())


class _Sheet:
    def __init__(self, book: Any, name: str, columns: tuple[tuple[str, int], ...]) -> None:
        self.sheet = book.add_worksheet(name)
        self.columns = columns
        self.row = 0
        self.cell = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bg_color": "#E8ECEF", "border": 1, "valign": "vcenter"})
        for index, (title, size) in enumerate(columns):
            self.sheet.set_column(index, index, size)
            self.sheet.write_string(0, index, title, head)
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def add(self, values: Row) -> None:
        if self.row >= ROWS:
            return
        self.row += 1
        for index, value in enumerate(values):
            if isinstance(value, int):
                self.sheet.write_number(self.row, index, value, self.cell)
            elif value:
                # write_string, so that a text that begins with = + - or @ never becomes a formula.
                self.sheet.write_string(self.row, index, safe(value), self.cell)

    def finish(self) -> None:
        self.sheet.autofilter(0, 0, max(1, self.row), len(self.columns) - 1)


def safe(value: str) -> str:
    """A text that fits into a cell, line by line without control characters."""
    return "\n".join(visible(line) for line in value.split("\n"))[:LONGEST]


def _finding(found: Reported) -> Row:
    stated = next((one for one in found.locations if one.role != "proof"), None)
    first = stated or (found.locations[0] if found.locations else None)
    others = [
        " ".join(part for part in (position(one.place), describe(one), one.value) if part)
        for one in found.locations
        if one is not first
    ]
    rule = known(found.code)
    return [
        WORDS[found.severity], found.code, found.message,
        position(first.place) if first else None, describe(first) if first else None, first.value if first else None,
        "\n".join(others), found.expected, found.actual, found.difference, found.basis,
        rule.mend if rule else None, found.fingerprint,
    ]  # fmt: skip


def _statements(report: DocumentReport) -> Iterable[Row]:
    for one in report.statements:
        span = one.pages or one.lines or (None, None)
        word = "页" if one.pages else "行"
        yield [one.title, one.kind, *span, word, one.rows, one.cells, "空表" if one.empty else "有"]


def _counts(report: DocumentReport) -> Row:
    counts, of = report.counts, by_severity(report.findings)
    return [
        report.layout, *(of[severity] for severity in SEVERITIES),
        counts.holds, counts.rounding, counts.broken, counts.not_applicable, report.unreadable,
    ]  # fmt: skip
