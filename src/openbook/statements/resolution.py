"""How finely a document prints its money, where it prints more coarsely than is usual for the unit.

A budget printed in whole 万元, or with one decimal, is rounded to that: its sums may differ by far
more than those of a budget printed to the hundredth.
"""

from __future__ import annotations

from collections.abc import Iterable

from openbook.document import Cell, Document, Statement
from openbook.money import Unit, parse_decimal

# So many different figures do not all end in zeros that were left out by chance.
_ENOUGH = 6


def settle_resolution(document: Document) -> None:
    """Give the cells of coarsely printed statements the half step that they are rounded to."""
    for unit in {statement.unit for statement in document.statements}:
        same = [statement for statement in document.statements if statement.unit is unit]
        pooled = _decimals(same, unit)
        for statement in same:
            decimals = _decimals([statement], unit)
            if decimals is None:
                decimals = pooled
            if decimals is not None and decimals < unit.usual_decimals:
                _coarsen(statement.cells(), unit.li // 10**decimals // 2)


def _decimals(statements: list[Statement], unit: Unit) -> int | None:
    """The most decimals of any figure; None where too few figures are printed to tell."""
    seen: set[int] = set()
    most = 0
    for statement in statements:
        for cell in statement.cells():
            if not cell.amount:
                continue
            parsed = parse_decimal(cell.text)
            most = max(most, parsed[1] if parsed else unit.usual_decimals)
            if most >= unit.usual_decimals:
                return most
            seen.add(cell.amount)
    return most if len(seen) >= _ENOUGH else None


def _coarsen(cells: Iterable[Cell], half: int) -> None:
    for cell in cells:
        cell.half = max(cell.half, half)
