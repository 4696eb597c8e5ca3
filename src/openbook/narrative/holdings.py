"""What a disclosure says of purchases and property: government procurement, vehicles, fixed assets.

Read from sentences and from the small assets table, not from the budget statements. Nothing is
judged here: the rules OB6xx compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from openbook.document import Document
from openbook.money import Figure, Unit, parse_amount, parse_decimal
from openbook.reading.digits import narrowed_paragraph
from openbook.source import Paragraph, Place, RawCell, RawTable

_CACHE = "narrative.holdings"
_AMOUNT = r"(?P<number>\d[\d,，]*(?:\.[ ]?\d+)?)[ ]?(?P<unit>亿元|万元|元)"
_FILL = r"(?:政府采购|采购|预算|支出|资金|项目|类|总额|金额|总计|合计|共计|安排|为|共|约|是|[:：]| ){0,8}?"
_TOTAL = re.compile(rf"政府采购{_FILL}{_AMOUNT}")
_PART = re.compile(rf"(?P<part>货物|工程|服务){_FILL}{_AMOUNT}")
_RESERVED = re.compile(rf"面向中小企业预留[^，。；\d]{{0,30}}{_AMOUNT}")
_MICRO = re.compile(rf"预留给?(?:面向)?(?:小型(?:和|、)微型|小微|小型、微型)企业[^，。；\d]{{0,30}}{_AMOUNT}")
_NO_PROCUREMENT = re.compile(
    r"(?:没有|无|未安排|不涉及)[^，。；\d]{0,4}政府采购(?:情况|预算|项目|安排|支出)?(?=[，,。；;)）]|\Z)"
)

_CARS = r"(?P<count>\d{1,4})[ ]?(?:辆|台)"
_ESTABLISHED = re.compile(rf"(?:车辆?编制|编制|核定编制)(?:数|数量)?(?:为|共|有)?[ ]?{_CARS}")
_ACTUAL = re.compile(
    rf"(?:实有|现有|共有|保有量?|占有|拥有)(?:公务用车|车辆|公车)?(?:数量|保有量)?(?:为|共|合计)?[ ]?{_CARS}"
    rf"|(?<![一-龥])(?:车辆|公务用车)(?:共计|总数|数量|保有量|合计)?(?:为|共)?[ ]?(?P<plain>\d{{1,4}})[ ]?(?:辆|台)"
)
_BOUGHT = re.compile(rf"(?:购置|更新|新购|采购)(?:公务用车|车辆|公车)(?:数|数量)?(?:为|共)?[ ]?{_CARS}")
_USE = re.compile(r"(?P<use>[一-龥]{0,12}用车)(?:为|共)?[ ]?(?P<count>\d{1,4})[ ]?(?:辆|台)")
_OPENS = re.compile(r"[，,；;：:]?[ ]?(?:其中[，,：:]?|包括[：:]?|[（(](?:其中[，,：:]?)?|[：:])")
_STOPS = re.compile(r"[；;。）)\n]")
_CHANGE = re.compile(r"购置|编制|更新|新购|采购|处置|报废|增加|减少")
_EXPLAINS = re.compile(r"主要(?!领导|负责)|包括|即|均为|都是")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_NO_CARS = re.compile(r"(?:没有|无|未配备|不保有)(?:公务用车|车辆|公车)(?=[，。；、\s）)]|\Z)")

_DATE = re.compile(
    r"截[至止](?:时间|日期)?[:：]?[ ]?(?:到)?(?P<year>20\d\d)[ ]?[-年./][ ]?(?P<month>\d{1,2})[ ]?[-月./][ ]?(?P<day>\d{1,2})"
)
_YEAR_END = re.compile(r"(?P<year>20\d\d)[ ]?年(?:年)?[末底]|上年末|上年底|年末|年初")
_FIXED = re.compile(rf"(?<!购置)(?<!购)固定资产(?:总额|金额|原值|净值|价值|总值|合计|总计|为|共| )*{_AMOUNT}")
_FIXED_PART = re.compile(
    rf"(?P<part>房屋|土地|车辆|设备|家具|图书|文物|专用设备|通用设备|其他)[^，。；、\d万]{{0,12}}{_AMOUNT}"
)
_PLANNED = re.compile(rf"(?:拟|计划|预计)(?:新)?购置?(?:固定资产|资产)[^，。；\d]{{0,8}}{_AMOUNT}")
_TABLE_PART = re.compile(r"(?P<order>\d)[、.．][ ]?(?P<label>.{2,30})")
_PARTS = ("货物", "工程", "服务")
_SUM = re.compile(r"\s*(?:合\s*计|总\s*计|金额|预算金额)\s*\Z")
_HEAD_ROWS = 3
_FEWEST_COLUMNS = 4


class Said(NamedTuple):
    """An amount or a count as printed."""

    value: int
    half: int
    text: str
    place: Place


@dataclass(slots=True)
class Procurement:
    """One statement of the procurement budget. Not `certain`: two totals or two years are told."""

    total: Said
    parts: dict[str, Said] = field(default_factory=dict)
    reserved: Said | None = None
    micro: Said | None = None
    certain: bool = True


@dataclass(slots=True)
class Vehicles:
    """A number of vehicles with its division by use. `complete`: the list ends in other vehicles."""

    total: Said
    uses: list[Said] = field(default_factory=list)
    complete: bool = False
    bought: bool = False


@dataclass(slots=True)
class AssetTable:
    """The table of fixed assets. `whole`: all lines are there and have as many cells as the head."""

    total: Said
    parts: list[Said] = field(default_factory=list)
    whole: bool = True
    order: int = 0  # number of the last line


@dataclass(slots=True)
class Purchases:
    """A list of things to be bought; `figures` are the amounts of its column 合计, all but zeros."""

    place: Place
    figures: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Holdings:
    """Everything said of purchases and property."""

    procurements: list[Procurement] = field(default_factory=list)
    no_procurement: list[Said] = field(default_factory=list)
    vehicles: list[Vehicles] = field(default_factory=list)
    established: Said | None = None
    no_vehicles: Said | None = None
    fixed: Said | None = None
    fixed_parts: list[Said] = field(default_factory=list)
    planned: Said | None = None
    table: AssetTable | None = None
    purchases: Purchases | None = None
    dates: list[Said] = field(default_factory=list)  # value: yyyymmdd
    year_end: bool = False  # 上年末 and the like


def holdings(document: Document) -> Holdings:
    """Read once for a document."""
    found = document.cache.get(_CACHE)
    if not isinstance(found, Holdings):
        found = document.cache[_CACHE] = _read(document)
    return found


def _read(document: Document) -> Holdings:
    found = Holdings()
    for block in document.source.blocks:
        if isinstance(block, RawTable):
            _table(block, found)
        elif _speaks(block.text):
            _paragraph(narrowed_paragraph(block), found)
    return found


def _speaks(text: str) -> bool:
    """Whether it is worth reading: most paragraphs speak of none of it."""
    return "车" in text or "资产" in text or "政府采购" in text or "截" in text


def _paragraph(block: Paragraph, found: Holdings) -> None:
    text = block.text
    if "政府采购" in text:
        _procurement(block, found)
    if "车" in text:
        _vehicles(block, found)
    if "固定资产" in text:
        _fixed(block, found)
    if "截" in text or "资产" in text:
        _dates(block, found)


# --- procurement ------------------------------------------------------------------------


def _procurement(paragraph: Paragraph, found: Holdings) -> None:
    text = paragraph.text
    totals = [_money(paragraph, match) for match in _TOTAL.finditer(text)]
    if totals:
        entry = Procurement(totals[0])
        for match in _PART.finditer(text):
            part = _money(paragraph, match, "part")
            first = entry.parts.setdefault(match["part"], part)
            entry.certain = entry.certain and first.value == part.value
        _choose_total(entry, totals)
        if reserved := _RESERVED.search(text):
            entry.reserved = _money(paragraph, reserved)
        if micro := _MICRO.search(text):
            entry.micro = _money(paragraph, micro)
        _keep(entry, found)
    elif none := _NO_PROCUREMENT.search(text):
        found.no_procurement.append(Said(0, 0, none[0], paragraph.place(*none.span())))


def _choose_total(entry: Procurement, totals: list[Said]) -> None:
    """Where last year's total stands in the same paragraph, the one its parts make up is meant."""
    added = sum(part.value for part in entry.parts.values())
    slack = sum(part.half for part in entry.parts.values())
    if entry.parts:
        fits = (one for one in totals if abs(one.value - added) <= slack + one.half)
        entry.total = next(fits, entry.total)
        entry.certain = entry.certain and len({one.value for one in totals}) == 1


