"""The sheet 核对: revenue against expenditure by source, in formulas that follow what is filled in."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from openbook.book.model import SOURCES
from openbook.book.raw import RawBook
from openbook.book.tables import EXPENDITURE, FORWARD, REVENUE, Sheet
from openbook.book.workbook_format import Formats
from openbook.book.workbook_names import BALANCE

_NOTE = "每一种资金来源：收入（含上年结转）减支出减结转下年，应当是 0。随填随算；金额写成文字的不计在内。程序不读这张表。"
_COLUMNS = (REVENUE, EXPENDITURE, FORWARD)


def write_balance(book: Any, formats: Formats, raw: RawBook) -> None:
    page = book.add_worksheet(BALANCE)
    page.write_string(0, 0, _NOTE, formats.strong)
    heads = ("资金来源", *(sheet.title for sheet in _COLUMNS), "相差", "结果")
    for column, head in enumerate(heads):
        page.set_column(column, column, 24 if column == 0 else 18)
        page.write_string(1, column, head, formats.optional)
    sums = [_sums(raw, sheet) for sheet in _COLUMNS]
    for row, source in enumerate(SOURCES.values(), 2):
        page.write_string(row, 0, source, formats.fixed)
        amounts = [one[source] for one in sums]
        for column, (sheet, amount) in enumerate(zip(_COLUMNS, amounts, strict=True), 1):
            page.write_formula(row, column, _sum_of(sheet, row), formats.money, amount)
        off = amounts[0] - amounts[1] - amounts[2]
        page.write_formula(row, 4, f"=ROUND(B{row + 1}-C{row + 1}-D{row + 1},2)", formats.money, off)
        page.write_formula(row, 5, f'=IF(E{row + 1}=0,"平","不平")', formats.strong, "不平" if off else "平")
    page.freeze_panes(2, 1)


def _sum_of(sheet: Sheet, row: int) -> str:
    amount, source = (f"'{sheet.title}'!{_letter(sheet, key)}" for key in ("amount", "source"))
    return f"=SUMIFS({amount},{source},A{row + 1})"


def _letter(sheet: Sheet, key: str) -> str:
    from xlsxwriter.utility import xl_col_to_name

    letter = xl_col_to_name([field.key for field in sheet.fields].index(key))
    return f"${letter}:${letter}"


def _sums(raw: RawBook, sheet: Sheet) -> defaultdict[str, Decimal]:
    """What the formula will give, for programs that show the stored result."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in raw.tables.get(sheet.key, []):
        try:
            amount = Decimal(row.values.get("amount", ""))
        except InvalidOperation:
            continue
        sums[row.values.get("source", "")] += amount
    return sums
