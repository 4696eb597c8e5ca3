"""One self-contained page that a finance officer can read, print and keep: no script, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TextIO

from openbook.checking.result import Counts, DocumentReport, Reported
from openbook.findings import Location, Severity
from openbook.reporting.excerpts import mark, window
from openbook.reporting.known import known
from openbook.reporting.places import BLANK, ROLES, choose, describe, order, rest, sides, together
from openbook.reporting.tally import SEVERITIES, WORDS, Settings, by_severity, findings
from openbook.reporting.terminal import visible
from openbook.source import Place

EXCERPT = 160  # columns of an excerpt at most
MANY = 3  # more mild findings of one rule than this stand in a table
MEANING = {
    Severity.ERROR: "算术、计数、日期或法规足以证明",
    Severity.WARNING: "需要人看一看",
    Severity.INFO: "供参考",
}


def write(reports: Iterable[DocumentReport], out: TextIO, settings: Settings) -> None:
    """The overview comes first, so the documents wait until all are there."""
    heads: list[str] = []
    sections: list[str] = []
    counts = Counts()
    for number, report in enumerate(reports, 1):
        heads.append(_head_row(number, report))
        sections.append("\n".join(_document(number, report)))
        _sum(counts, report.counts)
    css = files("openbook.reporting").joinpath("report.css").read_text(encoding="utf-8")
    out.write(_PAGE_START.format(css=css))
    out.write("\n".join(_overview(settings, counts, heads)))
    for section in sections:
        out.write("\n" + section)
    out.write("\n".join(_foot(settings)))


# A wide table scrolls on a phone; with a name and a tab stop the keyboard reaches it as well.
_WIDE = '<div class="wide" role="region" tabindex="0" aria-label="{}">'

_PAGE_START = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>公开文件核对报告</title>
<style>
{css}</style>
</head>
<body>
"""


def text(value: object) -> str:
    """Safe to stand anywhere in the page."""
    return escape(visible(str(value)), quote=True)


def _sum(total: Counts, more: Counts) -> None:
    total.holds += more.holds
    total.rounding += more.rounding
    total.broken += more.broken
    total.not_applicable += more.not_applicable


def _overview(settings: Settings, counts: Counts, heads: list[str]) -> Iterator[str]:
    tally = settings.tally
    yield '<header class="page">'
    yield '<p class="house">明账 OpenBook</p>'
    yield "<h1>公开文件核对报告</h1>"
    dated = f"{text(settings.date)} · " if settings.date else ""
    yield f'<p class="meta">{dated}共 {tally.documents} 份文件 · OpenBook {text(settings.version)}</p>'
    yield "</header>\n<main>"
    yield '<section class="overview" aria-label="概览">'
    yield '<ul class="tiles">'
    for severity in SEVERITIES:
        word, count = WORDS[severity], tally.findings[severity]
        yield f'<li class="{severity.word}"><b>{count}</b> <span>{word}</span><small>{MEANING[severity]}</small></li>'
    if tally.unreadable:
        yield f'<li class="error"><b>{tally.unreadable}</b> <span>无法读取</span><small>没有核对</small></li>'
    yield "</ul>"
    if len(heads) != 1:  # of a single document they stand below
        yield from _counts(counts)
    if tally.hidden or tally.below:
        told = [f"基线中已知的 {tally.hidden} 条" if tally.hidden else ""]
        told += [f"较轻的 {tally.below} 条" if tally.below else ""]
        yield f'<p class="meta">没有列出：{"、".join(part for part in told if part)}。</p>'
    if len(heads) > 1:
        yield f'{_WIDE.format("各份文件")}<table class="documents"><caption>各份文件</caption><thead><tr>'
        yield '<th>部门</th><th>年度</th><th class="n">错误</th><th class="n">警告</th><th class="n">提示</th>'
        yield "<th>文件</th></tr></thead><tbody>"
        yield from heads
        yield "</tbody></table></div>"
    yield "</section>"


def _counts(counts: Counts) -> Iterator[str]:
    told = (
        ("相符", counts.holds),
        ("舍入可解释", counts.rounding),
        ("不符", counts.broken),
        ("不适用", counts.not_applicable),
    )
    yield '<dl class="counts"><dt class="lead">勾稽关系</dt>'
    yield from (f"<div><dt>{word}</dt><dd>{count}</dd></div>" for word, count in told)
    yield "</dl>"


def _head_row(number: int, report: DocumentReport) -> str:
    name = text(report.department or "部门不明")
    year = text(report.year or "")
    if report.unreadable is not None:
        cells = '<td colspan="3" class="n">无法读取</td>'
    else:
        cells = "".join(f'<td class="n">{count}</td>' for count in by_severity(report.findings).values())
    link = f'<a href="#d{number}">{name}</a>'
    return (
        f'<tr><td>{link}</td><td class="y">{year}</td>{cells}<td class="path">{text(report.path)}</td></tr>'
    )


def _document(number: int, report: DocumentReport) -> Iterator[str]:
    year = f" {report.year} 年度" if report.year else ""
    yield f'<section class="document" id="d{number}">'
    yield f"<h2>{text(report.department or '部门不明')}{text(year)}</h2>"
    layout = f" · {text(report.layout)}" if report.layout else ""
    yield f'<p class="meta path">{text(report.path)}{layout}</p>'
    if report.unreadable is None:
        yield from _counts(report.counts)
    found = sorted(findings(report), key=order)
    if not found:
        yield '<p class="clean">没有发现问题。</p>'
    for severity in SEVERITIES:
        some = [one for one in found if one.severity == severity]
        if some:
            yield f'<h3 class="{severity.word}">{WORDS[severity]} <small>{len(some)} 条，{MEANING[severity]}</small></h3>'
            for _, alike in groupby(some, key=lambda one: one.code):
                yield from _group(list(alike))
    if report.unreadable is None:
        yield from _statements(report)
    yield "</section>"


