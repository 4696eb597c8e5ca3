"""Last year's figures and the reasons for change: that sums are sums, and that their accounts exist."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.book.faults import at, fault, money
from openbook.book.model import BudgetBook, Fault
from openbook.book.topics import SUMS, TOPICS


def sums(book: BudgetBook) -> Iterator[Fault]:
    """A sum need not be typed; where it is, it equals its parts."""
    amounts = {(prior.item, prior.unit): prior.amount for prior in book.prior}
    for prior in book.prior:
        parts = SUMS.get(prior.item)
        if parts is None:
            continue
        whole = sum(amounts.get((part, prior.unit), 0) for part in parts)
        if whole != prior.amount:
            names = "、".join(TOPICS[part] for part in parts)
            message = f"{TOPICS[prior.item]}写的是 {money(prior.amount)}，{names}加起来是 {money(whole)}。"
            mend = "请改正；合计由程序计算，可以删去这一行。"
            yield fault("BK341", message, mend, at(prior.spot, "amount", "上年数"))


def subjects(book: BudgetBook) -> Iterator[Fault]:
    """A reason or a purpose of an account that has money neither this year nor last is a slip."""
    used = {line.function for line in book.expenditure}
    compared = used | {prior.item for prior in book.prior}
    for key, words in book.reasons.items():
        item = key.partition(" ")[0]
        if item not in TOPICS and item not in compared:
            message = f"功能科目 {item} 今年没有支出，也没有上年数。"
            yield fault("BK342", message, "请核对编码，或删去这一行。", at(words.spot, "item", "事项"))
    for code, words in book.purposes.items():
        if code not in used:
            message = f"功能科目 {code} 今年没有支出。"
            yield fault(
                "BK342", message, "请核对编码，或删去这一行。", at(words.spot, "function", "功能科目")
            )
