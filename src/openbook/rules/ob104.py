"""OB104: an empty statement lacks the note that it has no data."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity

_OWN = frozenset({"procurement", "assets"})


def check(context: Context) -> Iterator[Finding]:
    for statement in context.document.statements:
        if statement.empty and statement.note is None and statement.kind not in _OWN:
            yield Finding(
                "OB104",
                f"《{statement.title}》没有任何数字，表下也没有“本表无数据”之类的说明。",
                (Location(statement.place, statement.title),),
                ("no-note", statement.kind),
            )


RULE = Rule(
    code="OB104",
    name="empty-without-note",
    title="空表没有说明",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号；各地公开表样：无收支时保留空表并在表下说明",
    what="空表下面没有注明为何没有数据。",
    why="没有说明，公众分不清是真的没有，还是漏填。",
    bad="政府性基金预算支出表只有表头",
    good="表下注明“本部门本年度无政府性基金预算，故本表无数据”",
    mend="确无数据的，在表下加注；有数据的，补齐。",
    check=check,
)
