"""Cards (预警、黄牌、红牌) as a pure function of legal time and thresholds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path

from onewindow.kernel.legal_time.reckoning import Reckoning, State
from onewindow.kernel.legal_time.terms import MARKS, Sense, Unit

_FILE = Path(__file__).parent / "data" / "cards.toml"


class Level(IntEnum):
    """How urgent; a higher one is worse."""

    NONE = 0
    WARNING = 1
    YELLOW = 2
    RED = 3

    @property
    def title(self) -> str:
        return ("正常", "预警", "黄牌", "红牌")[self]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a card is shown.

    warn_percent  a warning when at most this share of the term is left (0: never)
    warn_left     or at most so many units of the term; not for terms of hours
    yellow_due    a yellow card on the last day
    """

    key: str
    title: str
    warn_percent: int
    warn_left: int
    yellow_due: bool
    since: date
    until: date | None
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """`frozen`: the clock stands still, and the level is that of the moment it stopped."""

    level: Level
    frozen: bool
    reason: str


class ThresholdError(ValueError):
    """Thresholds that cannot be used."""


def read_thresholds(text: str) -> tuple[Thresholds, ...]:
    """Thresholds out of TOML ([[thresholds]], see data/cards.toml). Raises ThresholdError, in Chinese."""
    try:
        tables = tomllib.loads(text).get("thresholds", [])
        found = tuple(Thresholds(**{"until": None, **table}) for table in tables)
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise ThresholdError(f"预警配置读不懂：{error}") from None
    for one in found:
        if not (0 <= one.warn_percent <= 100 and one.warn_left >= 0):
            raise ThresholdError(f"预警配置“{one.key}”：warn_percent 应为0至100，warn_left 不能小于0。")
        if one.mark not in MARKS:
            raise ThresholdError(f"预警配置“{one.key}”：mark 应为 {'、'.join(MARKS)} 之一。")
    return found


@cache
def bundled() -> tuple[Thresholds, ...]:
    """The thresholds that come with the program: a proposal, and what some places have set."""
    return read_thresholds(_FILE.read_text(encoding="utf-8"))


def thresholds(day: date, key: str = "default", known: tuple[Thresholds, ...] | None = None) -> Thresholds:
    """Those of a key that hold on a day. Raises ThresholdError, in Chinese, where there are none."""
    for one in bundled() if known is None else known:
        if one.key == key and one.since <= day and (one.until is None or day <= one.until):
            return one
    raise ThresholdError(f"没有在{day}有效的预警配置“{key}”。")


def card(reckoning: Reckoning, limits: Thresholds) -> Card:
    """The card of a term. A term that only says how long something lasts at least never gets one."""
    frozen = reckoning.state is State.PAUSED
    level, reason = _level(reckoning, limits)
    return Card(level, frozen, f"{reason}；不计时期间，牌色不变" if frozen else reason)


def _level(reckoning: Reckoning, limits: Thresholds) -> tuple[Level, str]:
    if reckoning.state is State.NOT_STARTED:
        return Level.NONE, "期限还没有开始"
    if reckoning.term.sense is Sense.AT_LEAST:
        return Level.NONE, "这是最短期限，没有逾期"
    unit = "小时" if reckoning.term.unit is Unit.HOURS else _days(reckoning)
    if reckoning.overdue:
        return Level.RED, f"已逾期{_amount(-reckoning.left, reckoning)}{unit}"
    if reckoning.state is State.STOPPED:
        return Level.NONE, "已在期限内办结"
    if limits.yellow_due and _on_last_day(reckoning):
        return Level.YELLOW, "今天是期限最后一日"
    told = f"剩余{_amount(reckoning.left, reckoning)}{unit}"
    if reckoning.left * 100 <= limits.warn_percent * reckoning.total:
        return Level.WARNING, f"{told}，不超过期限的{limits.warn_percent}%"
    if reckoning.term.unit is not Unit.HOURS and reckoning.left <= limits.warn_left:
        return Level.WARNING, f"{told}，不超过{limits.warn_left}{unit}"
    return Level.NONE, told


def _on_last_day(reckoning: Reckoning) -> bool:
    if reckoning.term.unit is Unit.HOURS:
        return False  # it would be yellow all day long before it is even noticed
    return reckoning.left == 0 if reckoning.state is State.PAUSED else reckoning.due == reckoning.today


def _days(reckoning: Reckoning) -> str:
    return Unit.WORKING.title if reckoning.term.unit is Unit.WORKING else "日"


def _amount(figure: int, reckoning: Reckoning) -> str:
    return f"{figure / 3600:.1f}" if reckoning.term.unit is Unit.HOURS else str(figure)
