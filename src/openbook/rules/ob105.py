"""OB105: the note says the statement is empty, and it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.statements.words import fold

_EMPTY = re.compile(r"本表无数据|为空表|空表列示|本表为空|没有数据|(?:故|此|因此)本?表(?:无数据|为空)")


def check(context: Context) -> Iterator[Finding]:
    for statement in context.document.statements:
        note = statement.note
        if note is None or statement.empty or not _EMPTY.search(fold(note)):
            continue
        figures = [cell for cell in statement.cells() if cell.amount]
        yield Finding(
            "OB105",
            f"《{statement.title}》有 {len(figures)} 个数字（如{figures[0].describe()} {figures[0].text}），"
            f"表下却注明“{note}”。",
            (Location.text(statement.note_place, note), *(Location.of(cell) for cell in figures[:6])),
            ("note", statement.kind),
        )


RULE = Rule(
    code="OB105",
    name="note-says-empty",
    title="表中有数，注释却称空表",
    severity=Severity.ERROR,
    basis="预算法第十四条；政府信息公开条例第六条：及时、准确地公开",
    what="表下的注释说没有数据，表里却有数字。",
    why="注释与数字必有一个是错的，多半是沿用了往年的模板。",
    bad="合计 47.91，注：本部门无“三公”经费预算，故本表为空表",
    good="有数的表不加空表注释",
    mend="删去注释，或核实数字。",
    check=check,
)
