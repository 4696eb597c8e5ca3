"""A thousand documents with two workers: the whole command, as a user runs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench.documents import generated, published
from bench.processes import watch

NUMBER = 1_000
SECONDS = 20.0
MEGABYTES = 500.0


def run() -> list[dict[str, Any]]:
    """Published texts copied in turn where they are at hand, else generated ones; wall time and peak memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = _fill(folder)
        seconds, megabytes = _measure(folder)
    what = f"{NUMBER:,} documents, {size // 1_000_000} MB, `openbook check --jobs 2 --format jsonl`"
    floor = size / 1e9
    return [
        _row(f"{what}: wall time", round(seconds, 1), "s", seconds < SECONDS, f"< {SECONDS:.0f} s", floor / seconds),
        _row(f"{what}: memory of all processes", round(megabytes), "MB", megabytes < MEGABYTES, f"< {MEGABYTES:.0f} MB", None),
    ]  # fmt: skip


def _row(name: str, value: float, unit: str, met: bool, bar: str, ratio: float | None) -> dict[str, Any]:
    against = "reading the bytes at 1 GB/s" if ratio is not None else None
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "against": against,
        "ratio": ratio,
        "bar": bar,
        "met": met,
    }


def _fill(folder: Path) -> int:
    originals = published(".txt")
    if not originals:
        return sum(path.stat().st_size for path in generated(folder, NUMBER))
    for index in range(NUMBER):
        shutil.copyfile(originals[index % len(originals)], folder / f"{index:04d}.txt")
    return sum(path.stat().st_size for path in folder.iterdir())


def _measure(folder: Path) -> tuple[float, float]:
    command = [
        str(Path(sys.executable).parent / "openbook"),
        "check",
        str(folder),
        "--jobs",
        "2",
        "--format",
        "jsonl",
    ]
    began = time.perf_counter()
    with (folder.parent / f"{folder.name}.out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, start_new_session=True)
        peak = [0.0]
        watcher = threading.Thread(target=watch, args=(process, peak), daemon=True)
        watcher.start()
        status = process.wait()
        watcher.join()
    seconds = time.perf_counter() - began
    (folder.parent / f"{folder.name}.out").unlink()
    if status not in (0, 1):
        raise RuntimeError(f"openbook check ended with {status}")
    return seconds, peak[0]
