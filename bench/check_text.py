"""How long a text disclosure takes to read and check once the program runs."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.documents import generated, published
from openbook.checking.engine import check_file

TIMES = 15
BAR = 25.0
PEER = "the best public checker: 13–29 ms for its rules alone, after 600–1,500 ms of extraction (published)"


def run() -> list[dict[str, Any]]:
    """Median of fifteen, after three that warm the program; each document by itself."""
    with tempfile.TemporaryDirectory() as folder:
        paths = published(".txt") or generated(Path(folder), 3)
        return [_row(path) for path in paths]


def _row(path: Path) -> dict[str, Any]:
    for _ in range(3):
        check_file(str(path))
    median = statistics.median(_milliseconds(path) for _ in range(TIMES))
    nothing = statistics.median(_reading(path) for _ in range(TIMES))
    return {
        "name": f"read and check `{path.name}`, {path.stat().st_size // 1000} KB, median of {TIMES}",
        "value": round(median, 1),
        "unit": "ms",
        "against": f"reading the bytes: {nothing:.2f} ms; {PEER}",
        "ratio": round(nothing / median, 4),
        "bar": f"< {BAR:.0f} ms",
        "met": median < BAR,
    }


def _milliseconds(path: Path) -> float:
    began = time.perf_counter()
    check_file(str(path))
    return (time.perf_counter() - began) * 1000


def _reading(path: Path) -> float:
    began = time.perf_counter()
    path.read_text("utf-8")
    return (time.perf_counter() - began) * 1000
