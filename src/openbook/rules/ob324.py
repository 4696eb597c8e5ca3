"""OB324: a reason admits that something was left out of the budget that is disclosed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.sections import silent
from openbook.source import Paragraph

_OMITTED = re.compile(
    r"(?:系统(?:原因|问题|故障)[^。；;]{0,40}?(?:未|没有|没能|无法)(?:能)?(?:提取|导入|录入|生成|取到|取数|反映|显示|统计)"
    r"|(?:未|没有|没能)(?:能)?提取到|漏报|漏编|漏列|少报了)"
)
_AMOUNT = re.compile(r"\d[\d,.]*\s*(?:亿|万)?元")
_STOP = re.compile(r"[。；;]")


def check(context: Context) -> Iterator[Finding]:
    for section in context.document.sections:
        if silent(section):
            continue
        for paragraph in section.paragraphs:
            found = _OMITTED.search(paragraph.text)
            if found:
                yield _finding(paragraph, list(_OMITTED.finditer(paragraph.text)), section.topic or "")


def _finding(paragraph: Paragraph, matches: list[re.Match[str]], topic: str) -> Finding:
    text = paragraph.text
    first = matches[0]
    end = _STOP.search(text, first.end())
    stop = end.start() if end else len(text)
    amount = _AMOUNT.search(text, first.end(), stop)
    money = f"，涉及{amount[0]}" if amount else ""
    return Finding(
        "OB324",
        f"说明自己写明有经费没有编入（“{text[first.start() : min(stop, first.end() + _SHOWN)]}”{money}），"
        "所公开的预算不完整。请补编后重新公开，或者改正这句说明。",
        tuple(Location.text(paragraph.place(match.start(), match.end()), match[0]) for match in matches),
        ("admitted-omission", topic),
        actual=amount[0] if amount else first[0],
    )


_SHOWN = 12

RULE = Rule(
    code="OB324",
    name="admitted-omission",
    title="说明承认有经费没有编入预算",
    severity=Severity.ERROR,
    basis="《预算法》第四条、第十四条、第三十二条",
    what="增减原因写明因系统原因没有提取到、漏报、漏编等，即自己承认所公开的预算不完整。",
    why="全部收入和支出都应当纳入预算；明知缺项仍公开，公开内容就不真实。",
    bad="比上年减少496.42万元，主要原因是因系统原因有关经费未提取到（涉及经费500万元）",
    good="（补入500万元后）比上年增加3.58万元，主要原因是政务服务事项增加",
    mend="补编遗漏的经费，重新生成报表和说明。",
    check=check,
)
