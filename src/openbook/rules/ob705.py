"""OB705: the file holds what a reader of the page does not see."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.masking import mask
from openbook.rules.scan import short, some
from openbook.source import Hidden


def check(context: Context) -> Iterator[Finding]:
    found: dict[str, list[Hidden]] = {}
    for hidden in context.document.source.hidden:
        found.setdefault(hidden.what, []).append(hidden)
    for what, pieces in found.items():
        first = next((mask(short(piece.text, 30)) for piece in pieces if piece.text.strip()), "")
        sample = f"，如“{first}”" if first else ""
        yield Finding(
            code="OB705",
            message=f"文件中有看不见的内容：{what} {len(pieces)} 处{sample}。请确认可以公开，否则删去后重新导出。",
            locations=some([Location.text(one.place, mask(short(one.text)), "suspect") for one in pieces]),
            key=("hidden", what),
        )


RULE = Rule(
    code="OB705",
    name="hidden-content",
    title="文件中有隐藏内容",
    severity=Severity.WARNING,
    basis="政府信息公开条例第十五条、第十七条（公开前审查）；个人信息保护法第五十一条",
    what="列出隐藏的工作表、行、列、文字和批注、修订等页面上看不见、下载后却能读到的内容。",
    why="隐藏的工作表常是底稿或别的单位的数据，批注里常有内部意见；审查只看页面就会漏掉。",
    bad="xlsx 中有隐藏工作表“测算底稿”",
    good="文件中只有要公开的工作表，没有批注和修订",
    mend="取消隐藏后逐一检查，删去不公开的内容；接受或拒绝全部修订、删除批注，再导出发布。",
    check=check,
)
