"""OB801: marks of drafts, reviews, scanners and programs left in the published file."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.lists import load
from openbook.rules.scan import Scan, ask, scan, some

_BRACKETS = '()（）[]【】〔〕<>《》:： \t　·-—*“”"'

ask(lambda: [mark["text"] for kind in ("mark", "alone") for mark in load("leftovers")[kind]])


def check(context: Context) -> Iterator[Finding]:
    text = scan(context.document)
    marks = load("leftovers")
    for mark in marks["mark"]:
        yield from _finding(mark, [text.locate(at, at + len(mark["text"])) for at in text.find(mark["text"])])
    for mark in marks["alone"]:
        word = mark["text"]
        places = [at for at in text.find(word) if _alone(text, at, word)]
        yield from _finding(mark, [text.locate(at, at + len(word)) for at in places])


def _finding(mark: dict[str, str], locations: list[Location]) -> Iterator[Finding]:
    if not locations:
        return
    pages = {one.place.page for one in locations if one.place.page is not None}
    where = f"{len(locations)} 处" + (f"，{len(pages)} 页" if len(pages) > 1 else "")
    yield Finding(
        code="OB801",
        message=f"文件中留有{mark['says']}“{mark['text']}”（{where}）。请从定稿重新导出后再发布。",
        locations=some(locations),
        key=("mark", mark["text"]),
    )


def _alone(text: Scan, at: int, word: str) -> bool:
    """Whether the word is its whole line or cell, or the bracketed end of a short title."""
    line = text.line_at(at)
    start = line.text.rfind("\t", 0, at - line.start) + 1
    end = line.text.find("\t", at - line.start)
    cell = line.text[start : end if end >= 0 else len(line.text)]
    if cell.strip(_BRACKETS) == word:
        return True
    bracketed = cell.rstrip().endswith((f"（{word}）", f"({word})"))
    return bracketed and len(cell) <= 40 and "《" not in cell and ("预算" in cell or "决算" in cell)


RULE = Rule(
    code="OB801",
    name="internal-mark-left",
    title="留有内部标记、水印或编辑提示",
    severity=Severity.WARNING,
    basis="政府信息公开条例第六条（及时、准确）、第十七条（公开前审查）",
    what="查找审核水印、草稿与征求意见稿标记、扫描软件水印、修改提示、电子表格出错值等。"
    "引用的文件名（如《办法（征求意见稿）》）不报。",
    why="说明发布的不是定稿，或定稿由扫描件、试用软件转出；公众会据此怀疑数据未经审定。",
    bad="每页都有“仅供内部审核”字样",
    good="页面上只有要公开的内容",
    mend="关掉水印，删去提示，从定稿直接导出，不要扫描纸件。",
    check=check,
)
