"""OB403: an account is called by the name of former years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openbook.accounts.classification import FUNCTIONAL, Account, classification
from openbook.accounts.judging import Verdict
from openbook.accounts.names import stem
from openbook.accounts.printed import coded_statements, locations, printed
from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.source import Paragraph

_LEVEL = re.compile(r"[（(]\d{0,7}([类款项])")
_DIGITS = {"类": 3, "款": 5, "项": 7}
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"20\d\d(?= ?年)")
_NEAR = 60  # a year named so many letters before speaks of the same figure


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    if document.year is None:
        return
    found: dict[tuple[str, str], tuple[Account, list[Location]]] = {}
    for former, location in _occurrences(document, document.year):
        found.setdefault((former.code, former.name), (former, []))[1].append(location)
    for former, places in found.values():
        now = classification(document.year).successor(former)
        if now is not None:
            yield _finding(former, now, document.year, places)


def _occurrences(document: Document, year: int) -> Iterator[tuple[Account, Location]]:
    for pair in printed(document):
        if pair.judgement.verdict is Verdict.FORMER and pair.judgement.former:
            for location in locations(pair.rows):
                yield pair.judgement.former, location
    formers, classes = _formers(year), _classes(year)
    for statement in coded_statements(document):
        for row in statement.rows:
            line = classes.get(stem(row.name)) if not row.code else None
            if line is not None:
                yield line, locations([row])[0]
    for paragraph in document.source.paragraphs():
        yield from _in_prose(paragraph, formers, classes)


def _in_prose(
    paragraph: Paragraph, formers: tuple[Account, ...], classes: dict[str, Account]
) -> Iterator[tuple[Account, Location]]:
    """A class as 名称支出, and any account as 名称（类）, 名称（款）, 名称（项）."""
    text = paragraph.text
    spans: dict[int, tuple[int, Account]] = {}
    for name, former in classes.items() if "支出" in text else ():
        start = text.find(name + "支出")
        while start >= 0:
            spans[start] = (start + len(name) + 2, former)
            start = text.find(name + "支出", start + len(name))
    for level in _LEVEL.finditer(text):
        found = _named_before(text, level.start(), _DIGITS[level[1]], formers)
        if found is not None:
            spans[found[0]] = (level.start(), found[1])
    for start, (end, former) in spans.items():
        years = _YEAR.findall(text, max(0, start - _NEAR), start)
        if not years or int(years[-1]) > (former.until or 0):
            yield former, Location.text(paragraph.place(start, end), text[start:end])


def _named_before(
    text: str, end: int, digits: int, formers: tuple[Account, ...]
) -> tuple[int, Account] | None:
    """The former account of that level whose whole name ends at `end`, and where it starts."""
    for former in formers:
        if len(former.code) == digits:
            for name in (former.name, stem(former.name)):
                start = end - len(name)
                whole = digits == 3 or not _HANZI.match(text, start - 1)
                if start >= 0 and text.startswith(name, start) and (start == 0 or whole):
                    return start, former
    return None


@lru_cache(maxsize=16)
def _formers(year: int) -> tuple[Account, ...]:
    accounts = classification(year).formers()
    return tuple(account for account in accounts if account.kind == FUNCTIONAL)


@lru_cache(maxsize=16)
def _classes(year: int) -> dict[str, Account]:
    return {stem(former.name): former for former in _formers(year) if len(former.code) == 3}


def _finding(former: Account, now: Account, year: int, places: list[Location]) -> Finding:
    return Finding(
        code="OB403",
        message=f"科目 {former.code} 用了旧名称“{former.name}”，共 {len(places)} 处；"
        f"{year}年科目表中的名称是“{now.name}”（旧名称用到{former.until}年）。请统一改用现行名称。",
        locations=tuple(places),
        key=("former", former.code, former.name),
        expected=now.name,
        actual=former.name,
        severity=Severity.INFO if former.dated in ("不确定", "推断") else Severity.WARNING,
    )


RULE = Rule(
    code="OB403",
    name="former-account-name",
    title="使用了已更名科目的旧名称",
    severity=Severity.WARNING,
    basis="当年《政府收支分类科目》",
    what="在报表的科目名称、收支总表的类级行和说明文字的“……（类）……（款）……（项）”中，"
    "找出已经更名的科目旧名称。谈到旧年度的文字不算。",
    why="旧名称多半是从往年文件复制来的，说明本年文本没有逐项更新。",
    bad="2024年医疗卫生与计划生育支出 30.61 万元",
    good="2024年卫生健康支出 30.61 万元",
    mend="把列出的各处一并改为现行名称。",
    check=check,
)
