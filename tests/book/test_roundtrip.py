"""What is stored is loaded again: for any rows, in the folder, in JSON, and through understanding."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from openbook.book.faults import yuan
from openbook.book.folder import read_folder, write_folder
from openbook.book.model import (
    CATEGORIES,
    LEVELS,
    PERIODS,
    SOURCES,
    BudgetBook,
    Expenditure,
    Indicator,
    Prior,
    Project,
    Purchase,
    Spot,
    Unit,
    Words,
)
from openbook.book.parse import parse
from openbook.book.raw import RawBook, RawRow
from openbook.book.render import render
from openbook.book.schema import from_json, to_json
from openbook.book.tables import BOOK, INDICATORS, LEVEL2, PROJECT_TEXTS, PROJECTS, SHEETS, TEXTS, Sheet
from openbook.book.topics import TOPICS, reason_key
from openbook.book.values import MOST_FEN
from tests.book.books import small_book

# Anything but what is no text (surrogates) or no line (NUL): quotes, sharps, backslashes, line ends, U+2028.
_CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0\r")
ANY = st.text(_CHARACTERS, max_size=30).map(str.strip)
TRICKY = st.text(st.sampled_from("\"'#,\\\n=[] \t甲\u2028\x7f\x1f1."), max_size=12).map(str.strip)
CELL = ANY | TRICKY
CODES = st.lists(st.from_regex(r"[A-Z]{1,3}[0-9]{1,4}", fullmatch=True), unique=True, max_size=2)


def row_of(sheet: Sheet, **fixed: str) -> st.SearchStrategy[RawRow]:
    """A row with a few of the table's fields filled in, never none."""
    keys = st.sampled_from([field.key for field in sheet.fields if field.key not in fixed])
    values = st.dictionaries(keys, CELL.filter(bool), min_size=1, max_size=4)
    return values.map(lambda one: RawRow({**one, **fixed}, sheet.file))


@st.composite
def raw_books(draw) -> RawBook:
    raw = RawBook("b", {"book": [draw(row_of(BOOK))]})
    sheet = draw(st.sampled_from([sheet for sheet in SHEETS if sheet.file.endswith(".csv")]))
    raw.tables[sheet.key] = draw(st.lists(row_of(sheet), max_size=3))
    codes = sorted(draw(CODES))
    raw.tables["projects"] = [draw(row_of(PROJECTS, code=code)) for code in codes]
    raw.tables["indicators"] = [
        draw(row_of(INDICATORS, project=code)) for code in codes for _ in range(draw(st.integers(0, 2)))
    ]
    for key, text in draw(
        st.dictionaries(st.sampled_from(list(TEXTS)), CELL.filter(bool), max_size=2)
    ).items():
        raw.texts[key] = RawRow({"text": text}, "")
    return raw


def plain(raw: RawBook) -> tuple:
    tables = {key: [row.values for row in rows] for key, rows in raw.tables.items() if rows}
    return tables, {key: row.values for key, row in raw.texts.items()}


@given(raw_books())
def test_any_rows_written_to_a_folder_are_read_again(raw):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "b"
        write_folder(raw, folder)
        read = read_folder(folder)
        assert read.faults == []
        assert plain(read) == plain(raw)
        first = {path: path.read_bytes() for path in folder.rglob("*.*")}
        write_folder(read, folder)
        assert {path: path.read_bytes() for path in folder.rglob("*.*")} == first


# --- understanding ----------------------------------------------------------------------

