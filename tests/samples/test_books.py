"""The sample books: free of faults and of persons, and their sums are the figures that were published."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from openbook.book.load import load, store
from openbook.book.model import CARRYOVER, CURRENT, BudgetBook, Expenditure
from openbook.composing.compose import compose
from openbook.money import Unit, parse_amount

BOOKS = Path(__file__).parents[2] / "samples" / "books"
PUBLISHED: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("books.toml").read_text("utf-8")
)
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{17}[\dXx])(?!\d)")
_LI_PER_FEN = 10

Chooser = Callable[[Expenditure, str], bool]


def _under(line: Expenditure, code: str) -> bool:
    return code == "total" or line.function.startswith(code)


# section of books.toml -> which lines of expenditure a cell is the sum of
CHOOSERS: dict[str, Chooser] = {
    "all": _under,
    CURRENT: lambda line, code: line.period == CURRENT and _under(line, code),
    CARRYOVER: lambda line, code: line.period == CARRYOVER and _under(line, code),
    "basic": lambda line, code: line.category == "basic" and _under(line, code),
    "project": lambda line, code: line.category == "project" and _under(line, code),
    "economic": lambda line, code: (
        line.category == "basic" and (code == "total" or line.economic.startswith(code))
    ),
    "projects": lambda line, code: line.project == code,
}


@pytest.fixture(scope="module", params=sorted(PUBLISHED))
def book(request: pytest.FixtureRequest) -> BudgetBook:
    found, faults = load(BOOKS / request.param)
    assert [fault.describe() for fault in faults] == []
    assert found is not None
    return found


def _misprinted(book: BudgetBook, section: str) -> dict[str, tuple[str, int]]:
    """Published cells that the exact sum of their lines does not round to: account -> (published, fen)."""
    wrong = {}
    for code, text in PUBLISHED[Path(book.path).name][section].items():
        figure = parse_amount(text, Unit.WAN if "." in text else Unit.YUAN)
        assert figure is not None
        fen = sum(line.amount for line in book.expenditure if CHOOSERS[section](line, code))
        if not -figure.half <= fen * _LI_PER_FEN - figure.value < figure.half:
            wrong[code] = (text, fen)
    return wrong


def test_every_sample_book_has_its_published_figures() -> None:
    assert sorted(path.name for path in BOOKS.iterdir() if path.is_dir()) == sorted(PUBLISHED)


def test_exact_sums_round_to_what_was_published(book: BudgetBook) -> None:
    sections = PUBLISHED[Path(book.path).name]
    assert {section: _misprinted(book, section) for section in sections} == {
        section: {} for section in sections
    }


def test_a_sample_book_is_written_as_the_program_writes_it(book: BudgetBook, tmp_path: Path) -> None:
    store(book, tmp_path / "book")
    kept, written = _files(Path(book.path)), _files(tmp_path / "book")
    assert kept == written


def test_a_disclosure_can_be_composed_of_a_sample_book(book: BudgetBook) -> None:
    composed = compose(book)
    assert [fault.describe() for fault in composed.faults] == []
    assert composed.disclosure is not None


def test_no_person_and_no_telephone_is_in_a_sample_book(book: BudgetBook) -> None:
    assert not any(project.handler or project.telephone for project in book.projects)
    for name, content in _files(Path(book.path)).items():
        assert not _PERSONAL.search(content.decode("utf-8")), name


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
