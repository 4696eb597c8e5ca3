"""`openbook show`: what was read out of a file, so that a reader sees what the tool saw."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openbook.api import Document, read_document
from openbook.commands.dump import dump
from openbook.commands.inputs import WrongUse, expand
from openbook.commands.streams import colour, width
from openbook.document import Cell, Claim, Form, Row, Statement
from openbook.money import show as show_amount
from openbook.reading.errors import Unreadable, in_words
from openbook.reporting.terminal import Paint, cut, pad, visible
from openbook.reporting.terminal import width as columns_of
from openbook.source import Place

LEVELS = {"department": "部门", "unit": "单位"}
STAGES = {"budget": "预算", "accounts": "决算"}
CLAIMS = {
    "amount": "金额", "change": "增减", "growth": "增幅", "share": "占比",
    "flat": "持平", "count": "数量", "items": "列举",
}  # fmt: skip
NAME = 36  # columns of a row's name at most
HEAD = 14  # columns of a column's heading at most


def run(path: str, form: str) -> int:
    """Show one file."""
    if Path(path).is_dir():
        raise WrongUse(f"{path} 是文件夹；show 一次看一份文件")
    (path,) = expand((path,))[:1]
    try:
        document = read_document(path)
    except Unreadable as error:
        raise WrongUse(f"{path} 无法读取：{error}") from None
    except OSError as error:
        raise WrongUse(f"{path} 打不开：{in_words(error)}") from None
    if form == "json":
        told: Any = json.dumps(dump(document), ensure_ascii=False, indent=1)
        sys.stdout.write(told.encode("utf-8", "backslashreplace").decode() + "\n")
    else:
        sys.stdout.write("\n".join(_Shown(document).lines()) + "\n")
    return 0


def span(first: Place, last: Place) -> str:
    """第 12-40 行 or 第 3-4 页."""
    if first.page is not None:
        return _range(first.page, last.page, "页")
    if first.line is not None:
        sheet = f"工作表“{visible(first.sheet)}”" if first.sheet else ""
        return sheet + _range(first.line, last.line, "行")
    return "位置不明"


def _range(first: int, last: int | None, word: str) -> str:
    return f"第 {first} {word}" if last is None or last <= first else f"第 {first}–{last} {word}"


class _Shown:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.paint = Paint(colour(sys.stdout))
        self.width = width(sys.stdout)

    def lines(self) -> Iterator[str]:
        document = self.document
        kind = f"{LEVELS.get(document.level, '')}{STAGES.get(document.stage, '')}"
        known = [
            document.department,
            f"{document.year} 年度" if document.year else None,
            kind,
            document.layout,
        ]
        yield self.paint("bold", visible(document.path))
        yield "  " + "，".join(visible(part) for part in known if part)
        for problem in (*document.source.problems, *document.problems):
            yield self.paint(
                "yellow",
                f"  {problem.code} {visible(problem.message)}（{span(problem.place, problem.place)}）",
            )
        yield self._title(f"报表 {len(document.statements)} 张")
        for statement in document.statements:
            yield from self._statement(statement)
        yield self._title(f"说明中的数字 {len(document.claims)} 处")
        for claim in document.claims:
            yield self._claim(claim)
        yield self._title(f"绩效目标表 {len(document.forms)} 张")
        for form in document.forms:
            yield from self._form(form)

    def _title(self, text: str) -> str:
        return "\n" + self.paint("bold", f"■ {text}")

    def _statement(self, statement: Statement) -> Iterator[str]:
        place = span(statement.place, statement.last)
        unit = f"单位：{statement.unit.value}"
        told = f"《{visible(statement.title)}》 [{statement.kind}] {place} {unit}"
        doubt = "" if statement.reliable else "  栏目是推断的"
        yield ""
        yield self.paint("cyan", told) + self.paint("yellow", doubt)
        if statement.note:
            yield f"  注：{visible(statement.note)}（{span(statement.note_place, statement.note_place)}）"
        if not statement.rows:
            yield "  空表"
        yield from self._table(statement)

    def _table(self, statement: Statement) -> Iterator[str]:
        columns = statement.columns
        texts = {row: [_text(row.cells.get(column.key)) for column in columns] for row in statement.rows}
        sizes = [
            min(
                HEAD,
                max(
                    [columns_of(visible(column.label)), *(columns_of(told[index]) for told in texts.values())]
                ),
            )
            for index, column in enumerate(columns)
        ]
        name = min(NAME, max((columns_of(_name(row)) for row in statement.rows), default=0))
        head = [
            pad(cut(visible(column.label), size), size, right=True)
            for column, size in zip(columns, sizes, strict=True)
        ]
        if statement.rows:
            yield self.paint("dim", "  ".join([" " * 6, pad("", name), *head]))
        for row, told in texts.items():
            cells = [pad(cut(one, size), size, right=True) for one, size in zip(told, sizes, strict=True)]
            mark = pad(_mark(row.place), 6, right=True)
            yield "  ".join([self.paint("dim", mark), pad(cut(_name(row), name), name), *cells]).rstrip()

    def _claim(self, claim: Claim) -> str:
        place = pad(_mark(claim.place), 6, right=True)
        kind = CLAIMS.get(claim.kind, claim.kind)
        speaks = f" → {claim.concept}" if claim.concept else ""
        bound = f" = {claim.cells[0].describe()}" if claim.cells else ""
        told = f"{kind} {visible(claim.subject)} {visible(claim.text)}{speaks}{bound}"
        return f"{self.paint('dim', place)}  {cut(told, self.width - 8)}"

    def _form(self, form: Form) -> Iterator[str]:
        project = visible(form.project.text) if form.project else "部门整体"
        yield ""
        yield self.paint("cyan", f"{project}  {span(form.place, form.last)}")
        for fund in form.funds:
            period = "整个期间" if fund.period else "本年"
            amount = f"{show_amount(fund.amount)} 万元" if fund.amount is not None else "未填"
            yield f"{pad(_mark(fund.place), 6, right=True)}  {period} {visible(fund.label)} {amount}"
        for one in form.indicators:
            targets = " / ".join(visible(target.text) for target in (one.target, one.year_target) if target)
            told = f"{visible(one.level1)} › {visible(one.level2)} › {visible(one.name.text)}  {targets}"
            yield f"{pad(_mark(one.name.place), 6, right=True)}  {cut(told, self.width - 8)}"


def _text(cell: Cell | None) -> str:
    return visible(cell.text) if cell is not None else ""


def _name(row: Row) -> str:
    side = {"revenue": "收 ", "expenditure": "支 "}.get(row.side or "", "")
    return side + visible(f"{row.code} {row.name}" if row.code else row.name)


def _mark(place: Place) -> str:
    if place.page is not None:
        return f"p{place.page}"
    return str(place.line) if place.line is not None else ""
