"""Sheets of the workbook besides the tables, and what their columns are called."""

from __future__ import annotations

GUIDE = "说明"  # how to fill the workbook; never read
BALANCE = "核对"  # revenue against expenditure by source, in formulas; never read
EXAMPLE = "示例"  # a filled-in example; never read
LISTS = "列表"  # what drop-downs choose from; never read
KEPT = "备份"  # sheets whose name begins so are a person's own; never read
UNREAD = (GUIDE, BALANCE, EXAMPLE, LISTS, KEPT)

KEY, CONTENT, ABOUT = "项目", "内容", "说明"  # columns of 基本信息
NAME = "名称"  # with CONTENT the columns of 文字
