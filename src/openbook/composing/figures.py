"""Named figures of the prose: which cells they are, and how they compare with last year."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from openbook.book.model import BudgetBook
from openbook.book.topics import SUMS, TOPICS
from openbook.composing.facts import check_words
from openbook.disclosure import Cell, Origin
from openbook.money import Unit
from openbook.rounding import Problem, controlled

FEN_PER_HUNDREDTH = 10_000  # 0.01 万元, the step in which prose states money
_PROSE = (Unit.WAN, 2)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that templates use. `words` choose its facts where no statement prints it."""

    name: str
    cells: tuple[str, ...]
    words: str
    topic: str


@cache
def named_figures() -> dict[str, Named]:
    raw = tomllib.loads((resources.files("openbook.composing") / "figures.toml").read_text("utf-8"))
    found = {}
    for name, entry in raw["figures"].items():
        check_words(entry["words"])
        found[name] = Named(name, tuple(entry.get("cells", ())), entry["words"], entry.get("topic", ""))
    return found


def _own(book: BudgetBook, unit: str) -> dict[str, list[tuple[int, int]]]:
    """The rows that speak of each item: their numbers and amounts."""
    found: dict[str, list[tuple[int, int]]] = {}
    whole = {prior.item for prior in book.prior if not prior.unit}
    for line, prior in enumerate(book.prior):
        if unit and len(book.units) > 1:
            speaks = prior.unit == unit
        else:
            speaks = not prior.unit or prior.item not in whole
        if speaks:
            found.setdefault(prior.item, []).append((line, prior.amount))
    return found


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of the prose: printed in 0.01 万元, its exact fen, the cell it is.

    `topic` is a key of the book's `prior` and `reasons`, "" where nothing is compared.
    """

    name: str
    steps: int  # 0.01 万元
    exact: int  # fen
    address: str
    topic: str = ""

    @property
    def text(self) -> str:
        whole, rest = divmod(abs(self.steps), 100)
        return f"{'-' if self.steps < 0 else ''}{whole}.{rest:02d}万元"


def in_prose(cell: Cell) -> int:
    """A printed cell in 0.01 万元; a cell printed in yuan is rounded half up."""
    if (cell.unit, cell.decimals) == _PROSE:
        return cell.printed
    return (cell.fen + FEN_PER_HUNDREDTH // 2) // FEN_PER_HUNDREDTH


def amount_of(cell: Cell, name: str, topic: str = "") -> Amount:
    return Amount(name, in_prose(cell), cell.exact, cell.address, topic)


class LastYear:
    """Last year's figures as printed: rounded together, so that parts and sums agree there too.

    Those of a unit are its own rows. Those of the department are the rows that name no unit; where
    there is none for a figure, the sum of its units'.
    """

    def __init__(self, book: BudgetBook, unit: str = "") -> None:
        rows = _own(book, unit)
        self.rows = {item: tuple(line for line, _ in found) for item, found in rows.items()}
        self.exact = {item: sum(amount for _, amount in found) for item, found in rows.items()}
        for total, parts in SUMS.items():
            if all(part in self.exact for part in parts):
                self.exact[total] = sum(self.exact[part] for part in parts)
                self.rows[total] = tuple(line for part in parts for line in self.rows[part])
        self.printed = self._round()

    def _round(self) -> dict[str, int]:
        topics = [item for item in self.exact if item not in SUMS]
        atoms = tuple(self.exact[item] for item in topics)
        cells: list[tuple[int, ...]] = [(index,) for index in range(len(topics))]
        sums = [total for total in SUMS if total in self.exact]
        cells += [tuple(topics.index(part) for part in SUMS[total]) for total in sums]
        if not cells:
            return {}
        rounded = controlled(Problem(atoms, tuple(cells), FEN_PER_HUNDREDTH))
        return dict(zip([*topics, *sums], rounded.printed, strict=True))


def sum_cell(address: str, steps: int, exact: int, origins: tuple[Origin, ...]) -> Cell:
    """A figure that only the prose states, in 0.01 万元."""
    return Cell(address, exact, steps, *_PROSE, origins, grouped=False)


def title_of(topic: str, names: Mapping[str, str]) -> str:
    """A topic in words: 机关运行经费, or the functional account it is the code of."""
    return TOPICS.get(topic) or f"{topic} {names.get(topic, '')}".strip()
