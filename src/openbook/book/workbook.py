"""The budget book as one Excel workbook: for finance officers who live in Excel.

One sheet a table of `openbook.book.tables`, 基本信息 and 文字 upright, and sheets that are for people
only (说明, 核对, 示例, 列表). Any program may be used to fill it in; only what is stored counts.
"""

from __future__ import annotations

from openbook.book.workbook_reading import read_workbook
from openbook.book.workbook_writing import write_workbook

__all__ = ["read_workbook", "write_workbook"]
