"""Measures (度量): named figures, declared by the app that owns the facts, computed from matters and entries.

A performance target of the budget (办件量、按期办结率) is bound to one of these. Pure declarations: `measuring`
computes them, and lists the matters behind a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Taken:
    """Matters of a kind in which one of `steps` was taken in the period; each counts once.

    late  only those whose term, as promised, was (True) or was not (False) exceeded when it stopped; None: all
    """

    kind: str
    steps: tuple[str, ...]
    late: bool | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A named figure of a unit and a period.

    unit         件, %, …: for "%" the value is numerator / denominator × 100, else numerator (/ denominator)
    numerator    what is counted; denominator: what it is compared with, None for a plain count
    basis        where the definition comes from; mark: how sure we are of it (facts: 核实, 推断, 建议 …)
    """

    key: str
    title: str
    unit: str
    numerator: Taken
    denominator: Taken | None = None
    basis: str = ""
    mark: str = "建议"


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Shanghai, the last one included. Raises ValueError where it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"期间的末日 {self.last} 早于首日 {self.first}。")

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure computed. `denominator`: None for a plain count."""

    measure: Measure
    period: Period
    numerator: int
    denominator: int | None

    @property
    def value(self) -> Decimal | None:
        """To two decimals; None where there was nothing to compare with, which is not the same as 0."""
        if self.denominator is None:
            return Decimal(self.numerator)
        if not self.denominator:
            return None
        share = Decimal(self.numerator) / self.denominator * (100 if self.measure.unit == "%" else 1)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)
