"""The generated parts of docs/book.md: tables and columns of a budget book, and its faults, from the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openbook.book.faults import FAULTS
from openbook.book.tables import BOOK, LEVEL2, PROJECTS, SHEETS, TEXTS, TEXTS_SHEET, Field, Sheet
from openbook.book.topics import SUMS, TOPICS

KINDS = {
    "text": "文字",
    "money": "金额，元，最多两位小数",
    "count": "整数",
    "code": "数字编码",
    "date": "日期，年-月-日",
    "choice": "选一个",
    "unit": "单位名称",
    "project": "项目编码",
    "topic": "事项（见下）",
    "function": "功能科目，7 位",
    "economic": "经济科目，5 位",
}
STAGES = {
    "BK0": "读工作簿时",
    "BK1": "读文件夹时",
    "BK2": "各个值",
    "BK3": "账簿自身应当一致的",
    "BK40": "与控制数",
    "BK45": "汇总各单位的账簿时",
    "BK5": "编制公开材料时",
}
_TEXTS_NEEDED = ("duties", "organisation")


def book_parts() -> dict[str, str]:
    """Name of each part -> its text."""
    return {
        "book-tables": "\n".join(_sheet(sheet) for sheet in (BOOK, *SHEETS)),
        "book-texts": _texts(),
        "book-topics": _topics(),
        "book-faults": "\n".join(_faults()),
    }


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; a bar in a cell is escaped."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _sheet(sheet: Sheet) -> str:
    where = f"文件夹里是 `{sheet.file}`，" if sheet.file else "文件夹里写在项目的文件里，"
    needed = "必填" if sheet.required else "没有就空着"
    keyed = sheet is BOOK or sheet is PROJECTS or not sheet.file
    heads = ("栏", *(("键",) if keyed else ()), "必填", "写什么", "说明")
    rows = [
        (field.head, *((f"`{field.key}`",) if keyed else ()), "是" if field.required else "", _kind(field), field.help)
        for field in sheet.fields
    ]  # fmt: skip
    return f"### {sheet.title}\n\n{sheet.help}。{where}工作簿里是“{sheet.title}”表；{needed}。\n\n{table(heads, rows)}"


def _kind(field: Field) -> str:
    if not field.choices:
        return KINDS[field.kind]
    if field.choices.keys() == LEVEL2.keys():
        return "；".join(f"{one}：{'、'.join(of)}" for one, of in _levels().items())
    return "、".join(field.choices.values())


def _levels() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for second, first in LEVEL2.items():
        found.setdefault(first, []).append(second)
    return found


def _texts() -> str:
    rows = [(name, f"`{key}.md`", "是" if key in _TEXTS_NEEDED else "") for key, name in TEXTS.items()]
    return f"工作簿里都在“{TEXTS_SHEET}”表：第一栏写名称，第二栏一行写一段。\n\n" + table(
        ("名称", "文件夹里的文件", "必填"), rows
    )


def _topics() -> str:
    rows = [
        (name, f"不填：{'、'.join(TOPICS[part] for part in SUMS[key])}之和" if key in SUMS else "填", "填")
        for key, name in TOPICS.items()
    ]
    return table(("事项", "上年数", "变动原因"), [*rows, ("7 位功能科目，如 2010301", "填", "填")])


def _faults() -> Iterator[str]:
    for start, stage in STAGES.items():
        rows = [(code, title) for code, title in FAULTS.items() if code.startswith(start)]
        yield f"**{stage}**\n\n{table(('代码', '错误'), rows)}"
