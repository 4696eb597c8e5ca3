"""The names that a template of the whole document may use, and what stands behind them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Sequence
from functools import cache
from importlib import resources
from typing import Any

from openbook.book.model import Words
from openbook.book.tables import TEXTS
from openbook.composing.explanation import Blocks, paragraphs
from openbook.composing.facts import chosen
from openbook.composing.figures import Amount, amount_of, named_figures
from openbook.composing.forms import forms, project_amount
from openbook.composing.holdings import (
    asset_total,
    assets,
    assets_table,
    owned_by,
    procurement,
    procurement_table,
    units_table,
)
from openbook.composing.plan import LEVELS
from openbook.composing.saying import ItemSaid, Part, ProjectSaid, Said, composition
from openbook.composing.tables import table_of
from openbook.composing.telling import Teller, inline
from openbook.composing.work import Work, functions_in
from openbook.disclosure import Block, Chart, Contents, Cover, Paragraph, Point, Run, Table


def names(
    work: Work, teller: Teller, blocks: Blocks, words: dict[str, str], *, handlers: bool
) -> dict[str, Any]:
    """Everything a template may use, by its Chinese name."""
    book = work.book
    figures = {name: Said(teller, work.figure(named)) for name, named in named_figures().items()}
    spoken = [project for project in book.projects if project_amount(work, project).exact]
    owned = owned_by(book, work.unit)
    purchases = [purchase for purchase in book.purchases if purchase.unit in work.facts.units]
    level, above = LEVELS[work.level], (words["above"], "单位：万元")
    units = [unit for unit in book.units if unit.name in work.facts.units]
    return {
        **figures,
        "年": book.year,
        "上年": book.year - 1,
        "部门": inline(words["department"]),
        "级": level,
        "单位": units,
        "有机关": any(unit.agency for unit in units),
        "项目": [ProjectSaid(work, teller, project) for project in spoken],
        "采购": procurement(teller, book, purchases),
        "资产": assets(book, owned, teller),
        "资产总额": asset_total(owned, teller),
        "构成": lambda whole, *parts: composition(teller, whole, list(parts)),
        "有数的": lambda *parts: [part for part in parts if part],
        "个数": teller.count,
        "功能类": _classes(work, teller),
        "功能项": _items(work, teller),
        "经济科目名单": _economics(work, teller),
        "经济科目": _economic_amounts(work, teller),
        "封面": lambda *lines: blocks.put([Cover(lines[-1], tuple(lines[:-1]))]),
        "目录": lambda title="目录": blocks.put([Contents(title)]),
        "报表": lambda: blocks.put(list(statements(work, words))),
        "采购表": lambda: blocks.put([procurement_table(book, purchases, level, above)]),
        "单位表": lambda: blocks.put([units_table(units)]),
        "资产表": lambda: blocks.put([assets_table(owned, level, above)]),
        "绩效目标表": lambda: blocks.put(forms(work, handlers=handlers)),
        "图": lambda title, kind, parts: blocks.put(_chart(title, kind, parts, len(blocks.found))),
        "正文": lambda key: blocks.put(_text(work, _known(key, TEXTS, "文字"))),
        "有正文": lambda key: bool(words_of_unit(work, _known(key, TEXTS, "文字"))),
        "名词解释": lambda: blocks.put(_terms(work)),
    }  # fmt: skip


def statements(work: Work, words: dict[str, str]) -> list[Table]:
    """All statements, in the order of the layout."""
    return [
        table_of(plan, work.build, work.cells, words, number) for number, plan in enumerate(work.plans, 1)
    ]


def _known(key: str, keys: Collection[str], what: str) -> str:
    """The key; raises ValueError where there is nothing of that name."""
    if key not in keys:
        raise ValueError(f"没有叫“{key}”的{what}，只有：{'、'.join(keys)}")
    return key


# --- lists ---------------------------------------------------------------------------------


def _classes(work: Work, teller: Teller) -> Callable[[str, str], list[Said]]:
    """功能类(kind, column): the functional classes with money, as the statement prints them."""

    columns = {plan.template.kind: [one.key for one in plan.columns] for plan in work.plans}

    def found(kind: str, column: str) -> list[Said]:
        _known(column, columns[_known(kind, columns, "报表")], "栏")
        cells = [
            (address, cell)
            for address, cell in work.cells.items()
            if address.startswith(f"{kind}/2")
            and len(address.split("/")[1]) == 3
            and address.endswith(f"/{column}")
        ]
        return [
            Said(teller, amount_of(cell, work.facts.function_name(address.split("/")[1])))
            for address, cell in sorted(cells)
            if cell.exact
        ]

    return found


def _items(work: Work, teller: Teller) -> Callable[[str], list[ItemSaid]]:
    """功能项(words): functional items of the chosen money, compared with last year by their code."""

    def found(words: str) -> list[ItemSaid]:
        return [
            ItemSaid(work, Said(teller, _item_amount(work, code, members), code), code)
            for code, members in functions_in(work, words).items()
        ]

    return found


def _item_amount(work: Work, code: str, members: int) -> Amount:
    return work.set_amount(members, work.facts.function_name(code), code, f"item:{code}")


def _economic_rows(work: Work, column: str, words: str = "") -> list[tuple[str, str]]:
    """Names and addresses of the economic accounts with money in a column, the largest first.

    `words` narrow the money: an account none of whose money they choose is left out.
    """
    lines = {fact.origin: fact.amount for fact in chosen(work.facts.facts, words)}
    found = [
        (sum(lines.get(origin, 0) for origin in cell.origins), address)
        for address, cell in work.cells.items()
        if address.startswith("general_basic/3") and address.endswith(f"/{column}") and cell.printed
    ]
    ordered = sorted(
        ((amount, address) for amount, address in found if amount), key=lambda item: (-item[0], item[1])
    )
    addresses = [address for _, address in ordered if len(address.split("/")[1]) == 5]
    return [(work.facts.economic_name(address.split("/")[1]), address) for address in addresses]


def _economics(work: Work, teller: Teller) -> Callable[..., str]:
    """经济科目名单(column, words): the names of the accounts with money, as one claim each."""

    def listed(column: str, words: str = "") -> str:
        _known(column, ("personnel", "public"), "栏")
        rows = _economic_rows(work, column, words)
        return "、".join(teller.mark("items", name, None, (address,)) for name, address in rows)

    return listed


def _economic_amounts(work: Work, teller: Teller) -> Callable[[str], list[Said]]:
    def found(column: str) -> list[Said]:
        _known(column, ("personnel", "public"), "栏")
        rows = _economic_rows(work, column)
        return [Said(teller, amount_of(work.cells[address], name)) for name, address in rows]

    return found


# --- blocks --------------------------------------------------------------------------------


def _chart(title: str, kind: str, parts: Sequence[Said | Part], number: int) -> list[Block]:
    if kind not in ("pie", "bar"):
        raise ValueError(f"没有 {kind} 这种图，只有 pie 和 bar")
    amounts = [part.figure.amount if isinstance(part, Part) else part.amount for part in parts]
    points = tuple(
        Point(amount.name, amount.text.removesuffix("万元"), amount.steps, amount.address)
        for amount in amounts
        if amount.steps
    )
    if not points:
        return []
    return [Chart(f"chart-{number + 1}", kind, title, "万元", points)]


def words_of_unit(work: Work, key: str) -> str:
    """A longer text of the book; of a unit's disclosure the section headed with its name, where there is one."""
    text = work.book.texts.get(key, Words()).text.strip()
    sections = _sections(text)
    if work.unit and len(work.book.units) > 1:
        return sections.get(work.unit, "")
    return text


def _sections(text: str) -> dict[str, str]:
    """Stretches of a text by the heading they stand below (``# 名称``)."""
    found: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            heading = line.strip().lstrip("#").strip()
        else:
            found[heading] = f"{found.get(heading, '')}{line}\n"
    return {heading: section.strip() for heading, section in found.items()}


def _text(work: Work, key: str) -> list[Block]:
    return paragraphs(words_of_unit(work, key), f"text:{key}")


@cache
def _known_terms() -> tuple[tuple[str, str], ...]:
    raw = tomllib.loads((resources.files("openbook.composing") / "terms.toml").read_text("utf-8"))
    return tuple((term["name"], term["text"]) for term in raw["term"])


def _terms(work: Work) -> list[Block]:
    """The book's own explanations of terms, else the ones that come with OpenBook."""
    own = _text(work, "terms")
    if own:
        return own
    return [
        Paragraph((Run(f"{number}、{name}：", bold=True), Run(f"指{text}")))
        for number, (name, text) in enumerate(_known_terms(), 1)
    ]
