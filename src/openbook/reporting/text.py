"""The text report: each finding with both sides and their lines, as a good compiler shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from openbook.checking.result import DocumentReport, Reported
from openbook.document import Place
from openbook.findings import Location, Severity
from openbook.reporting.excerpts import mark, window
from openbook.reporting.tally import SEVERITIES, WORDS, Settings, by_severity, findings
from openbook.reporting.terminal import Paint, visible, width, wrap

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
ROLES = {"stated": "文中写的", "proof": "对照", "suspect": "疑点在此"}
SHOWN = {"stated": 3, "suspect": 3, "proof": 4}  # locations shown in full, the rest in one line
LISTED = 12

Shown = list[tuple[Location, str | None]]


def write(reports: Iterable[DocumentReport], out: TextIO, settings: Settings) -> None:
    """Write each document as soon as it is checked, then the summary."""
    for report in reports:
        shown = list(_Document(report, settings).lines())
        if shown:
            out.write("\n".join(shown) + "\n\n")
            out.flush()
    out.write("\n".join(summary(settings)) + "\n")


class _Document:
    def __init__(self, report: DocumentReport, settings: Settings) -> None:
        self.report = report
        self.settings = settings
        self.paint = Paint(settings.colour)
        self.path = visible(report.path)

    def lines(self) -> Iterator[str]:
        found = findings(self.report)
        yield from self._head(found)
        for one in sorted(found, key=order):
            yield ""
            yield from self._finding(one)

    def _head(self, found: list[Reported]) -> Iterator[str]:
        report, paint = self.report, self.paint
        known = [report.department, f"{report.year} 年度" if report.year else None, report.layout]
        about = "，".join(visible(part) for part in known if part)
        yield paint("bold", f"== {self.path}") + (f"  {about}" if about else "")
        if report.unreadable is None:
            yield paint("dim", f"   报表 {len(report.statements)} 张；勾稽 {identities(report)}")
            yield f"   {tell(by_severity(found), paint)}"

    def _finding(self, found: Reported) -> Iterator[str]:
        colour, paint = COLOURS[found.severity], self.paint
        lead = f"{WORDS[found.severity]}[{found.code}]"
        rest = list(wrap(visible(found.message), self.settings.width - width(lead) - 2))
        yield paint(colour, lead) + ": " + paint("bold", rest[0]) + "  " + paint("dim", visible(found.name))
        yield from (" " * (width(lead) + 2) + paint("bold", line) for line in rest[1:])
        shown, folded = choose(found)
        gutter = max((len(_number(place.place)) for place, _ in shown), default=1) or 1
        yield from self._locations(shown, folded, gutter)
        yield from self._notes(found, gutter)

    def _locations(self, shown: Shown, folded: list[Location], gutter: int) -> Iterator[str]:
        for index, (location, excerpt) in enumerate(shown):
            yield from self._location(location, excerpt, gutter, first=index == 0)
        if folded:
            yield f"{' ' * gutter} {self.paint('blue', '=')} {rest(folded)}"

    def _location(
        self, location: Location, excerpt: str | None, gutter: int, *, first: bool
    ) -> Iterator[str]:
        paint = self.paint
        blank = " " * gutter
        arrow = paint("blue", "-->" if first else ":::")
        cell = describe(location)
        told = [where(self.path, location.place), cell]
        if excerpt is None and location.value:
            told.append(f"“{visible(location.value)}”")
        label = ROLES.get(location.role, "")
        yield f"{blank}{arrow} " + "  ".join(part for part in told if part)
        if excerpt is None:
            return
        bar = paint("blue", "|")
        text, start, end = window(mark(location, excerpt), self.settings.width - gutter - 3)
        yield f"{paint('blue', _number(location.place).rjust(gutter))} {bar} {text}"
        if end > start:
            suspect = location.role != "proof"
            carets = ("^" if suspect else "-") * max(1, width(text[start:end]))
            note = paint("red" if suspect else "blue", f"{carets} {label}")
            yield f"{blank} {bar} {' ' * width(text[:start])}{note}"

    def _notes(self, found: Reported, gutter: int) -> Iterator[str]:
        sides = (("应为", found.expected), ("实为", found.actual), ("相差", found.difference))
        told = [f"{word} {visible(value)}" for word, value in sides if value is not None]
        bar = self.paint("blue", "=")
        if told:
            yield f"{' ' * gutter} {bar} {'，'.join(told)}"
        if found.basis:
            lines = list(wrap(visible(found.basis), self.settings.width - gutter - 9))
            yield f"{' ' * gutter} {bar} 依据：{lines[0]}"
            yield from (" " * (gutter + 9) + line for line in lines[1:])


def order(found: Reported) -> tuple[int, str, int, int]:
    """The gravest first, then by rule, then as they stand in the document."""
    place = found.locations[0].place if found.locations else Place()
    return -found.severity, found.code, place.page or 0, place.line or 0


def choose(found: Reported) -> tuple[Shown, list[Location]]:
    """The locations to show in full, with their excerpts, and those to fold into one line."""
    excerpts = (*found.excerpts, *[None] * len(found.locations))
    left = dict(SHOWN)
    shown: Shown = []
    folded = []
    for location, excerpt in zip(found.locations, excerpts, strict=False):
        left[location.role] = left.get(location.role, 3) - 1
        if left[location.role] >= 0:
            shown.append((location, excerpt))
        else:
            folded.append(location)
    return shown, folded


def where(path: str, place: Place) -> str:
    """path:line:column for text, path 第 3 页 for a PDF, path 工作表“…”第 5 行 for a workbook."""
    if place.sheet is not None:
        row = f"第 {place.line} 行" if place.line else ""
        return f"{path} 工作表“{visible(place.sheet)}”{row}"
    if place.page is not None:
        return f"{path} 第 {place.page} 页"
    parts = [path, *(str(part) for part in (place.line, place.column) if part is not None)]
    return ":".join(parts)


def describe(location: Location) -> str:
    """Which cell, or what of: 《支出总表》“合计”行“基本支出”栏."""
    told = f"《{visible(location.statement)}》" if location.statement else ""
    if location.row:
        told += f"“{visible(location.row)}”" + ("行" if location.statement else "")
    if location.column_name:
        told += f"“{visible(location.column_name)}”栏"
    return told


def _number(place: Place) -> str:
    return str(place.line) if place.line is not None else ""


def rest(folded: list[Location]) -> str:
    """另有 57 处：第 203、204、205 行等."""
    told = f"另有 {len(folded)} 处"
    pages = any(one.place.page is not None for one in folded)
    numbers = [one.place.page if pages else one.place.line for one in folded]
    listed = list(dict.fromkeys(str(number) for number in numbers if number is not None))
    if not listed:
        return told
    more = "等" if len(listed) > LISTED else ""
    return f"{told}：第 {'、'.join(listed[:LISTED])} {'页' if pages else '行'}{more}"


def identities(report: DocumentReport) -> str:
    """How the identities came out, in words."""
    counts = report.counts
    return f"相符 {counts.holds}，舍入可解释 {counts.rounding}，不符 {counts.broken}，不适用 {counts.not_applicable}"


def tell(counts: dict[Severity, int], paint: Paint) -> str:
    """错误 2，警告 1 — or that nothing was found."""
    told = [
        paint(COLOURS[severity], f"{WORDS[severity]} {counts[severity]}")
        for severity in SEVERITIES
        if counts[severity]
    ]
    return "，".join(told) if told else paint("green", "没有发现问题")


def summary(settings: Settings) -> Iterator[str]:
    """The last lines of a run."""
    tally, paint = settings.tally, Paint(settings.colour)
    told = f"共检查 {tally.documents} 份文件：{tell(tally.findings, paint)}"
    if tally.unreadable:
        told += paint("red", f"，无法读取 {tally.unreadable} 份")
    yield told
    if tally.below:
        yield f"另有 {tally.below} 条较轻的没有列出（--severity info 全部列出）。"
    if tally.hidden or tally.gone:
        yield f"基线中已知的 {tally.hidden} 条没有列出；基线中有 {tally.gone} 条不再出现。"
    if tally.gone:
        yield "加 --write-baseline 可以从基线中删去不再出现的各条。"
    if tally.codes:
        first = min(tally.codes)
        yield paint("dim", f"规则的说明、依据和改法：openbook explain {first}")
