"""What `openbook new` writes: an empty book, and a small worked example that is a good book itself.

The example is a folder of its own (`example/`), of a fictitious county; `{layout}`, `{year}` and
`{last}` in it stand for the layout, the fiscal year and the year before.
"""

from __future__ import annotations

from pathlib import Path

from openbook.book.folder import read_folder
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import BOOK, FORMAT, PROJECTS, SHEETS, TEXTS, Field, Sheet

README = "README.md"  # in a folder; no part of the book

_EXAMPLE = Path(__file__).parent / "example"
_PROJECT = "projects/P01.toml"
_SHOWN = 3  # rows of the example that the README shows
_OPENING = """# 预算账簿填写说明

这个文件夹是一本预算账簿，是整套公开文本的唯一来源。用 Excel、WPS 或记事本填写各个文件，本说明不属于账簿，可以删去。

1. 先填 `book.toml` 和 `units.csv`，再填 `projects/`、`expenditure.csv`、`revenue.csv`，最后填其余各表。没有的表空着就行。
2. 一行写一件事，不写合计行；金额的单位是元，最多两位小数。空行和 `#` 开头的行不读，列的次序可以换，表头的字不能改。
3. 填好后运行 `openbook build 这个文件夹 -o 公开`。程序先检查账簿，有不对的会指出在哪个文件、第几行、哪一栏、怎么改；全部通过后，生成整套公开文本。

喜欢在一个 Excel 工作簿里填的，运行 `openbook convert 这个文件夹 账簿.xlsx`。下面的例子都是虚构的。
"""


def template(layout: str, year: int) -> RawBook:
    """A book with layout and year filled in and every table empty."""
    first = RawRow({"format": str(FORMAT), "layout": layout, "year": str(year)}, BOOK.file)
    return RawBook("", {BOOK.key: [first], **{sheet.key: [] for sheet in SHEETS}})


def example(layout: str, year: int) -> RawBook:
    """The worked example: two units, three projects, every sum coherent."""
    book = read_folder(_EXAMPLE)
    assert not book.faults, book.faults
    for row in (*(row for rows in book.tables.values() for row in rows), *book.texts.values()):
        row.values = {key: _dated(text, layout, year) for key, text in row.values.items()}
    return book


def _dated(text: str, layout: str, year: int) -> str:
    return text.replace("{layout}", layout).replace("{year}", str(year)).replace("{last}", str(year - 1))


def readme(layout: str, year: int) -> str:
    """How to fill a book that is a folder, in Markdown: every file, its columns, a few lines of the example."""
    shown = example(layout, year)
    parts = [_OPENING, f"## {BOOK.file}　{BOOK.title}\n\n{BOOK.help}。\n\n{_fields(BOOK)}"]
    for sheet in SHEETS:
        if sheet.file.endswith(".csv"):
            rows = shown.tables.get(sheet.key, [])[:_SHOWN]
            parts.append(
                f"## {sheet.file}　{sheet.title}\n\n{sheet.help}。\n\n{_fields(sheet)}\n{_rows(sheet, rows)}"
            )
    project = _dated((_EXAMPLE / _PROJECT).read_text("utf-8"), layout, year)
    parts.append(
        f"## {PROJECTS.file}　{PROJECTS.title}\n\n{PROJECTS.help}。如 {_PROJECT}：\n\n```toml\n{project}```\n"
    )
    texts = "\n".join(f"- `{key}.md`　{name}" for key, name in TEXTS.items())
    parts.append(
        f"## 文字\n\n每段文字一个文件，空一行分段。主要职责和机构设置必须有，其余没有的不必写。\n\n{texts}\n"
    )
    return "\n".join(parts)


def _fields(sheet: Sheet) -> str:
    return "".join(f"- {_name(sheet, field)}{_about(field)}\n" for field in sheet.fields)


def _name(sheet: Sheet, field: Field) -> str:
    return f"`{field.key}` {field.head}" if sheet is BOOK else field.head


def _about(field: Field) -> str:
    words = f"（{'、'.join(field.choices.values())}）" if field.choices else ""
    return f"{'，必填' if field.required else ''}：{field.help}{words}"


def _rows(sheet: Sheet, rows: list[RawRow]) -> str:
    """Lines of the example as a table; "" where it has none."""
    if not rows:
        return ""
    lines = [[field.head for field in sheet.fields], ["---"] * len(sheet.fields)]
    lines += [[row.values.get(field.key, "") for field in sheet.fields] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
