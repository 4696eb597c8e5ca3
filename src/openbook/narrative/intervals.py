"""What rounding leaves open: every test asks whether some true amounts give what is printed.

Amounts come as closed intervals of integers; shares and growth in 1e-4 percent points, so one
is 1,000,000. Nothing here knows a tolerance.
"""

from __future__ import annotations

from typing import NamedTuple

ONE = 1_000_000  # 100 % in the scale of shares and growth


class Span(NamedTuple):
    """The true amount lies in [low, high]."""

    low: int
    high: int

    def meets(self, other: Span) -> bool:
        """Whether one true amount may have been printed as both."""
        return self.low <= other.high and other.low <= self.high

    def minus(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def plus(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)


def share_holds(part: Span, whole: Span, share: Span) -> bool:
    """Whether part / whole may be printed as `share`."""
    if whole.low <= 0:
        return True
    return part.low * ONE <= share.high * whole.high and part.high * ONE >= share.low * whole.low


def growth_holds(now: Span, before: Span, growth: Span) -> bool:
    """Whether (now - before) / before may be printed as `growth` (signed)."""
    if before.low <= 0:
        return before.high > 0 or now.high <= 0
    return share_holds(now, before, Span(growth.low + ONE, growth.high + ONE))


def change_holds(now: Span, change: Span, growth: Span) -> bool:
    """Whether `change` against (now - change) may be printed as `growth`; both are signed."""
    ratios: list[tuple[int, int]] = []
    bounded = True
    for changed in change:
        for current in now:
            before = current - changed
            if before > 0:
                ratios.append((changed * ONE // before, -(-changed * ONE // before)))
            elif changed <= 0:
                return True
            else:
                bounded = False  # next to nothing before: any growth above the least
    if not ratios:
        return True
    least, most = min(low for low, _ in ratios), max(high for _, high in ratios)
    return least <= growth.high and (not bounded or most >= growth.low)


def show_percent(numerator: int, denominator: int) -> str:
    """A share as people print it, two decimals, rounded half up."""
    hundredths = (abs(numerator) * 20_000 + abs(denominator)) // (2 * abs(denominator))
    sign = "-" if (numerator < 0) != (denominator < 0) and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}%"