def _group(alike: list[Reported]) -> Iterator[str]:
    """Findings of one rule: in full, or as a table where they are mild and many."""
    if alike[0].severity > Severity.INFO or len(alike) <= MANY:
        for one in alike:
            yield from _finding(one)
        return
    rule = known(alike[0].code)
    title = rule.title if rule else alike[0].name
    yield f'<article class="finding {alike[0].severity.word} many">'
    yield f'<h4>{text(title)} <span class="code">{text(alike[0].code)}</span> {len(alike)} 条</h4>'
    yield f"{_WIDE.format(text(title))}<table><thead><tr><th>位置</th><th>问题</th></tr></thead><tbody>"
    for one in alike:
        place = position(one.locations[0].place) if one.locations else ""
        yield f'<tr><td class="y">{text(place)}</td><td>{text(one.message)}</td></tr>'
    yield "</tbody></table></div>"
    yield f'<dl class="notes"><div><dt>依据</dt><dd>{text(alike[0].basis)}</dd></div></dl>'
    yield "</article>"


def _finding(found: Reported) -> Iterator[str]:
    yield f'<article class="finding {found.severity.word}">'
    yield f'<h4>{text(found.message)} <span class="code">{text(found.code)}</span></h4>'
    yield from _sides(found)
    shown, folded = choose(found)
    if shown:
        yield '<ul class="places">'
        for places, excerpt in together(shown):
            yield from _places(places, excerpt)
        yield "</ul>"
    if folded:
        yield f'<p class="more">{text(rest(folded))}</p>'
    yield '<dl class="notes">'
    if found.basis:
        yield f"<div><dt>依据</dt><dd>{text(found.basis)}</dd></div>"
    if rule := known(found.code):
        yield f"<div><dt>改法</dt><dd>{text(rule.mend)}</dd></div>"
    yield "</dl>\n</article>"


def _sides(found: Reported) -> Iterator[str]:
    if told := sides(found):
        yield '<dl class="sides">'
        yield from (f"<div><dt>{word}</dt><dd>{text(value)}</dd></div>" for word, value in told)
        yield "</dl>"


def _places(places: list[Location], excerpt: str | None) -> Iterator[str]:
    """Places in one line of the file, with that line once."""
    role = "proof" if all(one.role == "proof" for one in places) else "stated"
    yield f'<li class="{role}">'
    for one in places:
        yield f'<p><span class="role">{ROLES.get(one.role, "")}</span>'
        blank = BLANK if one.value == "" else ""
        yield f'<span class="where">{text(position(one.place))}</span> {text(describe(one))}{blank}</p>'
        if excerpt is None and one.value:
            yield f"<blockquote><mark>{text(one.value)}</mark></blockquote>"
    if excerpt is not None:
        yield f"<blockquote>{_quoted(places, excerpt)}</blockquote>"
    yield "</li>"


def _quoted(places: list[Location], excerpt: str) -> str:
    """The excerpt with its figures marked; of a long one, the part around the first figure."""
    marks = [window(mark(one, excerpt), EXCERPT) for one in places]
    told = marks[0].text
    parts, at = [], 0
    for _, start, end in sorted(one for one in marks if one.text == told and one.end > one.start):
        if start >= at:
            parts += [escape(told[at:start]), f"<mark>{escape(told[start:end])}</mark>"]
            at = end
    return "".join((*parts, escape(told[at:])))


def position(place: Place) -> str:
    """第 3 页 / 第 12 行 / 工作表“…”第 5 行."""
    if place.sheet is not None:
        row = f"第 {place.line} 行" if place.line else ""
        return f"工作表“{place.sheet}”{row}"
    if place.page is not None:
        return f"第 {place.page} 页"
    return f"第 {place.line} 行" if place.line is not None else ""


def _statements(report: DocumentReport) -> Iterator[str]:
    yield "<h3>读出的报表</h3>"
    if not report.statements:
        yield '<p class="meta">一张报表也没有读出。</p>'
        return
    yield f'{_WIDE.format("读出的报表")}<table class="statements"><thead><tr><th>报表</th><th>有无数字</th>'
    yield '<th>位置</th><th class="n">行</th><th class="n">格</th></tr></thead><tbody>'
    for one in report.statements:
        place = _span(one.pages, "页") or _span(one.lines, "行")
        full = "空表" if one.empty else "有"
        yield f'<tr><td>{text(one.title)}</td><td>{full}</td><td class="y">{place}</td>'
        yield f'<td class="n">{one.rows}</td><td class="n">{one.cells}</td></tr>'
    yield "</tbody></table></div>"


def _span(span: tuple[int, int] | None, word: str) -> str:
    if span is None:
        return ""
    first, last = span
    return f"第 {first} {word}" if first == last else f"第 {first}–{last} {word}"


def _foot(settings: Settings) -> Iterator[str]:
    yield "\n</main>\n<footer>"
    yield "<p>“错误”指算术、计数、日期或法规足以证明的问题；舍入能够解释的差数不算问题。"
    yield "“警告”和“提示”要由人判断。每条规则的全文：<code>openbook explain 代码</code>。</p>"
    yield f"<p>OpenBook {text(settings.version)}</p>"
    yield "</footer>\n</body>\n</html>\n"
