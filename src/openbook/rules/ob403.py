"""OB403: an account is called by the name of former years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openbook.accounts.classification import FUNCTIONAL, Account, classification
from openbook.accounts.judging import Verdict
from openbook.accounts.names import stem
from openbook.accounts.printed import coded_statements, locations, printed
from openbook.document import Document, Paragraph
from openbook.findings import Context, Finding, Location, Rule, Severity

_LEVEL = {3: "类", 5: "款", 7: "项"}
_YEAR = re.compile(r"20\d\d(?=\s*年)")
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
    names, pattern = _formers(year)
    for statement in coded_statements(document):
        for row in statement.rows:
            line = names.get(stem(row.name)) if not row.code else None
            if line is not None and len(line.code) == 3:
                yield line, locations([row])[0]
    if pattern is not None:
        for paragraph in document.source.paragraphs():
            yield from _in_prose(paragraph, names, pattern)


def _in_prose(
    paragraph: Paragraph, names: dict[str, Account], pattern: re.Pattern[str]
) -> Iterator[tuple[Account, Location]]:
    text = paragraph.text
    for match in pattern.finditer(text):
        former = names[stem(match["name"])]
        years = _YEAR.findall(text, max(0, match.start() - _NEAR), match.start())
        if not years or int(years[-1]) > (former.until or 0):
            place = paragraph.place(match.start(), match.end())
            yield former, Location.text(place, match.group())


@lru_cache(maxsize=16)
def _formers(year: int) -> tuple[dict[str, Account], re.Pattern[str] | None]:
    """Names out of use, and how prose uses them: 名称（类）, or a class as 名称支出."""
    accounts = [account for account in classification(year).formers() if account.kind == FUNCTIONAL]
    if not accounts:
        return {}, None
    ways = []
    for account in sorted(accounts, key=lambda each: -len(each.name)):
        ending = rf"(?:支出)?\s*[（(]\s*\d{{0,7}}\s*{_LEVEL[len(account.code)]}"
        if len(account.code) == 3:
            ending = rf"(?:支出|{ending})"
        ways.append(rf"{re.escape(stem(account.name))}(?={ending})")
    pattern = re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{'|'.join(ways)})")
    return {stem(account.name): account for account in accounts}, pattern


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
