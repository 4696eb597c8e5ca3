"""OB101: a statement of the layout is missing."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.statements.layouts import Layout, layout, plain_title
from openbook.statements.words import fold, title_kind

_CERTAIN = 0.75


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    known = layout(document.layout)
    if known is None:
        return
    present = {statement.kind for statement in document.statements}
    unread = {title_kind(problem.message.split("“")[-1].split("”")[0]) for problem in document.problems}
    mentioned = {entry[0] for entry in unread if entry}
    certain = _share(document, known) >= _CERTAIN and not document.source.scanned
    for kind, title in zip(known.kinds, known.titles, strict=True):
        if kind in present or kind in mentioned or _elsewhere(kind, present):
            continue
        listed = next((line for line in document.contents if plain_title(title) in fold(line.text)), None)
        place = listed.place if listed else document.statements[0].place
        said = "目录中列有该表，正文中没有找到。" if listed else "目录和正文中都没有找到。"
        yield Finding(
            "OB101",
            f"缺少《{title}》：{known.title}应公开 {len(known.kinds)} 张表，{said}没有数据的表也应公开空表并说明。",
            (Location.text(place, listed.text) if listed else Location(place),),
            ("missing", kind),
            severity=Severity.ERROR if certain else Severity.WARNING,
        )


def _share(document: Document, known: Layout) -> float:
    titles = {plain_title(statement.title) for statement in document.statements}
    return sum(title in titles for title in known.plain_titles) / len(known.titles)


def _elsewhere(kind: str, present: set[str]) -> bool:
    """Three public and operating expenses may share one statement."""
    return kind in ("three_public", "operating") and "three_public_operating" in present


RULE = Rule(
    code="OB101",
    name="statement-missing",
    title="缺少应公开的报表",
    severity=Severity.ERROR,
    basis="预算法第十四条第二款；预算法实施条例第六条；财预〔2016〕143号（没有数据的表也应列空表并说明）",
    what="按本省套式应有的报表，在目录和正文中都没有找到。",
    why="少一张表，公众就看不到那一部分钱。",
    bad="九表只公开了八张，没有《国有资本经营预算支出表》",
    good="没有国有资本经营预算的，也公开空表并注明“无数据”",
    mend="补上该表；没有数据的，保留表头并在表下注明。",
    check=check,
)
