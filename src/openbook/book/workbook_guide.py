"""The sheets 说明 and 示例 of the workbook: for people only, never read."""

from __future__ import annotations

from typing import Any

from openbook.book.raw import RawBook
from openbook.book.tables import BOOK, SHEETS, TEXTS, TEXTS_SHEET
from openbook.book.workbook_format import Formats
from openbook.book.workbook_names import BALANCE, EXAMPLE, GUIDE, KEPT, LISTS

_STEPS = {
    "一、填什么": "先填“基本信息”和“单位”，再填“项目”“支出”“收入”，最后填其余各表。没有的就空着，表不要删。",
    "二、颜色": "深蓝底白字的栏必填，浅蓝底的栏可不填；鼠标移到表头上，有这一栏的说明。漏填的必填格显示浅橙色。必填的表，表名标签是深蓝色。",
    "三、怎么填": (
        "一行写一件事，不要合并单元格；合计行第一格写“合计”，程序不读；金额的单位是元，最多两位小数。有下拉列表的从列表中选。"
        "空行不要紧，列的次序可以换，表头的字不能改。从别处粘贴时，请用“选择性粘贴—数值”，以免把下拉列表冲掉。"
    ),
    "四、核对": (
        f"“{BALANCE}”表随填随算：每种资金来源的收入要等于支出加结转下年。“{LISTS}”表可查经济科目和功能科目的编码。"
    ),
    "五、自己的表": f"自己用的底稿可以放在这个文件里，表名以“{KEPT}”开头，程序不读。",
    "六、下一步": (
        "保存后运行 openbook build 这个文件.xlsx -o 公开。程序先检查账簿，有不对的会指出在哪张表、第几行、哪一栏、怎么改；"
        "全部通过后，生成整套公开文本：报表、文字说明、绩效目标表和图表。"
    ),
}


def write_guide(book: Any, formats: Formats) -> None:
    """How to fill the workbook, on one screen, and what each sheet is for."""
    page = book.add_worksheet(GUIDE)
    page.hide_gridlines(2)
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 10)
    page.set_column(2, 2, 90)
    page.set_row(0, 28)
    page.write_string(0, 0, "预算账簿填写说明", formats.title)
    row = 1
    for title, told in _STEPS.items():
        page.write_string(row, 0, title, formats.strong)
        page.merge_range(row, 1, row, 2, told, formats.text)
        page.set_row(row, 16 * (1 + len(told) // 52))
        row += 1
    for column, head in enumerate(("表", "是否必填", "写什么")):
        page.write_string(row, column, head, formats.optional)
    texts = f"{'、'.join(TEXTS.values())}：一行一段；主要职责和机构设置必须有"
    listed = [(sheet.title, sheet.required, sheet.help) for sheet in (BOOK, *SHEETS)]
    for title, required, told in [*listed, (TEXTS_SHEET, True, texts)]:
        row += 1
        page.write_url(row, 0, f"internal:'{title}'!A1", formats.link, title)
        page.write_string(row, 1, "必填" if required else "可不填", formats.text)
        page.write_string(row, 2, told, formats.text)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 1)


def write_example(book: Any, formats: Formats, example: RawBook) -> None:
    """A filled-in book as it would stand on the other sheets, one table below the other."""
    page = book.add_worksheet(EXAMPLE)
    page.set_column(0, 0, 30)
    page.set_column(1, 30, 18)
    page.write_string(0, 0, "这张表只是示例，单位和数都是虚构的，程序不读；看懂后可以删去。", formats.strong)
    row = 2
    for sheet in (BOOK, *SHEETS):
        if not (rows := example.tables.get(sheet.key)):
            continue
        page.write_string(row, 0, f"“{sheet.title}”表这样填（示例）", formats.strong)
        used = [field for field in sheet.fields if any(one.values.get(field.key) for one in rows)]
        for column, field in enumerate(used):
            page.write_string(row + 1, column, field.head, formats.optional)
            for below, one in enumerate(rows, row + 2):
                page.write_string(below, column, one.values.get(field.key, ""), formats.example)
        row += len(rows) + 3
    page.write_string(row, 0, f"“{TEXTS_SHEET}”表这样填（示例）", formats.strong)
    lines = [
        (TEXTS[key], line) for key, one in example.texts.items() for line in one.values["text"].split("\n")
    ]
    for below, (name, line) in enumerate(lines, row + 1):
        page.write_string(below, 0, name, formats.example)
        page.write_string(below, 1, line, formats.example)
