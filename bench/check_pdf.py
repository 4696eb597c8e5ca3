"""How fast a published PDF is read, and read and checked, beside pdfplumber on the same pages.

pdfplumber does the reading alone, so the row of the whole check is measured against less work.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber

from openbook.checking.engine import check_file
from openbook.reading.pdf import read_pdf

TIMES = 5
BAR = 5
ROOT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("OPENBOOK_DISCLOSURES") or ROOT.parent / "shared" / "disclosures")


def run() -> list[dict[str, Any]]:
    """Published PDFs where they are at hand, else one made here."""
    with tempfile.TemporaryDirectory() as folder:
        files = sorted(FOLDER.rglob("*.pdf"))[:5] if FOLDER.is_dir() else []
        return [row for path in files or [_made(Path(folder))] for row in _rows(path)]


def _rows(path: Path) -> list[dict[str, Any]]:
    name, pages = str(path), read_pdf(str(path)).pages or 0
    check_file(name)  # loads the rules
    theirs = _seconds(_pdfplumber, name)
    kinds: list[tuple[str, Callable[[str], Any], int | None]] = [
        ("text and tables", read_pdf, BAR),
        ("whole check (reading included)", check_file, None),
    ]
    rows = []
    for what, work, bar in kinds:
        ours = statistics.median(_seconds(work, name) for _ in range(TIMES))
        rows.append(
            {
                "name": f"{what} of `{path.name}`, {pages} pages, median of {TIMES}",
                "value": round(ours * 1000, 1),
                "unit": "ms",
                "against": f"pdfplumber, reading alone (extract_text, extract_tables): {theirs * 1000:,.0f} ms",
                "ratio": round(theirs / ours, 1),
                "bar": f"≥ {bar}× as fast" if bar else None,
                "met": theirs >= bar * ours if bar else None,
            }
        )
    return rows


def _seconds(read: Callable[[str], Any], path: str) -> float:
    began = time.perf_counter()
    read(path)
    return time.perf_counter() - began


def _pdfplumber(path: str) -> None:
    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def _made(folder: Path) -> Path:
    """Twenty pages of twenty rows."""
    from tests.reading.paper import Page, save

    xs = [50.0, 90, 130, 170, 400, 500, 600]
    ys = [60.0 + 24 * row for row in range(21)]
    row = ["201", "03", "01", "行政运行", "1,234.50", "0.00"]
    return Path(
        save(folder, *[Page().text(50, 30, "部门支出预算总表").table(xs, ys, [row] * 20) for _ in range(20)])
    )
