"""Published budgets, where they are at hand: every table as a second reader sees it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pdfplumber

from openbook.reading.pdf import read_pdf

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("OPENBOOK_DISCLOSURES") or ROOT.parent / "shared" / "disclosures")
FILES = sorted(FOLDER.rglob("*.pdf"))[:6] if FOLDER.is_dir() else []


def is_seen(item: dict) -> bool:
    """The second reader takes the edges of white backgrounds for lines; they are none."""
    white = item.get("non_stroking_color") in {(1,), (1, 1, 1), (1.0,), (1.0, 1.0, 1.0)}
    return item["object_type"] == "char" or not white


def bare(rows: list[list[str | None]]) -> list[list[str]]:
    return [[re.sub(r"\s+", "", cell or "") for cell in row] for row in rows]


def without_blanks(table: list[list[str]]) -> list[list[str]]:
    return [[cell for cell in row if cell] for row in table]


def check(path: Path) -> None:
    source = read_pdf(str(path))
    ours: dict[int | None, list[list[list[str]]]] = {}
    for table in source.tables():
        assert len({len(row) for row in table.rows}) == 1
        ours.setdefault(table.page, []).append(bare([[cell.text for cell in row] for row in table.rows]))
    with pdfplumber.open(path) as file:
        assert source.pages == len(file.pages)
        for number, page in enumerate(file.pages, 1):
            theirs = [bare(table) for table in page.filter(is_seen).extract_tables()]
            theirs = [table for table in theirs if any(map(any, table))]
            mine = ours.get(number, [])
            if mine != theirs:  # a last page whose own lines show but some of the columns
                assert list(map(without_blanks, mine)) == list(map(without_blanks, theirs))
                assert all(len(a[0]) > len(b[0]) for a, b in zip(mine, theirs, strict=True))
            page.close()


def test_tables_are_those_of_the_second_reader():
    for path in FILES:
        check(path)