def _keep(entry: Procurement, found: Holdings) -> None:
    """A paragraph that only tells the reserved share belongs to the total before it."""
    if entry.reserved and not entry.parts and found.procurements:
        before = found.procurements[-1]
        before.reserved, before.micro = entry.reserved, entry.micro
        return
    if entry.total.text != (entry.reserved.text if entry.reserved else "") or entry.parts:
        found.procurements.append(entry)


# --- vehicles ---------------------------------------------------------------------------


def _vehicles(paragraph: Paragraph, found: Holdings) -> None:
    text = paragraph.text
    if match := _NO_CARS.search(text):
        found.no_vehicles = Said(0, 0, match[0], paragraph.place(*match.span()))
    if "辆" not in text and "台" not in text:
        return
    if match := _ESTABLISHED.search(text):
        found.established = _count(paragraph, match)
    for match in _BOUGHT.finditer(text):
        found.vehicles.append(_division(paragraph, match, bought=True))
    done = 0  # the uses listed after a total are no totals
    for match in _ACTUAL.finditer(text):
        if match.start() < done or _CHANGE.search(text, max(0, match.start() - 2), match.end()):
            continue
        found.vehicles.append(_division(paragraph, match, bought=False))
        done = _list_end(text, match.end())


def _list_end(text: str, start: int) -> int:
    """Where the list that opens at `start` ends; `start` where none does."""
    opens = _OPENS.match(text, start)
    if opens is None:
        return start
    stop = _STOPS.search(_without_brackets(text, opens.end()), opens.end())
    return stop.start() if stop else len(text)


