"""The text report: each finding with both sides and their lines, as a good compiler shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from openbook.checking.result import DocumentReport, Reported
from openbook.findings import Location, Severity
from openbook.reporting.excerpts import Marked, mark, window
from openbook.reporting.places import (
    BLANK,
    ROLES,
    Shown,
    choose,
    describe,
    order,
    rest,
    sides,
    together,
    where,
)
from openbook.reporting.places import numbers as numbers_of
from openbook.reporting.tally import SEVERITIES, WORDS, Settings, by_severity, findings
from openbook.reporting.terminal import Paint, visible, width, wrap
from openbook.source import Place

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
MOST = {Severity.WARNING: 10, Severity.INFO: 3}  # of one rule in one document, shown in full


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
        for _, alike in groupby(sorted(found, key=order), key=lambda one: (one.severity, one.code)):
            some = list(alike)
            most = MOST.get(some[0].severity, len(some))
            for one in some[:most]:
                yield ""
                yield from self._finding(one)
            if some[most:]:
                yield ""
                yield self._alike(some[most:])

    def _alike(self, more: list[Reported]) -> str:
        """The line that stands for milder findings of a rule that has fired often."""
        lead = f"{WORDS[more[0].severity]}[{more[0].code}]"
        places = numbers_of([one.locations[0] for one in more if one.locations])
        told = f": 同类的另有 {len(more)} 条{'：' if places else ''}{places}（其他格式全部列出）"
        return self.paint(COLOURS[more[0].severity], lead) + told

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
        told = list(wrap(visible(found.message), self.settings.width - width(lead) - 2))
        told = [paint("bold", line) for line in told]
        told[-1] += "  " + paint("dim", visible(found.name))
        yield paint(colour, lead) + ": " + told[0]
        yield from (" " * (width(lead) + 2) + line for line in told[1:])
        shown, folded = choose(found)
        gutter = max((len(_number(place.place)) for place, _ in shown), default=1) or 1
        yield from self._locations(shown, folded, gutter)
        yield from self._notes(found, gutter)

    def _locations(self, shown: Shown, folded: list[Location], gutter: int) -> Iterator[str]:
        for index, (places, excerpt) in enumerate(together(shown)):
            yield from self._places(places, excerpt, gutter, first=index == 0)
        if folded:
            yield f"{' ' * gutter} {self.paint('blue', '=')} {rest(folded)}"

    def _places(
        self, places: list[Location], excerpt: str | None, gutter: int, *, first: bool
    ) -> Iterator[str]:
        """Places in one line of the file: where each is, then the line, then what is marked in it."""
        paint, blank = self.paint, " " * gutter
        for number, location in enumerate(places):
            told = [where(self.path, location.place), describe(location)]
            if location.value == "":
                told.append(BLANK)
            elif excerpt is None and location.value:
                told.append(f"“{visible(location.value)}”")
            arrow = paint("blue", "-->" if first and number == 0 else ":::")
            yield f"{blank}{arrow} " + "  ".join(part for part in told if part)
        if excerpt is None:
            return
        room = self.settings.width - gutter - 3
        shown = [(window(mark(one, excerpt), room), one) for one in places]
        bar = paint("blue", "|")
        # A line too long to be shown as a whole comes once for each figure.
        parts = [shown] if len({part.text for part, _ in shown}) == 1 else [[one] for one in shown]
        for part in parts:
            number_of = _number(places[0].place).rjust(gutter)
            yield f"{paint('blue', number_of)} {bar} {part[0][0].text}"
            if marks := self._marks(part):
                yield f"{blank} {bar} {marks}"

    def _marks(self, shown: list[tuple[Marked, Location]]) -> str:
        told, at = "", 0
        labels: dict[str, None] = {}
        for marked, location in sorted(shown, key=lambda one: one[0].start):
            text, start, end = marked
            column = width(text[:start])
            if end <= start or column < at:
                continue
            suspect = location.role != "proof"
            labels[ROLES.get(location.role, "")] = None
            carets = ("^" if suspect else "-") * max(1, width(text[start:end]))
            told += " " * (column - at) + self.paint("red" if suspect else "blue", carets)
            at = column + width(carets)
        return f"{told} {'／'.join(labels)}" if told else ""

    def _notes(self, found: Reported, gutter: int) -> Iterator[str]:
        told = [f"{word} {visible(value)}" for word, value in sides(found)]
        bar = self.paint("blue", "=")
        if told:
            yield f"{' ' * gutter} {bar} {'，'.join(told)}"
        if found.basis:
            lines = list(wrap(visible(found.basis), self.settings.width - gutter - 9))
            yield f"{' ' * gutter} {bar} 依据：{lines[0]}"
            yield from (" " * (gutter + 9) + line for line in lines[1:])


def _number(place: Place) -> str:
    return str(place.line) if place.line is not None else ""


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
        often = sorted(tally.codes.items(), key=lambda one: (-one[1], one[0]))
        told = "，".join(f"{code} {count} 条" for code, count in often[:8])
        yield f"按规则：{told}{'，等' if often[8:] else ''}"
        first = min(tally.codes)
        yield paint("dim", f"规则的说明、依据和改法：openbook explain {first}")
