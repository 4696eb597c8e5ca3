"""From a printed figure back to the lines of the book it is the sum of, and to what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import NamedTuple

from openbook.comparing.addresses import labelled, split
from openbook.disclosure import Claim, Origin
from openbook.money import parse_decimal
from openbook.statements.words import fold
from openbook.writing.data import BookLine, Published, PublishedCell

_MOST_SUGGESTED = 5
_LIKE_ENOUGH = 0.5
_FIGURE = re.compile(r"^-?[\d,，]+(?:\.\d+)?(?:元|万元|亿元|%|％)?$")
_BREAKS = re.compile(r"[\s\u3000、，,/《》“”]+")


class Part(NamedTuple):
    """A figure that another one adds up from."""

    address: str
    cell: PublishedCell


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure with everything behind and above it; amounts in fen.

    parts    figures of the same statement whose printed values add up to it
    lines    the lines of the book it is the sum of
    apart    exact sum less the amounts of the lines: of some only a part counts (money carried forward)
    claims   what the prose says with it
    """

    address: str
    cell: PublishedCell
    parts: tuple[Part, ...]
    lines: tuple[tuple[Origin, BookLine], ...]
    apart: int
    claims: tuple[Claim, ...]

    @property
    def rounding(self) -> int:
        """Printed less exact."""
        return self.cell.printed - self.cell.exact


@dataclass(frozen=True, slots=True)
class Found:
    """What words may mean: addresses of figures, claims; where there are none, what comes near."""

    addresses: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    near: tuple[str, ...] = ()


def trace(published: Published, address: str) -> Traced:
    """Everything behind one figure. Raises KeyError where there is none of this address."""
    cell = published.cells[address]
    lines = tuple((origin, published.lines[origin]) for origin in cell.origins)
    counted = sum(line.amount for _, line in lines)
    return Traced(
        address,
        cell,
        tuple(Part(part, published.cells[part]) for part in cell.parts if part in published.cells),
        lines,
        cell.exact - counted if lines else 0,
        tuple(claim for claim in published.claims if address in claim.cells),
    )


def find(published: Published, asked: str) -> Found:
    """What is asked for: an address, a claim's id, a printed figure, or words of titles, rows and columns."""
    asked = asked.strip()
    if asked in published.cells:
        return Found((asked,))
    if claims := tuple(claim for claim in published.claims if asked == claim.id):
        return Found(claims=claims)
    if _FIGURE.match(asked):
        found = _by_figure(published, asked)
    else:
        found = Found(tuple(_by_words(published, asked)), _claims_saying(published, asked))
    return found if found.addresses or found.claims else Found(near=tuple(_near(published, asked)))


# --- by figure ------------------------------------------------------------------------------


def _by_figure(published: Published, asked: str) -> Found:
    """All figures that print so, whatever their thousands, in the unit asked for; claims that say so."""
    wanted, unit = _number(asked), asked.lstrip("-0123456789,，.")
    addresses = tuple(
        address
        for address, cell in published.cells.items()
        if cell.text and _number(cell.text) == wanted and unit in ("", cell.unit)
    )
    said = (claim for claim in published.claims if _number(claim.text) == wanted)
    return Found(addresses, tuple(claim for claim in said if fold(claim.text).endswith(fold(unit))))


def _number(text: str) -> tuple[int, int] | None:
    """A printed number without its unit: mantissa and decimals, zeros at the end left out."""
    parsed = parse_decimal(fold(text).rstrip("%元万亿辆个台套平方米人"))
    if parsed is None:
        return None
    mantissa, decimals = parsed
    while decimals and mantissa % 10 == 0:
        mantissa, decimals = mantissa // 10, decimals - 1
    return mantissa, decimals


# --- by words -------------------------------------------------------------------------------


def _by_words(published: Published, asked: str) -> list[str]:
    """Figures whose label holds every word, those that the words name best, blanks only where all are blank."""
    words = [fold(word) for word in _BREAKS.split(asked) if word]
    scored: dict[str, float] = {}
    for address, cell in published.cells.items():
        fields = [fold(field) for field in _fields(address, cell)]
        score = _score(words, fields)
        if score:
            scored[address] = score
    best = max(scored.values(), default=0.0)
    found = [address for address, score in scored.items() if score == best]
    return [address for address in found if published.cells[address].text] or found


def _fields(address: str, cell: PublishedCell) -> Iterator[str]:
    """What a word may be found in: title, row, column, each heading of the column, the keys of the address."""
    title, row, column = labelled(cell.label)
    yield from (title, row, column, *column.split(" / "), *row.split(" "), *split(address))


def _score(words: Iterable[str], fields: Iterable[str]) -> float:
    """How much of the fields the words make up: 1 for each word that is one, 0 where a word is in none."""
    told = list(fields)
    total = 0.0
    for word in words:
        shares = [len(word) / len(field) for field in told if word in field]
        if not shares:
            return 0.0
        total += max(shares)
    return total


def _claims_saying(published: Published, asked: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in published.claims if fold(claim.text) == fold(asked))


def _near(published: Published, asked: str) -> list[str]:
    """Addresses of printed figures that come near, in value or in words, the nearest first."""
    printed = [(address, cell) for address, cell in published.cells.items() if cell.text]
    number = _number(asked) if _FIGURE.match(asked) else None
    if number is not None:
        first = {cell.printed: (address, cell) for address, cell in reversed(printed)}.values()
        nearest = sorted(first, key=lambda one: _apart(number, _number(one[1].text)))
        return [address for address, _ in nearest[:_MOST_SUGGESTED]]
    likeness = [(_likeness(asked, address, cell), address) for address, cell in printed]
    likely = [one for one in likeness if one[0] >= _LIKE_ENOUGH]
    return [address for _, address in sorted(likely, key=lambda one: -one[0])[:_MOST_SUGGESTED]]


def _apart(one: tuple[int, int], other: tuple[int, int] | None) -> Fraction:
    """How far two numbers are from each other; texts that are none are farthest."""
    if other is None:
        return Fraction(10**18)
    return abs(Fraction(one[0], 10 ** one[1]) - Fraction(other[0], 10 ** other[1]))


def _likeness(asked: str, address: str, cell: PublishedCell) -> float:
    """Share of the letters asked for that stand in the label, or in the address, in this order."""
    wanted = fold(asked)
    names = (fold("".join(labelled(cell.label))), fold(address))
    blocks = (SequenceMatcher(None, wanted, name, autojunk=False).get_matching_blocks() for name in names)
    return max(sum(block.size for block in found) for found in blocks) / max(1, len(wanted))