def _without_brackets(text: str, start: int) -> str:
    """The text with what stands in brackets after `start` blanked: 其他用车2辆（其中：…）."""
    return text[:start] + _BRACKETS.sub(lambda match: " " * len(match[0]), text[start:])


def _division(paragraph: Paragraph, total: re.Match[str], *, bought: bool) -> Vehicles:
    text = paragraph.text
    entry = Vehicles(_count(paragraph, total), bought=bought)
    opens, end = _OPENS.match(text, total.end()), _list_end(text, total.end())
    if opens is None:
        return entry
    for use in _USE.finditer(_without_brackets(text, opens.end()), opens.end(), end):
        if _EXPLAINS.search(use["use"]):
            break  # 其他用车主要是业务用车2辆: the same vehicles again
        entry.uses.append(_count(paragraph, use))
        entry.complete = entry.complete or "其他" in use["use"]
    return entry


def _count(paragraph: Paragraph, match: re.Match[str]) -> Said:
    number = match["count"] if match["count"] is not None else match["plain"]
    return Said(int(number), 0, match[0], paragraph.place(*match.span()))


# --- fixed assets -----------------------------------------------------------------------


def _fixed(paragraph: Paragraph, found: Holdings) -> None:
    text = paragraph.text
    if match := _PLANNED.search(text):
        found.planned = _money(paragraph, match)
    match = _FIXED.search(text)
    if match is None or found.fixed is not None:
        return
    found.fixed = _money(paragraph, match)
    opens = _OPENS.match(text, match.end())
    if opens:
        stop = re.compile("。").search(text, opens.end())
        end = stop.start() if stop else len(text)
        found.fixed_parts = [
            _money(paragraph, part, "part") for part in _FIXED_PART.finditer(text, opens.end(), end)
        ]


def _table(table: RawTable, found: Holdings) -> None:
    if found.purchases is None:
        found.purchases = _purchases(table)
    _assets(table, found)


