"""OB003: the layout is none of those known."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    if document.layout is not None or not document.statements:
        return
    titles = "、".join(statement.title for statement in document.statements[:20])
    yield Finding(
        "OB003",
        f"报表套式不是已知的任何一种，已按标题和栏目文字认定（{titles}）；缺表、次序等与套式有关的检查没有进行。",
        (Location(document.statements[0].place),),
        ("layout",),
    )


RULE = Rule(
    code="OB003",
    name="layout-unknown",
    title="不认识的报表套式",
    severity=Severity.INFO,
    basis="各省财政部门统一规定公开表样（财预〔2016〕143号）",
    what="报表的名称和组合与已知各省套式都不够相像。能认出的表照常核对。",
    why="不知道应有哪些表，就无法判断缺了哪张、次序对不对。",
    bad="自拟的三张表",
    good="本省财政部门规定的全套表样",
    mend="若本省表样确未收录，请按 CONTRIBUTING.md 增加一个套式数据文件。",
    check=check,
)
