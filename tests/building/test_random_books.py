"""Two thousand random books: whatever a good book holds, what is built of it has nothing wrong.

Books are small or of middle size, a few large (`random_books.size_of`). A failing test names its seeds:
`examine(seed)` shows one of them alone.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from openbook.book.load import load, store
from openbook.book.validate import validate
from openbook.building.build import Wish, build_path
from openbook.composing.layout import buildable
from tests.building.examining import Trouble, examine, examine_files
from tests.building.random_books import random_book

COMPOSED = range(2_000)
WRITTEN = range(5_000, 5_100)
_WORKERS = 2


def troubles(work: Callable[[int], list[Trouble]], seeds: Sequence[int]) -> list[Trouble]:
    """What two processes find, in the order of the seeds. Started afresh: other tests have loaded libraries
    with threads, which no fork survives."""
    with multiprocessing.get_context("forkserver").Pool(_WORKERS) as pool:
        found = pool.map(work, seeds, chunksize=4)
    return [trouble for of_seed in found for trouble in of_seed]


def told(found: Sequence[Trouble]) -> list[str]:
    return [f"{one.seed} {one.kind}: {one.text}" for one in found][:20]


def test_books_are_good_and_survive_the_disk(tmp_path: Path) -> None:
    for seed in range(300):
        book = random_book(seed)
        assert validate(book) == [], seed
        store(book, tmp_path / f"{seed}")
        read, faults = load(tmp_path / f"{seed}")
        assert faults == [], seed
        assert [line.amount for line in read.expenditure] == [line.amount for line in book.expenditure]


def test_books_are_of_every_layout_and_shape() -> None:
    books = [random_book(seed) for seed in range(300)]
    assert {book.layout for book in books} == set(buildable())
    assert {line.source for book in books for line in book.expenditure} >= {
        "general",
        "fund",
        "other",
        "operations",
    }
    assert any(not book.projects for book in books)
    assert any(all(line.category != "basic" for line in book.expenditure) for book in books)
    assert any(all(line.source == "fund" for line in book.expenditure) for book in books)
    assert any(book.forward for book in books)
    assert any(len(book.projects) > 20 for book in books)
    amounts = {line.amount for book in books for line in book.expenditure}
    assert min(amounts) < 100 < 10**10 < max(amounts)


def test_nothing_is_wrong_with_what_is_composed() -> None:
    assert told(troubles(examine, COMPOSED)) == []


def test_nothing_is_wrong_with_what_is_written_and_read_back() -> None:
    assert told(troubles(examine_files, WRITTEN)) == []


# --- the same book, the same bytes -------------------------------------------------------------

_BUILD = """
import sys
from pathlib import Path
from openbook.building.build import Wish, build_path
built = build_path(sys.argv[1], Path(sys.argv[2]), Wish())
assert built.files, [fault.describe() for fault in built.faults]
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("seed", [4, 6, 12, 34])
def test_the_same_book_is_built_into_the_same_bytes_by_any_process(seed: int, tmp_path: Path) -> None:
    store(random_book(seed), tmp_path / "book")
    build_path(tmp_path / "book", tmp_path / "here", Wish())
    for number in ("1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": number, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        command = [sys.executable, "-c", _BUILD, str(tmp_path / "book"), str(tmp_path / number)]
        subprocess.run(command, check=True, env=environment)
    here = digests(tmp_path / "here")
    assert len(here) > 5
    assert here == digests(tmp_path / "1") == digests(tmp_path / "4242")
