"""A thousand departments with two workers: the whole command, as a ministry of finance would run it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from typing import Any

from bench.departments import departments
from bench.processes import watch
from openbook.book.load import store

NUMBER = 1_000
DIFFERENT = 50  # books; the rest are copies of them under other names
SECONDS = 0.5  # each
MEGABYTES = 400.0
_FORMATS = ("docx", "html", "data")


def run() -> list[dict[str, Any]]:
    """Wall time for each department, and the peak memory of all processes together."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = list(islice(departments(), DIFFERENT))
        for index in range(NUMBER):
            store(made[index % DIFFERENT], folder / "books" / f"{index:04d}")
        seconds, megabytes = _measure(folder)
    each = seconds / NUMBER
    formats = ", ".join(_FORMATS)
    what = f"{NUMBER:,} departments as {formats}, `openbook build --jobs 2`"
    return [
        _row(f"{what}: wall time of each", round(each, 3), "s", each < SECONDS, f"< {SECONDS} s"),
        _row(f"{what}: memory of all processes", round(megabytes), "MB", megabytes < MEGABYTES, f"< {MEGABYTES:.0f} MB"),
    ]  # fmt: skip


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


def _measure(folder: Path) -> tuple[float, float]:
    books = sorted(str(path) for path in (folder / "books").iterdir())
    wanted = [word for one in _FORMATS for word in ("--format", one)]
    openbook = str(Path(sys.executable).parent / "openbook")
    command = [openbook, "build", *books, "-o", str(folder / "out"), "--jobs", "2", *wanted]
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    peak = [0.0]
    watcher = threading.Thread(target=watch, args=(process, peak), daemon=True)
    watcher.start()
    status = process.wait()
    watcher.join()
    if status:
        raise RuntimeError(f"openbook build ended with {status}")
    return time.perf_counter() - began, peak[0]
