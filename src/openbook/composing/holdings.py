"""What the book says of procurement and state assets, as templates and tables show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple

from openbook.book.model import NATURES, PROCUREMENT, Asset, BudgetBook, Purchase, Unit
from openbook.book.tables import ASSETS_ITEMS
from openbook.composing.figures import FEN_PER_HUNDREDTH, Amount, sum_cell
from openbook.composing.saying import Said, Speaking
from openbook.composing.telling import Teller
from openbook.disclosure import GridCell, Origin, Table
from openbook.money import parse_decimal
from openbook.rounding import Problem, controlled

_VEHICLES = tuple(key for key in ASSETS_ITEMS if key.startswith("vehicle.") and key != "vehicle.posts")


class Steps(NamedTuple):
    """A purchase as printed, in 0.01 万元: its money, what of it is reserved, what of that for the smallest."""

    amount: int
    reserved: int
    reserved_small: int


def procurement(teller: Teller, book: BudgetBook, purchases: Sequence[Purchase]) -> dict[str, Said]:
    """The sums of procurement, as its table prints them: 总额 = 货物 + 工程 + 服务."""
    numbers = {id(purchase): number for number, purchase in enumerate(book.purchases)}
    steps = _purchase_steps(purchases)
    found = {}
    for word, chosen, key in _SUMS:
        members = [(one, at) for one, at in zip(purchases, steps, strict=True) if chosen(one)]
        exact, printed = sum(key(one) for one, _ in members), sum(key(at) for _, at in members)
        address = f"procurement/{word}"
        origins = tuple(Origin("purchases", numbers[id(one)]) for one, _ in members)
        teller.cells[address] = sum_cell(address, printed, exact, origins)
        found[word] = Said(teller, Amount(f"政府采购{word}", printed, exact, address))
    return found


def _purchase_steps(purchases: Sequence[Purchase]) -> list[Steps]:
    """Every purchase printed so that kinds and totals add up and no part is more than its whole."""
    if not purchases:
        return []
    atoms: list[int] = []
    for one in purchases:
        atoms += [one.reserved_small, one.reserved - one.reserved_small, one.amount - one.reserved]
    starts = range(0, len(atoms), 3)
    groups = [[3 * i for i, one in enumerate(purchases) if one.category == kind] for kind in PROCUREMENT]
    groups += [
        [3 * i for i, one in enumerate(purchases) if _fund(one) == fund] for fund in (*_FUND_HEADS, "")
    ]
    cells = [tuple(range(at, at + width)) for at in starts for width in (3, 2, 1)]
    cells += [tuple(at + n for at in group for n in range(3)) for group in groups if group]
    cells += [tuple(at + n for at in starts for n in range(width)) for width in (3, 2, 1)]
    printed = controlled(Problem(tuple(atoms), tuple(cells), FEN_PER_HUNDREDTH)).printed
    return [Steps(*printed[at : at + 3]) for at in starts]


def _fund(purchase: Purchase) -> str:
    """The column of its money; "" for 单位资金."""
    return purchase.source if purchase.source in _FUND_HEADS else ""


def _of_kind(kind: str) -> Callable[[Purchase], bool]:
    return lambda purchase: purchase.category == kind


# what the prose says of procurement: the word, whose purchases, which of their money
_SUMS: tuple[tuple[str, Callable[[Purchase], bool], Callable[[Any], int]], ...] = (
    ("总额", lambda _: True, attrgetter("amount")),
    *((word, _of_kind(kind), attrgetter("amount")) for kind, word in PROCUREMENT.items()),
    ("预留", lambda purchase: bool(purchase.reserved), attrgetter("reserved")),
    ("预留小微", lambda purchase: bool(purchase.reserved_small), attrgetter("reserved_small")),
)


@dataclass(frozen=True)
class Count(Speaking):
    """A kind of vehicle with its number, as 2辆."""

    words: ClassVar[dict[str, str]] = {"名称": "name", "数量": "number"}

    name: str
    number: str


def owned_by(book: BudgetBook, unit: str = "") -> list[Asset]:
    """The rows of assets that a disclosure speaks of, each thing once.

    Of a unit its own. Of the department the rows that name no unit; where there is none of a kind, its units'.
    """
    if unit and len(book.units) > 1:
        return [asset for asset in book.assets if asset.unit == unit]
    whole = {asset.item for asset in book.assets if not asset.unit}
    return [asset for asset in book.assets if not asset.unit or asset.item not in whole]


def assets(book: BudgetBook, owned: Sequence[Asset], teller: Teller) -> dict[str, Any]:
    """What templates say of state assets; `有` is whether the book says anything."""
    items = {asset.item for asset in owned}

    def number(key: str) -> int:
        return int(sum(_number(asset.quantity) for asset in owned if asset.item == key))

    def buying(key: str) -> int:
        return sum(asset.planned for asset in owned if asset.item == key)

    def count(value: int, unit: str) -> str:
        return teller.count(value, unit)

    kinds = [key for key in _VEHICLES if key in items or key not in ("vehicle.retired", "vehicle.service")]
    planned = [(key, buying(key)) for key in kinds]
    other = _quantity(owned, ("house.other",))
    return {
        "有": bool(items),
        "截止日期": _date(book.assets_date) or f"{book.year - 1}年12月31日",
        "车辆编制": count(number("vehicle.posts"), "辆") if "vehicle.posts" in items else "",
        "车辆总数": count(sum(number(key) for key in _VEHICLES), "辆"),
        "车辆": [Count(ASSETS_ITEMS[key], count(number(key), "辆")) for key in kinds],
        "拟购车辆总数": count(sum(value for _, value in planned), "辆"),
        "拟购车辆": [Count(ASSETS_ITEMS[key], count(value, "辆")) for key, value in planned],
        "办公用房": f"{_quantity(owned, ('house.office',)) or '0'}平方米",
        "其他房屋": f"{other}平方米" if other.strip("0.") else "",
        "设备50万": count(number("equipment.500000"), "台（套）"),
        "设备100万": count(number("equipment.1000000"), "台（套）"),
        "拟购设备100万": count(buying("equipment.1000000"), "台（套）"),
    }


def _date(text: str) -> str:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    return f"{int(year)}年{int(month)}月{int(day)}日" if day.isdigit() and month.isdigit() else ""


# --- tables ------------------------------------------------------------------------------


def _wan(steps: int) -> str:
    return f"{steps // 100}.{steps % 100:02d}" if steps else ""


def _head(text: str, colspan: int = 1, rowspan: int = 1) -> GridCell:
    return GridCell(text, "center", colspan, rowspan, head=True, bold=True)


_FUND_HEADS = {
    "general": "一般公共预算拨款",
    "fund": "基金预算拨款",
    "capital": "国有资本经营预算拨款",
    "special_account": "财政专户核拨",
}


def units_table(units: Sequence[Unit]) -> Table:
    """机构设置情况: the department itself (本级) and its units."""
    heads = ("单位名称", "单位性质", "单位规格", "经费保障形式")
    names = [f"{unit.name}本级" if not n and len(units) > 1 else unit.name for n, unit in enumerate(units)]
    rows = [[_head(head) for head in heads]]
    rows += [
        [GridCell(text) for text in (name, NATURES[unit.nature], unit.rank, unit.funding)]
        for name, unit in zip(names, units, strict=True)
    ]
    return Table("units", "list", "机构设置情况", rows, 1, (40, 16, 18, 22), in_contents=False)


def procurement_table(
    book: BudgetBook, purchases: Sequence[Purchase], level: str, above: tuple[str, str]
) -> Table:
    """部门政府采购预算: one row for each purchase, below their sum."""
    names = {project.code: project.name for project in book.projects}
    rows: list[list[GridCell]] = [
        [
            _head("采购物品名称", rowspan=2), _head("项目名称", rowspan=2), _head("政府采购目录序号", rowspan=2),
            _head("计量单位", rowspan=2), _head("数量", rowspan=2), _head("单价", rowspan=2),
            _head("政府采购金额", colspan=6), _head("预留中小微企业份额", rowspan=2),
        ],
        [_head("合计"), *(_head(head) for head in (*_FUND_HEADS.values(), "单位资金"))],
    ]  # fmt: skip
    printed = _purchase_steps(purchases)
    if purchases:
        rows.append(_sum_row(purchases, printed))
    for purchase, steps in zip(purchases, printed, strict=True):
        funds = [_wan(steps.amount) if _fund(purchase) == key else "" for key in (*_FUND_HEADS, "")]
        price = _wan((2 * (purchase.price or 0) + FEN_PER_HUNDREDTH) // (2 * FEN_PER_HUNDREDTH))
        texts = (purchase.name, names.get(purchase.project, ""), purchase.catalogue, purchase.measure)
        figures = (purchase.quantity, price, _wan(steps.amount), *funds, _wan(steps.reserved))
        rows.append([*(GridCell(t) for t in texts), *(GridCell(f, "right") for f in figures)])
    if not purchases:
        rows.append([GridCell("合计"), *(GridCell("", "right") for _ in range(12))])
    return Table(
        "procurement",
        "list",
        f"{level}政府采购预算表",
        rows,
        2,
        (15, 15, 10, 7, 7, 8, 10, 10, 9, 10, 9, 9, 10),
        above=above,
        notes=() if purchases else ("注：无政府采购预算，空表列示。",),
        landscape=True,
        in_contents=False,
    )


def _sum_row(purchases: Sequence[Purchase], printed: Sequence[Steps]) -> list[GridCell]:
    funds = [
        sum(steps.amount for one, steps in zip(purchases, printed, strict=True) if _fund(one) == key)
        for key in (*_FUND_HEADS, "")
    ]
    reserved = sum(steps.reserved for steps in printed)
    figures = (sum(steps.amount for steps in printed), *funds, reserved)
    return [
        GridCell("合计", "center", bold=True),
        *(GridCell("") for _ in range(5)),
        *(GridCell(_wan(figure), "right", bold=True) for figure in figures),
    ]


_ASSET_LINES = (
    ("1、房屋（平方米）", ("house.office", "house.other"), 0),
    ("其中：办公用房（平方米）", ("house.office",), 1),
    ("2、车辆（台、辆）", _VEHICLES, 0),
    ("3、单价在20万元以上的设备", ("equipment.200000", "equipment.500000", "equipment.1000000"), 0),
    ("4、其他固定资产", ("fixed.other",), 0),
)


def assets_table(owned: Sequence[Asset], level: str, above: tuple[str, str]) -> Table:
    """部门固定资产占用情况表: quantities and values, the total the sum of its parts."""
    values = _asset_steps(owned)
    rows = [[_head("项目"), _head("数量"), _head("价值（万元）")]]
    rows.append(
        [
            GridCell("资产总额", bold=True),
            GridCell("", "right"),
            GridCell(_wan(values[-1]), "right", bold=True),
        ]
    )
    for (label, keys, indent), steps in zip(_ASSET_LINES, values, strict=False):
        quantity = _quantity(owned, keys)
        rows.append(
            [GridCell(label, indent=indent), GridCell(quantity, "right"), GridCell(_wan(steps), "right")]
        )
    return Table(
        "assets", "list", f"{level}固定资产占用情况表", rows, 1, (44, 18, 24), above=above, in_contents=False
    )


def _asset_steps(owned: Sequence[Asset]) -> list[int]:
    values: dict[str, int] = {}
    for asset in owned:
        values[asset.item] = values.get(asset.item, 0) + (asset.value or 0)
    keys = list(ASSETS_ITEMS)
    cells = [tuple(keys.index(key) for key in line[1]) for line in _ASSET_LINES]
    everything = tuple(sorted({index for cell in cells for index in cell}))
    atoms = tuple(values.get(key, 0) for key in keys)
    return list(controlled(Problem(atoms, (*cells, everything), FEN_PER_HUNDREDTH)).printed)


def asset_total(owned: Sequence[Asset], teller: Teller) -> Said:
    """资产总额, as the table prints it."""
    exact, steps = sum(asset.value or 0 for asset in owned), _asset_steps(owned)[-1]
    teller.cells["assets/total"] = sum_cell("assets/total", steps, exact, ())
    return Said(teller, Amount("资产总额", steps, exact, "assets/total"))


def _quantity(owned: Sequence[Asset], keys: Sequence[str]) -> str:
    found = [asset.quantity for asset in owned if asset.item in keys and asset.quantity]
    if not found:
        return ""
    return f"{sum(map(_number, found)):f}"


def _number(text: str) -> Decimal:
    """A quantity as people type it: 1,200 or ２."""
    value, places = parse_decimal(text) or (0, 0)
    return Decimal(value).scaleb(-places)
