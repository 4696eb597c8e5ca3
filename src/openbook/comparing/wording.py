"""Lines of a book in words: where they stand, their accounts by name, their money."""

from __future__ import annotations

from collections.abc import Mapping

from openbook.accounts.classification import Classification, classification
from openbook.book.faults import money
from openbook.book.model import CATEGORIES, PERIODS, SOURCES, Spot
from openbook.book.tables import EXPENDITURE
from openbook.comparing.addresses import labelled
from openbook.comparing.claims import unlabelled
from openbook.comparing.lines import FIELDS, LineChange
from openbook.writing.data import BookLine

TABLES = {
    "expenditure": "支出",
    "revenue": "收入",
    "forward": "结转下年",
    "prior": "上年数",
    "purchases": "政府采购",
}


class Speaker:
    """Tells of lines. `projects`: names by code; accounts that no classification has are told by code."""

    def __init__(self, year: int, projects: Mapping[str, str]) -> None:
        self.accounts: Classification = classification(year)
        self.projects = projects

    def field(self, key: str, value: str) -> str:
        """One account of a line: ``2010306 政务公开审批``."""
        if not value:
            return "（空）"
        if key == "function":
            account = self.accounts.functional(value)
            return f"{value} {account.name}" if account else value
        if key == "economic":
            account = self.accounts.departmental(value)
            return f"{value} {account.name}" if account else value
        if key == "project":
            return f"项目 {value} {self.projects.get(value, '')}".strip()
        words = {"source": SOURCES, "category": CATEGORIES, "period": PERIODS}.get(key, {})
        return words.get(value, value)

    def accounts_of(self, line: BookLine) -> str:
        """All its accounts, without its money."""
        told = [(key, getattr(line, key)) for key in FIELDS]
        shown = [self.field(key, value) for key, value in told if value]
        return "，".join(shown)

    def line(self, line: BookLine, table: str) -> str:
        accounts = self.accounts_of(line)
        return f"{place(line)} {TABLES.get(table, table)}{'：' if accounts else ''}{accounts}"

    def change(self, change: LineChange) -> str:
        """What became of a line, in one sentence."""
        before, after = change.before, change.after
        if before is None and after is not None:
            return f"新增 {self.line(after, change.table)}，{money(after.amount)}"
        if after is None and before is not None:
            return f"删去 {self.line(before, change.table)}，{money(before.amount)}"
        assert before is not None
        assert after is not None
        told = [
            f"{EXPENDITURE.field(key).head}由“{self.field(key, was)}”改为“{self.field(key, now)}”"
            for key in FIELDS
            if (was := getattr(before, key)) != (now := getattr(after, key))
        ]
        if before.amount != after.amount:
            told.append(f"{money(before.amount)} → {money(after.amount)}（{signed(change.difference)}）")
        else:
            told.append(money(after.amount))
        return f"改动 {self.line(after, change.table)}，{'，'.join(told)}"


def place(line: BookLine) -> str:
    return Spot(line.file, line.row).describe()


def signed(fen: int) -> str:
    """``+1,234.50 元``."""
    return f"{'+' if fen > 0 else ''}{money(fen)}"


def figure_name(address: str, label: str) -> str:
    """Row and column of a figure, for lists under its statement's title."""
    _, row, column = labelled(label)
    return f"“{row}”行“{column}”栏" if label else unlabelled(address)
