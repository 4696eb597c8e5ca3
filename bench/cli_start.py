"""How long `openbook --help` takes from a cold process, beside a python that does nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

TIMES = 10
BAR = 0.3


def run() -> list[dict[str, Any]]:
    """Median wall time of ten new processes, after one that warms the disk's cache."""
    command = [str(Path(sys.executable).parent / "openbook"), "--help"]
    start = _median(command)
    nothing = _median([sys.executable, "-c", "pass"])
    return [
        {
            "name": "`openbook --help`, median of 10",
            "value": round(start, 3),
            "unit": "s",
            "against": f"`python -c pass`: {nothing:.3f} s",
            "ratio": round(nothing / start, 2),
            "bar": f"< {BAR} s",
            "met": start < BAR,
        }
    ]


def _median(command: list[str]) -> float:
    return statistics.median([_seconds(command) for _ in range(TIMES + 1)][1:])


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
