"""The same lifecycle with a million cases and ten million entries, loaded by the project's own generator.

How many can be chosen: BENCH_CASES=100000 make bench ONLY=case-million
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

from bench.cases import measured, row, told
from bench.granian import ROOT
from bench.onewindow import Installation, install
from bench.postgres import execute

CLIENTS = 8
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
LOADERS = 2

_LOAD = """
import sys
import django
django.setup()
from bench.histories import histories
from onewindow.kernel.loading import load
for done in load(histories(int(sys.argv[1]), int(sys.argv[2]))):
    if done.matters % 20_000 == 0:
        print(f"{done.matters:,} cases, {done.entries:,} entries", file=sys.stderr, flush=True)
print(done.entries)
"""


def run() -> list[dict[str, Any]]:
    """Measured empty, then loaded, then measured again: on the same installation, in the same run."""
    installation = install("bench_million")
    before = measured(installation, CLIENTS)
    seconds, entries = _loaded(installation)
    after = [measured(installation, CLIENTS), measured(install("bench_empty"), CLIENTS)]
    # Empty again at the end, on another database: a machine that has slowed down meanwhile is seen.
    empty = (before.rate + after[1].rate) / 2
    kept = after[0].rate / empty
    return [
        row(f"{CASES:,} cases with {entries:,} entries loaded by {LOADERS} processes", entries / seconds, "entries/s",
            bar="≥ 5,000/s", met=entries / seconds >= 5000),
        row(f"{CLIENTS} clients with {CASES:,} cases", after[0].rate, "lifecycles/s",
            f"{empty:.0f}/s without them ({before.rate:.0f} before, {after[1].rate:.0f} after)", ratio=kept,
            bar="within 10 %", met=kept >= 0.9),
        row(f"{CLIENTS} clients with {CASES:,} cases, a request: {told(after[0])}", after[0].p95(), "ms p95",
            bar="< 120 ms", met=after[0].p95() < 120),
    ]  # fmt: skip


def _loaded(installation: Installation) -> tuple[float, int]:
    """Seconds and entries."""
    started = time.perf_counter()
    loaders = [
        subprocess.Popen(
            [sys.executable, "-c", _LOAD, str(CASES // LOADERS), str(seed)],
            env=installation.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )
        for seed in range(1, LOADERS + 1)
    ]  # fmt: skip
    entries = 0
    for loader in loaders:
        output, _none = loader.communicate()
        if loader.returncode:
            raise RuntimeError("loading failed; its message stands above")
        entries += int(output.split()[-1])
    elapsed = time.perf_counter() - started
    # What autovacuum would do in its own time: the planner knows the tables, and reads need not check each row.
    execute(installation.environment["ONEWINDOW_DATABASE_URL"], "VACUUM ANALYZE")
    return elapsed, entries
