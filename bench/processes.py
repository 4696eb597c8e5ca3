"""The memory of a command with all its workers."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path


def watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Proportional set size of the whole session, in MB: memory that workers share counts once."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_megabytes(pid) for pid in _session(process.pid)))
        time.sleep(0.2)


def _session(leader: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == leader:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return found


def _megabytes(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except (OSError, ProcessLookupError):
        return 0.0
    sizes = [line.split()[1] for line in text.splitlines() if line.startswith("Pss:")]
    return int(sizes[0]) / 1024 if sizes else 0.0
