"""`openbook trace`: from a printed figure back to the lines of the book, and to what is said of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openbook.book.faults import money
from openbook.book.load import WORKBOOK
from openbook.book.tables import BOOK
from openbook.commands.inputs import WrongUse
from openbook.commands.streams import colour
from openbook.comparing.addresses import labelled, project_names
from openbook.comparing.claims import unlabelled
from openbook.comparing.tracing import Found, Traced, find, trace
from openbook.comparing.wording import Speaker, place, signed
from openbook.disclosure import Claim
from openbook.reading.errors import Unreadable
from openbook.reporting.terminal import Paint, visible
from openbook.writing.data import FILE, Published, PublishedCell, read_data

Styled = tuple[str, str]  # style, text
MOST_SHOWN = 100  # lines, claims or choices
CLAIMS = {
    "amount": "金额", "change": "增减", "growth": "增幅", "share": "占比",
    "flat": "持平", "count": "数量", "items": "列举",
}  # fmt: skip


def run(out: str, asked: str, form: str) -> int:
    """Trace what is asked for. 0 traced, 1 where several figures may be meant and are listed; raises WrongUse."""
    published = _published(out)
    found = find(published, asked)
    if not found.addresses and not found.claims:
        raise WrongUse(f"没有“{asked}”这个数、地址或说明{_nearest(published, found)}")
    one = len(found.addresses) + len(found.claims) == 1
    if form == "json":
        told = {"asked": asked, **_dump(published, found, one=one)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        telling = _Telling(published)
        if one:
            lines = [
                line for address in found.addresses for line in telling.figure(trace(published, address))
            ]
            lines += [line for claim in found.claims for line in telling.claim(claim)]
        else:
            lines = list(telling.choices(asked, found))
        paint = Paint(colour(sys.stdout))
        for style, text in lines:
            sys.stdout.write((paint(style, visible(text)) if style else visible(text)) + "\n")
    return 0 if one else 1


def _published(out: str) -> Published:
    folder = Path(out)
    if folder.name == FILE:
        folder = folder.parent
    if not (folder / FILE).exists():
        raise WrongUse(_not_built(out))
    try:
        return read_data(folder)
    except Unreadable as error:
        raise WrongUse(str(error)) from None


def _not_built(out: str) -> str:
    """What to give instead of a path that holds no build."""
    if not os.path.exists(out):  # noqa: PTH110  Path.exists raises where a folder above is closed to us
        return f"找不到 {out}；请写 openbook build 编成的文件夹"
    if Path(out, BOOK.file).exists() or Path(out).suffix.lower() == WORKBOOK:
        return f"{out} 是账簿，还没有编；请先编制：openbook build {out} -o 公开，再查：openbook trace 公开 …"
    return f"{out} 里没有 {FILE}；请写 openbook build 编成的文件夹（默认就带开放数据）"


def _nearest(published: Published, found: Found) -> str:
    if not found.near:
        return "；可以写印出的数、报表上的字（表名 行 栏）、地址，或 claim-12 这样的编号"
    near = [
        f"  {published.cells[address].text}  {name_of(published, address)}  {address}"
        for address in found.near
    ]
    return "。相近的有：\n" + "\n".join(visible(one) for one in near)


def name_of(published: Published, address: str) -> str:
    cell = published.cells.get(address)
    return (cell.label if cell is not None else "") or unlabelled(address)


def printed(cell: PublishedCell) -> str:
    return f"{cell.text} {cell.unit}" if cell.text else "空（0）"


class _Telling:
    def __init__(self, published: Published) -> None:
        self.published = published
        self.speaker = Speaker(published.year, project_names(published.cells))

    def figure(self, traced: Traced) -> Iterator[Styled]:
        """A figure from its print down to the lines and up to the claims."""
        cell = traced.cell
        yield "bold", f"{name_of(self.published, traced.address)}"
        yield "", f"  地址 {traced.address}"
        yield "", f"  印出 {printed(cell)}，合 {money(cell.printed)}"
        yield "", f"  真数 {money(cell.exact)}"
        if traced.rounding:
            yield "", f"  四舍五入 {signed(traced.rounding)}（使各表加得起来）"
        yield from self._parts(traced)
        yield from self._lines(traced)
        if traced.claims:
            yield "cyan", f"  说明里用到它的有 {len(traced.claims)} 处"
            for claim in traced.claims[:MOST_SHOWN]:
                yield (
                    "",
                    f"    {claim.id} {CLAIMS.get(claim.kind, claim.kind)}“{claim.text}”{self._others(claim, traced.address)}",
                )
            yield from _more(len(traced.claims))

    def _parts(self, traced: Traced) -> Iterator[Styled]:
        if not traced.parts:
            return
        yield "cyan", f"  同一张表里，它是这 {len(traced.parts)} 个数之和"
        for address, cell in traced.parts[:MOST_SHOWN]:
            _, row, column = labelled(cell.label)
            yield "", f"    {cell.text or '0':>14}  “{row}”行“{column}”栏  {address}"
        yield from _more(len(traced.parts))

    def _lines(self, traced: Traced) -> Iterator[Styled]:
        if not traced.lines:
            yield "dim", "  账簿里没有一行计入它"
            return
        yield "cyan", f"  出自账簿 {len(traced.lines)} 行"
        for _, line in traced.lines[:MOST_SHOWN]:
            yield "", f"    {money(line.amount):>18}  {place(line)}  {self.speaker.accounts_of(line)}"
        yield from _more(len(traced.lines))
        if traced.apart:
            yield "", f"    {signed(traced.apart):>18}  有的行只计入一部分"
        yield "", f"    {money(traced.cell.exact):>18}  合计"

    def _others(self, claim: Claim, address: str) -> str:
        others = [name_of(self.published, other) for other in claim.cells if other != address]
        return f"，另与 {'、'.join(dict.fromkeys(others))} 有关" if others else ""

    def claim(self, claim: Claim) -> Iterator[Styled]:
        """A claim with the figures it rests on, each traced."""
        yield "bold", f"{claim.id} {CLAIMS.get(claim.kind, claim.kind)}“{claim.text}”"
        if not claim.cells:
            yield "dim", "  它不出自报表：由账簿里的单位、资产、项目数得"
        for address in claim.cells:
            yield "", ""
            if address in self.published.cells:
                yield from self.figure(trace(self.published, address))
            else:
                yield "bold", unlabelled(address)
                yield "dim", "  它在账簿的“上年数”表里，不在公开的数据里"

    def choices(self, asked: str, found: Found) -> Iterator[Styled]:
        """All that may be meant, with what to write to mean it."""
        yield "bold", f"“{asked}”可以指 {len(found.addresses) + len(found.claims)} 处，请用右边的地址再查一次"
        for address in found.addresses[:MOST_SHOWN]:
            cell = self.published.cells[address]
            yield "", f"  {cell.text or '0':>14}  {name_of(self.published, address)}  {address}"
        yield from _more(len(found.addresses))
        for claim in found.claims[:MOST_SHOWN]:
            told = "；".join(dict.fromkeys(name_of(self.published, address) for address in claim.cells))
            yield "", f"  说明“{claim.text}”  {told}  {claim.id}"
        yield from _more(len(found.claims))


def _more(count: int) -> Iterable[Styled]:
    if count > MOST_SHOWN:
        yield "dim", f"    还有 {count - MOST_SHOWN} 处，用 --format json 全部列出"


def _dump(published: Published, found: Found, *, one: bool) -> dict[str, Any]:
    """Plain values; amounts in fen. What is behind a figure is told where only one thing may be meant."""
    behind = (
        [*found.addresses, *(address for claim in found.claims for address in claim.cells)] if one else []
    )
    traced = [trace(published, address) for address in behind if address in published.cells]
    return {
        "figures": [_figure(address, published.cells[address]) for address in found.addresses],
        "claims": [_claim(claim) for claim in found.claims],
        "traced": [
            {
                **_figure(each.address, each.cell),
                "rounding": each.rounding,
                "parts": [_figure(part.address, part.cell) for part in each.parts],
                "lines": [
                    {"line": f"{origin.table}/{origin.line}", **line._asdict()} for origin, line in each.lines
                ],
                "apart": each.apart,
                "claims": [_claim(claim) for claim in each.claims],
            }
            for each in traced
        ],
    }


def _figure(address: str, cell: PublishedCell) -> dict[str, Any]:
    return {
        "address": address,
        "label": cell.label,
        "text": cell.text,
        "unit": cell.unit,
        "printed": cell.printed,
        "exact": cell.exact,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "text": claim.text,
        "value": claim.value,
        "cells": list(claim.cells),
    }
