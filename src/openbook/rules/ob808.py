"""OB808: the table of contents and the body do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.names import plain
from openbook.rules.scan import Scan, scan, short
from openbook.rules.toc import Contents, Entry, contents

_SHORTEST_TITLE = 4
_WHOSE = re.compile(r"\A本?(?:部门|单位)")
_FEWEST_TABLES = 5
_IN_THE_TEXT = ("procurement", "assets")  # small tables inside the explanation


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    found = contents(document)
    if found is None:
        return
    text = scan(document)
    yield from _pages(text, found.entries)
    yield from _absent(text, found, scanned=document.source.scanned)
    titles = [plain(entry.title) for entry in found.entries]
    if sum(title.endswith("表") or "表" in title[-8:] for title in titles) < _FEWEST_TABLES:
        return
    for statement in document.statements:
        title = plain(statement.title)
        if statement.kind in _IN_THE_TEXT or len(title) < _SHORTEST_TITLE:
            continue
        if not any(_same(title, one) for one in titles):
            yield Finding(
                code="OB808",
                message=f"正文有《{short(statement.title)}》，目录中没有列出。请更新目录。",
                locations=(Location.text(statement.place, statement.title, "suspect"),),
                key=("not-in-contents", statement.kind),
                severity=Severity.INFO,
            )


def _pages(text: Scan, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    """Page numbers that fall: the entry that breaks the order, with its neighbours."""
    paged = [entry for entry in entries if entry.page is not None]
    for index, entry in enumerate(paged[1:], 1):
        before = paged[index - 1]
        assert before.page is not None
        assert entry.page is not None
        if entry.page >= before.page:
            continue
        high = index >= 2 and (paged[index - 2].page or 0) <= entry.page and _rises(paged, index)
        odd, other = (before, entry) if high else (entry, before)
        yield Finding(
            code="OB808",
            message=f"目录页码颠倒：“{short(before.title)}”在第 {before.page} 页，"
            f"其后的“{short(entry.title)}”却在第 {entry.page} 页。请更新目录域。",
            locations=(text.locate(odd.start, odd.end), text.locate(other.start, other.end, role="proof")),
            key=("page-order", plain(odd.title)),
        )


def _rises(paged: list[Entry], index: int) -> bool:
    """Whether the entries after `index` go on from it rather than from the one before."""
    after = paged[index + 1].page if index + 1 < len(paged) else None
    return after is not None and after < (paged[index - 1].page or 0)


def _absent(text: Scan, found: Contents, *, scanned: bool) -> Iterator[Finding]:
    body = text.text[found.end :]
    squeezed: str | None = None
    for entry in found.entries:
        title = plain(_WHOSE.sub("", entry.title))
        if len(title) < _SHORTEST_TITLE or entry.title in body:
            continue
        if squeezed is None:
            squeezed = plain(body)
        half = len(title) // 2
        if title in squeezed or (scanned and (title[:half] in squeezed or title[half:] in squeezed)):
            continue
        yield Finding(
            code="OB808",
            message=f"目录列有“{short(entry.title)}”，正文中找不到这个标题。请补上内容或更新目录。",
            locations=(text.locate(entry.start, entry.end),),
            key=("not-in-body", title),
            severity=Severity.INFO,
        )


def _same(title: str, entry: str) -> bool:
    return title in entry or entry in title or title[-8:] == entry[-8:]


RULE = Rule(
    code="OB808",
    name="contents-differ-from-body",
    title="目录与正文不符",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（形式规范）",
    what="目录页码应依次不减；目录所列标题应在正文出现；正文的报表应列入目录。",
    why="目录不更新，公众翻不到要看的表，也看不出是否少公开了一张。",
    bad="（一）政府购买服务指导性目录……45；（二）其他……23；第四部分 名词解释……47",
    good="（一）政府购买服务指导性目录……45；（二）其他……46；第四部分 名词解释……47",
    mend="定稿后在办公软件中“更新域—更新整个目录”。",
    check=check,
)
