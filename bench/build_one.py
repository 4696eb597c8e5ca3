"""One whole disclosure in all formats: thirteen statements, twenty performance forms, in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.departments import shanxi_with_forms
from openbook.book.load import store

TIMES = 5
SECONDS = 3.0
MEGABYTES = 400.0
_FORMS = 20
# The same tables as python-docx alone writes them, without a style, a merged cell or a sentence.
_PLAIN = """
import sys
from docx import Document
from openbook.book.load import load
from openbook.composing.compose import compose
book, _ = load(sys.argv[1])
made = Document()
for table in compose(book).disclosure.tables():
    grid = made.add_table(len(table.rows), len(table.widths))
    for row, line in zip(table.rows, grid.rows):
        for cell, place in zip(row, line.cells):
            place.text = cell.text
made.save(sys.argv[2])
"""


def run() -> list[dict[str, Any]]:
    """Median wall time of five new processes, imports included, and the most memory of any of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store(shanxi_with_forms(_FORMS), folder / "book")
        openbook = str(Path(sys.executable).parent / "openbook")
        command = [openbook, "build", str(folder / "book"), "-o", str(folder / "out")]
        plain = [sys.executable, "-c", _PLAIN, str(folder / "book"), str(folder / "plain.docx")]
        runs = [_measured(command) for _ in range(TIMES + 1)][1:]
        alone = statistics.median([_measured(plain)[0] for _ in range(3)])
    seconds = statistics.median([one for one, _ in runs])
    megabytes = max(memory for _, memory in runs)
    what = f"13 statements and {_FORMS} forms as docx, pdf, html, xlsx and data, `openbook build`"
    against = f"python-docx alone, the same tables into one docx: {alone:.1f} s"
    return [
        _row(f"{what}, median of {TIMES}", round(seconds, 2), "s", seconds < SECONDS, f"< {SECONDS:.0f} s")
        | {"against": against, "ratio": round(alone / seconds, 2)},
        _row(f"{what}: memory", round(megabytes), "MB", megabytes < MEGABYTES, f"< {MEGABYTES:.0f} MB"),
    ]


def _row(name: str, value: float, unit: str, met: bool, bar: str) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "against": None,
        "ratio": None,
        "bar": bar,
        "met": met,
    }


def _measured(command: list[str]) -> tuple[float, float]:
    """Wall seconds, and the most memory the process ever held, in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024
