"""OB804: a title, a heading or a sentence about this budget bears another year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.scan import Line, Scan, scan, short, some
from openbook.source import RawTable

_TITLE = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}[部章节篇][分]?[ \t　:：、]*|表?[一二三四五六七八九十\d]{0,3}[.．、]?[ \t　]*)(?P<year>20\d\d)[ \t]*年[^\n\t。；，,;：:《]{2,45}"
    r"(?:表|目录|说明|公开|报告|预算|结构图|分布图)(?:[（(][^（()）\n]{1,12}[)）])?[ \t]*$",
    re.MULTILINE,
)
_FORM_YEAR = re.compile(r"^[（(][ \t]*(?P<year>20\d\d)[ \t]*年[ \t]*度[ \t]*[)）][ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"本(?:部门|单位|表)[ \t]*(?P<year>20\d\d)[ \t]*年(?:度)?[ \t]*(?:无|没有|未|不)")
_SENTENCE = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．][ \t]*){0,2}(?P<year>20\d\d)[ \t]*年(?:度)?(?=[^\d。；\n\t])"
    r"[^。；\n\t]{0,200}",
    re.MULTILINE,
)
_HEADER = re.compile(
    r"(?P<year>20\d\d)\s*年?度?(?:部门|单位)?(?:财政拨款|预算数|预算|合计|预算安排|“三公”\s*经费预算数|机关运行经\s*费预算数)"
)
_ABOUT_THIS = ("预算", "安排")
_OF_ANOTHER_YEAR = re.compile(
    r"执行|决算|完成|实际|截[至止]|[末底]|上年|去年|结转|[比较]|相比|持平|同比|《|〔|文件|通知|[1-9]月|至|-|—|开始|以来"
)
_HEADER_ROWS = 4


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    year = document.year
    if year is None:
        return
    text = scan(document)
    near = text.lines_with(*_near(year))
    lines = [line for line in near if line.paragraph]
    rows = {id(line.unit) for line in near if not line.paragraph}
    for kind, what, found in (
        ("title", "标题", _titles(document, text, lines, year)),
        ("note", "表注", _found(text, _NOTE, lines, year)),
        ("header", "表头", _headers(document, rows, year)),
        ("sentence", "说明", _sentences(text, lines, year)),
    ):
        for other, locations in _by_year(found).items():
            sample = short(locations[0].value or "", 36)
            yield Finding(
                code="OB804",
                message=f"{what}写的是 {other} 年，而本文件是 {year} 年的：“{sample}”（{len(locations)} 处）。"
                "请核对是否沿用了往年的文字。",
                locations=some(locations),
                key=(kind, other),
                expected=str(year),
                actual=other,
            )


def _near(year: int) -> list[str]:
    """The years before and after, as printed."""
    return [str(one) for one in range(year - 4, year + 3) if one != year]


def _titles(document: Document, text: Scan, lines: list[Line], year: int) -> Iterator[tuple[str, Location]]:
    for other, location in _found(text, _TITLE, lines, year):
        words = location.value or ""
        if "上年" in words or str(year) in words:
            continue
        if document.stage == "budget" and "决算" in words:
            continue
        yield other, location
    yield from _found(text, _FORM_YEAR, lines, year)


def _found(
    text: Scan, pattern: re.Pattern[str], lines: list[Line], year: int
) -> Iterator[tuple[str, Location]]:
    for line in lines:
        match = pattern.search(line.text)
        if match and match["year"] != str(year):
            yield match["year"], text.locate(line.start + match.start(), line.start + match.end())


def _sentences(text: Scan, lines: list[Line], year: int) -> Iterator[tuple[str, Location]]:
    for line in lines:
        match = _SENTENCE.match(line.text)
        if match is None or str(year) in match[0] or len(match[0]) < 12 or _TITLE.match(line.text):
            continue
        words = match[0]
        about = any(word in words for word in _ABOUT_THIS)
        if about and not _OF_ANOTHER_YEAR.search(words, match.end("year")):
            yield match["year"], text.locate(line.start, line.start + match.end(), short(words, 60))


def _headers(document: Document, rows: set[int], year: int) -> Iterator[tuple[str, Location]]:
    """Heads of tables that name other years alone; `rows` are those that name one at all."""
    for table in document.source.tables() if rows else ():
        if rows.isdisjoint(map(id, table.rows[:_HEADER_ROWS])):
            continue
        found = list(_header_years(table))
        if found and all(one != str(year) for one, _ in found):
            yield from found


def _header_years(table: RawTable) -> Iterator[tuple[str, Location]]:
    for row in table.rows[:_HEADER_ROWS]:
        for cell in row:
            if cell.text.startswith("20") and (match := _HEADER.fullmatch(cell.text)):
                yield match["year"], Location.text(cell.place, cell.text, "suspect")


def _by_year(found: Iterator[tuple[str, Location]]) -> dict[str, list[Location]]:
    years: dict[str, list[Location]] = {}
    for year, location in found:
        years.setdefault(year, []).append(location)
    return years


RULE = Rule(
    code="OB804",
    name="other-year",
    title="标题、表头或说明写着别的年度",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（内容准确）",
    what="标题、表注、表头中的年度，以及以“20××年”开头讲本年预算的句子，与文件年度比较。"
    "与上年的比较、执行数、截至日期、文号和引用的文件不算。",
    why="往年的标题和句子是照抄上年文件的痕迹，数字可能也是往年的。",
    bad="2024 年部门预算公开文件中的标题：2023 年政府购买服务目录",
    good="2024 年政府购买服务目录",
    mend="改成本年度，并核对其下的内容是否也已更新。",
    check=check,
)
