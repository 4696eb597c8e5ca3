"""The names that templates of the whole document use: figures with what can be said of them, and lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openbook.composing.figures import Amount
from openbook.composing.telling import Teller, hundredths


class Said:
    """A figure as templates see it: printing it states the amount; its parts state more.

    The attributes are what a template may write after the figure's name, so they are in Chinese.
    """

    def __init__(self, teller: Teller, amount: Amount, topic: str = "") -> None:
        self._teller = teller
        self.amount = amount
        self.topic = topic or amount.topic

    def __str__(self) -> str:
        return self._teller.amount(self.amount)

    def __bool__(self) -> bool:
        return self.amount.exact != 0

    @property
    def 名称(self) -> str:
        return self.amount.name

    @property
    def 上年数(self) -> str:
        before = self._teller.before(self.amount, self.topic)
        return self._teller.amount(before) if before else ""

    @property
    def 增减(self) -> str:
        """增加X万元，增长Y% or 持平, without 比上年 and without the reason."""
        before = self._teller.before(self.amount, self.topic)
        return self._teller.change(self.amount, before) if before else ""

    @property
    def 增减幅度(self) -> str:
        """增加Y% or 持平."""
        before = self._teller.before(self.amount, self.topic)
        return self._teller.rate(self.amount, before) if before else ""

    @property
    def 原因(self) -> str:
        """Why it changed; "" where it did not."""
        before = self._teller.before(self.amount, self.topic)
        return self._teller.reason(self.amount, before, self.topic) if before else ""

    @property
    def 比上年(self) -> str:
        """比上年增加X万元，增长Y%，主要原因是… or 与上年持平."""
        return self._compared("比上年", "与上年")

    @property
    def 比上年预算(self) -> str:
        """As 比上年, in words that name the year: 比2023年预算增加…."""
        last = self._teller.book.year - 1
        return self._compared(f"比{last}年预算", f"与{last}年预算")

    @property
    def 变了(self) -> bool:
        before = self._teller.before(self.amount, self.topic)
        return before is not None and before.steps != self.amount.steps

    def _compared(self, head: str, level: str) -> str:
        before = self._teller.before(self.amount, self.topic)
        if before is None:
            return ""
        said = self._teller.change(self.amount, before)
        if before.steps == self.amount.steps:
            return level + said
        reason = self._teller.reason(self.amount, before, self.topic)
        return f"{head}{said}" + (f"，主要原因是{reason}" if reason else "")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: its name, its figure, its share (said once)."""

    名称: str
    金额: Said
    share: Callable[[], str]

    @property
    def 占比(self) -> str:
        return self.share()

    def __str__(self) -> str:
        return str(self.金额)

    def __bool__(self) -> bool:
        return bool(self.金额)


def composition(teller: Teller, whole: Said, parts: list[Said]) -> list[Part]:
    """The parts with their shares of the whole; shares of a complete whole add up to 100.00 %."""
    shares = hundredths([part.amount for part in parts], whole.amount)

    def saying(part: Said, share: int) -> Callable[[], str]:
        return lambda: teller.share(share, part.amount, whole.amount)

    return [Part(part.名称, part, saying(part, share)) for part, share in zip(parts, shares, strict=True)]