def _purchases(table: RawTable) -> Purchases | None:
    """The table of government procurement, known by its head: 采购物品名称, 政府采购目录序号, 合计."""
    head = table.rows[:_HEAD_ROWS]
    if not head or len(head[0]) < _FEWEST_COLUMNS:
        return None
    words = "".join([cell.text for row in head for cell in row])
    if "政府采购" not in words and "采购物品" not in words:
        return None
    column = next((i for row in head for i, cell in enumerate(row) if _SUM.match(cell.text)), None)
    if column is None:
        return None
    found = Purchases(head[0][0].place)
    for row in table.rows[1:]:
        figure = parse_amount(row[column].text, Unit.WAN) if column < len(row) else None
        if figure is not None and figure.value:
            found.figures.append(_said(figure, row[column].text, row[column].place))
    return found


def _assets(table: RawTable, found: Holdings) -> None:
    """资产总额 and the numbered lines below it; the table may go on after a page break."""
    width = len(table.rows[0]) if table.rows else 0
    labels = "".join([row[0].text for row in table.rows])
    if found.table is None and "资产总" not in labels and "截" not in labels:
        return
    for row in table.rows:
        label = row[0].text
        if not label:
            continue
        if "资产总" in label:
            value = _value(row)
            if value is not None and found.table is None:
                found.table = AssetTable(_said(value, row[-1].text, row[-1].place))
                found.table.whole = len(row) == width
        elif found.table is not None and (part := _TABLE_PART.match(label)):
            expected, found.table.order = found.table.order + 1, int(part["order"])
            found.table.whole = found.table.whole and len(row) == width and found.table.order == expected
            value = _value(row)
            if value is not None:
                found.table.parts.append(_said(value, f"{label} {row[-1].text}", row[-1].place))
            elif row[-1].text.strip():
                found.table.whole = False
        elif "截" in label and (match := _DATE.search(label)):
            found.dates.append(_date(match, row[0].place))


def _value(row: list[RawCell]) -> Figure | None:
    return parse_amount(row[-1].text, Unit.WAN) if len(row) > 1 else None


# --- dates ------------------------------------------------------------------------------


def _dates(paragraph: Paragraph, found: Holdings) -> None:
    for match in _DATE.finditer(paragraph.text):
        near = paragraph.text[match.end() : match.end() + 80]
        if re.search(r"车|资产|房屋|设备|用房", near) or match.start() < 6:
            found.dates.append(_date(match, paragraph.place(*match.span())))
    if "资产" in paragraph.text and _YEAR_END.search(paragraph.text):
        found.year_end = True


def _date(match: re.Match[str], place: Place) -> Said:
    value = int(match["year"]) * 10_000 + int(match["month"]) * 100 + int(match["day"])
    return Said(value, 0, match[0], place)


# --- amounts ----------------------------------------------------------------------------


def _money(paragraph: Paragraph, match: re.Match[str], label: str | None = None) -> Said:
    figure = _figure(match)
    name = match[label] if label else ""
    start, end = match.start("number"), match.end("unit")
    return Said(figure.value, figure.half, name + paragraph.text[start:end], paragraph.place(start, end))


def _figure(match: re.Match[str]) -> Figure:
    number = match["number"].replace("，", ",")
    figure = parse_amount(number, Unit(match["unit"]))
    if figure is None:  # a comma that parts no thousands
        figure = parse_amount(number.replace(",", ""), Unit(match["unit"]))
    printed = parse_decimal(number.replace(",", ""))
    if printed and printed[0] == 0:
        return Figure(0, figure.half if figure else 0)
    return figure or Figure(0, 0)


def _said(figure: Figure, text: str, place: Place) -> Said:
    return Said(figure.value, figure.half, text, place)


def main_procurement(found: Holdings) -> Procurement | None:
    """The one that tells the parts, else the first."""
    return next((one for one in found.procurements if one.parts), next(iter(found.procurements), None))


def parts_in_order(entry: Procurement) -> Iterator[tuple[str, Said | None]]:
    """Goods, works and services, each with what is said of it."""
    return ((part, entry.parts.get(part)) for part in _PARTS)
