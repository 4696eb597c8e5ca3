"""Texts that will be published: that they are there, are filled in, and tell nobody's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from openbook.book.faults import at, fault
from openbook.book.model import BudgetBook, Fault, Project, Spot
from openbook.book.tables import PROJECTS, TEXTS

_REQUIRED = ("duties", "organisation")
_TEMPLATE = "explanation"  # its braces are filled in by the program
_LEFT = re.compile(
    r"(?<![A-Za-z])[XxＸ×]{2,}(?![A-Za-z])|待(?:填写|填|补充|定稿|完善)|_{3,}|＿{2,}|【[^】\n]{0,40}】"
)
_BRACES = re.compile(r"[{｛][^{}｛｝\n]{0,40}[}｝]")
_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", re.ASCII)
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])",
    re.ASCII,
)
_DIGITS = str.maketrans("０１２３４５６７８９－", "0123456789-")


class _Published(NamedTuple):
    text: str
    spot: Spot
    template: bool = False


def required(book: BudgetBook) -> Iterator[Fault]:
    for key in _REQUIRED:
        if key not in book.texts:
            file = "" if book.path.lower().endswith(".xlsx") else f"{key}.md"
            yield fault("BK371", f"没有写“{TEXTS[key]}”。", "公开的说明必须有这一段，请写上。", Spot(file))


def placeholders(book: BudgetBook) -> Iterator[Fault]:
    for text, spot, template in _published(book):
        found = _LEFT.search(text) or (None if template else _BRACES.search(text))
        if found:
            yield fault("BK372", f"留有待填写的“{found[0][:20]}”。", "请填上，或删去。", spot)


def numbers(book: BudgetBook) -> Iterator[Fault]:
    """Mobile and identity numbers. The message shows no more of them than their beginning."""
    for text, spot, _ in _published(book):
        plain = text.translate(_DIGITS)
        for what, pattern in (("手机号码", _MOBILE), ("身份证号码", _IDENTITY)):
            if found := pattern.search(plain):
                message = f"要公开的文字里有{what}（{found[0][:3]}…）。"
                yield fault("BK373", message, "请删去；公开的材料不写个人的号码。", spot)


def _published(book: BudgetBook) -> Iterator[_Published]:
    """Every text of the book that may be published; handlers and telephones of projects are not."""
    for key in ("department", "region"):
        yield _Published(getattr(book, key), book.spots.get(key, Spot()))
    for unit in book.units:
        for text, name, head in (
            (unit.name, "name", "单位名称"), (unit.rank, "rank", "单位规格"), (unit.funding, "funding", "经费保障形式"),
        ):  # fmt: skip
            yield _Published(text, at(unit.spot, name, head))
    for words in (*book.reasons.values(), *book.purposes.values()):
        yield _Published(words.text, words.spot)
    for project in book.projects:
        yield from _of_project(project)
    for purchase in book.purchases:
        yield _Published(purchase.name, at(purchase.spot, "name", "采购物品名称"))
    for key, words in book.texts.items():
        yield _Published(words.text, words.spot, template=key == _TEMPLATE)


def _of_project(project: Project) -> Iterator[_Published]:
    for key in ("name", "attribute", "period"):
        yield _Published(getattr(project, key), at(project.spot, key, PROJECTS.field(key).head))
    for words in project.texts.values():
        yield _Published(words.text, words.spot)
    for indicator in project.indicators:
        for key, head in (
            ("name", "三级指标"), ("target", "年度指标值"), ("period_target", "实施期指标值"),
            ("description", "指标描述"), ("ground", "指标值确定依据"),
        ):  # fmt: skip
            yield _Published(getattr(indicator, key), at(indicator.spot, key, head))
