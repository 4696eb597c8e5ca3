"""From rows of text to a `BudgetBook`: every value understood or told why not, the rest of the book read on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

from openbook.book.faults import fault
from openbook.book.folder_names import safe_code
from openbook.book.model import (
    Asset,
    BudgetBook,
    Control,
    Expenditure,
    Fault,
    Forward,
    Indicator,
    Prior,
    Project,
    Purchase,
    Revenue,
    Spot,
    Unit,
    Words,
)
from openbook.book.raw import RawBook, RawRow
from openbook.book.tables import (
    ACCOUNTS,
    BOOK,
    FORMAT,
    INDICATORS,
    PROJECT_TEXTS,
    PROJECTS,
    PURPOSES,
    REASONS,
    SHEETS,
    TEXTS,
    UNITS,
    Field,
    Sheet,
)
from openbook.book.topics import reason_key
from openbook.book.values import Known, Wrong, tidy, value_of

FIRST_YEAR, LAST_YEAR = 2018, 2099  # the economic classification of a book begins in 2018

Values = dict[str, Any]
_ROWS: dict[str, type] = {
    "units": Unit,
    "expenditure": Expenditure,
    "revenue": Revenue,
    "forward": Forward,
    "prior": Prior,
    "purchases": Purchase,
    "assets": Asset,
    "controls": Control,
}
# One row only of each of these.
_UNIQUE = {
    "units": "name",
    "accounts": "code",
    "prior": "item unit",
    "reasons": "item unit",
    "purposes": "function",
    "projects": "code",
    "assets": "item unit",
}
_MISSING_COLUMN = ("BK056", "BK107")


def parse(raw: RawBook) -> tuple[BudgetBook, list[Fault]]:
    """The book and everything wrong with how it is written; rows that cannot be understood are left out.

    Projects stand in the order of their codes, however the book is stored.
    """
    parser = _Parser(raw)
    return parser.book(), parser.faults


class _Parser:
    def __init__(self, raw: RawBook) -> None:
        self.raw = raw
        self.faults = list(raw.faults)
        self.known = Known()

    def book(self) -> BudgetBook:
        info, spots = self.first_page()
        book = BudgetBook(self.raw.path, **info, spots=spots)
        self.known = self._known(book.year)
        for sheet in SHEETS:
            if build := _ROWS.get(sheet.key):
                getattr(book, sheet.key).extend(
                    _built(build, values, row.spot()) for values, row in self.rows(sheet)
                )
        book.accounts = {values["code"]: values["name"] for values, _ in self.rows(ACCOUNTS)}
        book.reasons = {
            reason_key(v["item"], v.get("unit", "")): _words(v["text"], row, REASONS)
            for v, row in self.rows(REASONS)
        }
        book.purposes = {v["function"]: _words(v["text"], row, PURPOSES) for v, row in self.rows(PURPOSES)}
        book.projects = self.projects()
        book.texts = self.texts()
        return book

    def first_page(self) -> tuple[Values, dict[str, Spot]]:
        row = next(iter(self.raw.tables.get(BOOK.key, [])), RawRow({}, BOOK.file))
        values = self.values(row, BOOK) or {}
        spots = {field.key: row.spot(field.key, field.head) for field in BOOK.fields}
        kind = values.pop("format", FORMAT)
        if kind != FORMAT:
            mend = "请升级程序。" if kind > FORMAT else f"请改为 {FORMAT}。"
            self.fault("BK113", f"账簿格式是 {kind}，这个程序只认 {FORMAT}。", mend, spots["format"])
        year = values.get("year")
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            mend = f"请写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位年份。"
            self.fault("BK217", f"预算年度不会是 {year}。", mend, spots["year"])
            values["year"] = 0
        return {"layout": "", "year": 0, "department": "", **values}, spots

    def _known(self, year: int) -> Known:
        """Names and codes that rows may refer to: also those of rows that are wrong otherwise."""
        tables = self.raw.tables
        return Known(
            year,
            {tidy(row.values.get("name", "")) for row in tables.get(UNITS.key, [])} - {""},
            {
                tidy(row.values.get("code", "")): tidy(row.values.get("name", ""))
                for row in tables.get(PROJECTS.key, [])
            },
            {
                tidy(row.values.get("code", "")): tidy(row.values.get("name", ""))
                for row in tables.get(ACCOUNTS.key, [])
            },
        )

    def rows(self, sheet: Sheet) -> Iterator[tuple[Values, RawRow]]:
        """Every good row of a table with its values."""
        rows = self.raw.tables.get(sheet.key, [])
        absent = self.absent(sheet, rows)
        unique = _UNIQUE.get(sheet.key, "").split()
        first: dict[tuple[Any, ...], RawRow] = {}
        for row in rows:
            values = self.values(row, sheet, absent)
            if values is None:
                continue
            key = tuple(values.get(one, "") for one in unique)
            if unique and key in first:
                self.twice(sheet.field(unique[0]), row, first[key])
                continue
            first[key] = row
            yield values, row

    def absent(self, sheet: Sheet, rows: list[RawRow]) -> frozenset[str]:
        """Required columns that reading has already missed: not to be told again for each row."""
        told = [
            one.message
            for one in self.faults
            if one.code in _MISSING_COLUMN and rows and one.spot.file == rows[0].file
        ]
        heads = {field.head: field.key for field in sheet.fields}
        return frozenset(
            key for head, key in heads.items() if any(f"“{head}”" in message for message in told)
        )

    def values(self, row: RawRow, sheet: Sheet, absent: frozenset[str] = frozenset()) -> Values | None:
        """Typed values of the fields that are filled in; None where one of them is wrong."""
        values: Values = {}
        good = True
        for field in sheet.fields:
            spot = row.spot(field.key, field.head)
            text = tidy(row.values.get(field.key, ""))
            if not text:
                if field.required:
                    good = False
                    if field.key not in absent:
                        self.fault("BK201", f"“{field.head}”没有填。", f"请补上：{field.help}。", spot)
                continue
            try:
                values[field.key] = self.value(text, field, sheet)
            except Wrong as wrong:
                good = False
                self.fault(wrong.code, wrong.message, wrong.mend, spot)
        return values if good or sheet is BOOK else None

    def value(self, text: str, field: Field, sheet: Sheet) -> str | int:
        value = value_of(text, field, self.known)
        if sheet is PROJECTS and field.key == "code" and not safe_code(text):
            mend = "请用字母、数字、汉字、“-”和“_”，不超过 80 个字。"
            raise Wrong("BK215", f"项目编码“{text[:40]}”里有不能用的字符。", mend)
        return value

    def projects(self) -> list[Project]:
        indicators: dict[str, list[Indicator]] = {}
        for values, row in self.rows(INDICATORS):
            project = values.pop("project")
            indicators.setdefault(project, []).append(_built(Indicator, values, row.spot()))
        found = []
        for values, row in self.rows(PROJECTS):
            texts = {
                key: _words(values.pop(key), row, PROJECTS, key) for key in PROJECT_TEXTS if key in values
            }
            money: dict[str, dict[str, int]] = {"funds": {}, "year_funds": {}}
            for key in [key for key in values if "." in key]:
                group, _, level = key.partition(".")
                money[group][level] = values.pop(key)
            code = values["code"]
            given = {**values, **money, "texts": texts, "indicators": tuple(indicators.get(code, ()))}
            found.append(_built(Project, given, row.spot()))
        return sorted(found, key=lambda project: project.code)

    def texts(self) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for key, title in TEXTS.items():
            row = self.raw.texts.get(key)
            if row is None or not (text := tidy(row.values.get("text", ""))):
                continue
            try:
                value_of(text, Field("text", title, "text", ""), self.known)
            except Wrong as wrong:
                self.fault(wrong.code, wrong.message, wrong.mend, row.spot())
                continue
            found[key] = Words(text, row.spot())
        return found

    def fault(self, code: str, message: str, mend: str, spot: Spot) -> None:
        self.faults.append(fault(code, message, mend, spot))

    def twice(self, field: Field, row: RawRow, first: RawRow) -> None:
        where = first.spot().describe()
        text = tidy(row.values.get(field.key, ""))
        message = f"“{text[:40]}”写了两行，前一行在{where}。"
        self.fault("BK218", message, "请删去一行。", row.spot(field.key, field.head))


def _words(text: str, row: RawRow, sheet: Sheet, key: str = "text") -> Words:
    return Words(text, row.spot(key, sheet.field(key).head))


def _built(build: type, values: Values, spot: Spot) -> Any:
    """One row of the book; what is not filled in and has no default is ""."""
    blank = {
        one.name: "" for one in fields(build) if one.default is MISSING and one.default_factory is MISSING
    }
    return build(**{**blank, **values, "spot": spot})
