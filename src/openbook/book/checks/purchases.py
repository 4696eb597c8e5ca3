"""Procurement and state assets, each against itself and against the lines of expenditure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openbook.book.checks.projects import spent_by
from openbook.book.faults import at, fault, money
from openbook.book.model import Asset, BudgetBook, Fault, Purchase
from openbook.money import parse_decimal

_BUYING = ("31013", "30913")  # 公务用车购置
_RUNNING = "30231"  # 公务用车运行维护费
_POSTS = "vehicle.posts"  # how many there may be, not how many there are


def within_projects(book: BudgetBook) -> Iterator[Fault]:
    """What is bought for a project is paid from it."""
    spent = spent_by(book)
    bought: Counter[str] = Counter()
    for purchase in book.purchases:
        code = purchase.project
        before, bought[code] = bought[code], bought[code] + purchase.amount
        if code and before <= spent[code] < bought[code]:
            message = (
                f"项目 {code} 的采购到这一行共 {money(bought[code])}，超过它的支出 {money(spent[code])}。"
            )
            yield fault("BK351", message, "请核对采购金额和支出。", at(purchase.spot, "amount", "金额"))


def lines(book: BudgetBook) -> Iterator[Fault]:
    for purchase in book.purchases:
        yield from _reserved(purchase)
        yield from _product(purchase)


def _reserved(purchase: Purchase) -> Iterator[Fault]:
    if purchase.reserved > purchase.amount:
        message = f"预留中小企业 {money(purchase.reserved)}，采购金额是 {money(purchase.amount)}。"
        spot = at(purchase.spot, "reserved", "预留中小企业")
        yield fault("BK352", message, "预留的是采购金额的一部分，请核对。", spot)
    if purchase.reserved_small > purchase.reserved:
        message = (
            f"预留小微企业 {money(purchase.reserved_small)}，预留中小企业是 {money(purchase.reserved)}。"
        )
        mend = "预留小微企业的是预留中小企业的一部分，请核对。"
        yield fault("BK353", message, mend, at(purchase.spot, "reserved_small", "预留小微企业"))


def _product(purchase: Purchase) -> Iterator[Fault]:
    if not purchase.quantity:
        return
    spot = at(purchase.spot, "quantity", "数量")
    number = parse_decimal(purchase.quantity)
    if number is None or number[0] < 0:
        mend = "请只写数字；计量单位另有一栏。"
        yield fault("BK355", f"数量“{purchase.quantity[:20]}”不是数字。", mend, spot)
    elif purchase.price is not None and purchase.price * number[0] != purchase.amount * 10 ** number[1]:
        message = (
            f"数量 {purchase.quantity} 乘单价 {money(purchase.price)}，不等于金额 {money(purchase.amount)}。"
        )
        yield fault("BK354", message, "请核对数量、单价和金额。", spot)


def quantities(book: BudgetBook) -> Iterator[Fault]:
    for asset in book.assets:
        if asset.quantity and _count(asset) is None:
            mend = "请只写数字，不写辆、台、平方米；车辆写整数。"
            spot = at(asset.spot, "quantity", "数量")
            yield fault("BK355", f"数量“{asset.quantity[:20]}”不是数字。", mend, spot)


def vehicles(book: BudgetBook) -> Iterator[Fault]:
    """Vehicles to be bought have their money and the reverse; only vehicles that are there can be run."""
    cars = [asset for asset in book.assets if asset.item.startswith("vehicle.") and asset.item != _POSTS]
    planned = [asset for asset in cars if asset.planned]
    buying = [line for line in book.expenditure if line.economic in _BUYING]
    running = [line for line in book.expenditure if line.economic == _RUNNING]
    if planned and not buying:
        message = f"拟购置车辆 {sum(asset.planned for asset in planned)} 辆，支出里没有公务用车购置费。"
        mend = "请在支出表里加上 31013 公务用车购置，或改正拟购置数。"
        yield fault("BK361", message, mend, at(planned[0].spot, "planned", "本年拟购置"))
    if not book.assets:
        return  # the book says nothing about assets
    if buying and not planned:
        message = f"支出里有公务用车购置费 {money(sum(line.amount for line in buying))}，国有资产表里没有拟购置的车辆。"
        mend = "请在国有资产表的车辆那一行写上本年拟购置的辆数。"
        yield fault("BK361", message, mend, at(buying[0].spot, "economic", "经济科目"))
    if running and not planned and not sum(_count(asset) or 0 for asset in cars):
        message = "国有资产表里没有车辆，支出里却有公务用车运行维护费。"
        mend = "请补上车辆数；租车的费用列入 30239 其他交通费用。"
        yield fault("BK362", message, mend, at(running[0].spot, "economic", "经济科目"))


def _count(asset: Asset) -> int | None:
    """The quantity in whole units, None where it is no number (of vehicles: no whole one)."""
    number = parse_decimal(asset.quantity) if asset.quantity else (0, 0)
    if number is None or number[0] < 0 or (asset.item.startswith("vehicle.") and number[1]):
        return None
    return number[0] // int(10 ** number[1])
