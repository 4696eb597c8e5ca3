"""OB010: characters lost."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.reading_findings import reported


def check(context: Context) -> Iterator[Finding]:
    yield from reported(context, "OB010")


RULE = Rule(
    code="OB010",
    name="characters-lost",
    title="有文字无法解码",
    severity=Severity.WARNING,
    basis="政府信息公开条例第二十四条：应具备检索、查阅、下载功能",
    what="文件里有一部分字节不是所用编码的文字，读成了替换符号。",
    why="丢失的文字可能正好在数字旁边。",
    bad="“预算\ufffd\ufffd总表”",
    good="“预算收支总表”",
    mend="用 UTF-8 编码重新导出文件。",
    check=check,
)