FEN = st.integers(0, MOST_FEN)
TEXT = (
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
UNITS = ("甲局", "乙中心")
PROJECT = st.sampled_from(["", "A1", "A2"])


def built(kind, **fields) -> st.SearchStrategy:
    return st.builds(kind, **fields)


LINES = built(
    Expenditure, unit=st.sampled_from(UNITS), function=st.sampled_from(["2010301", "2080505"]),
    economic=st.sampled_from(["30101", "30201"]), source=st.sampled_from(list(SOURCES)),
    category=st.sampled_from(list(CATEGORIES)), project=PROJECT, period=st.sampled_from(list(PERIODS)),
    amount=FEN, note=TEXT | st.just(""), spot=st.just(Spot()),
)  # fmt: skip
PURCHASES = built(
    Purchase, unit=st.sampled_from(UNITS), name=TEXT, category=st.sampled_from(["goods", "works", "services"]),
    amount=FEN, source=st.sampled_from(list(SOURCES)), project=PROJECT, price=st.none() | FEN, reserved=FEN,
    quantity=TEXT | st.just(""), spot=st.just(Spot()),
)  # fmt: skip
MEASURES = built(
    Indicator, level2=st.sampled_from(list(LEVEL2)), name=TEXT, target=TEXT, period_target=TEXT | st.just(""),
    spot=st.just(Spot()),
)  # fmt: skip
MONEY = st.dictionaries(st.sampled_from(list(LEVELS)), FEN)
WORDS = TEXT.map(lambda text: Words(text))


def projects(code: str) -> st.SearchStrategy[Project]:
    return built(
        Project, code=st.just(code), name=TEXT, unit=st.sampled_from(UNITS), funds=MONEY, year_funds=MONEY,
        texts=st.dictionaries(st.sampled_from(list(PROJECT_TEXTS)), WORDS), handler=TEXT | st.just(""),
        indicators=st.lists(MEASURES, max_size=3).map(tuple), spot=st.just(Spot()),
    )  # fmt: skip


BOOKS = built(
    BudgetBook, path=st.just("b"), layout=TEXT, year=st.integers(2018, 2099), department=TEXT,
    units=st.just([Unit("甲局", "quasi", posts=0, spot=Spot()), Unit("乙中心", "institution", spot=Spot())]),
    expenditure=st.lists(LINES, max_size=5),
    prior=st.lists(st.sampled_from(list(TOPICS)), unique=True).flatmap(
        lambda items: st.tuples(*(built(Prior, item=st.just(item), amount=FEN, unit=st.sampled_from(["", *UNITS]), spot=st.just(Spot())) for item in items))
    ).map(list),
    reasons=st.dictionaries(
        st.builds(reason_key, st.sampled_from(list(TOPICS)), st.sampled_from(["", *UNITS])), WORDS
    ),
    purchases=st.lists(PURCHASES, max_size=3),
    projects=st.tuples(projects("A1"), projects("A2")).map(list),
    texts=st.dictionaries(st.sampled_from(list(TEXTS)), WORDS),
)  # fmt: skip


def spotless(book: BudgetBook) -> BudgetBook:
    """The book without its places."""

    def bare(row):
        return replace(row, spot=Spot())

    def words(texts):
        return {key: Words(text.text) for key, text in texts.items()}

    found = replace(book, path="", spots={}, reasons=words(book.reasons), purposes=words(book.purposes))
    found.texts = words(book.texts)
    for key in ("units", "expenditure", "revenue", "forward", "prior", "purchases", "assets", "controls"):
        setattr(found, key, [bare(row) for row in getattr(book, key)])
    found.projects = [
        replace(
            one, spot=Spot(), texts=words(one.texts), indicators=tuple(bare(each) for each in one.indicators)
        )
        for one in book.projects
    ]
    return found


@given(BOOKS)
def test_a_book_rendered_is_understood_again(book):
    again, faults = parse(render(book))
    assert faults == []
    assert spotless(again) == spotless(book)


@given(BOOKS)
def test_a_book_as_json_is_understood_again(book):
    again, faults = from_json(to_json(book, private=True))
    assert faults == []
    assert spotless(again) == spotless(book)


def test_the_small_book_is_understood_again():
    assert spotless(parse(render(small_book()))[0]) == spotless(small_book())


@given(st.integers(-MOST_FEN, MOST_FEN))
def test_yuan_are_plain_and_exact(fen):
    text = yuan(fen)
    whole, _, rest = text.lstrip("-").partition(".")
    assert int(whole) * 100 + int(rest.ljust(2, "0") or "0") == abs(fen)
    assert text.startswith("-") == (fen < 0)
    assert not text.endswith((".", ".0", ".00"))
