"""`python -m bench [NAME…]`: measures, then writes bench/results.json and docs/benchmarks.md.

Each measurement is a module of this package with `run() -> list[dict]`, one dict for each
figure, with the keys name, value, unit, against, ratio, bar and met:

name     what was measured, in words
value    the figure, in `unit`
against  what it is compared with, in words with its figure, or None
ratio    how many times better than that (or worse, below 1), or None
bar      what was promised, in words, or None where none was
met      whether the bar is met, or None
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"

NAMES = (
    "cli-start", "check-text", "check-pdf", "check-thousand", "mutation-score", "rounding", "build-one",
    "build-thousand", "legal-time", "case-lifecycle", "case-million", "case-sqlite", "crash-steps",
)  # fmt: skip
KEYS = ("name", "value", "unit", "against", "ratio", "bar", "met")

Row = dict[str, Any]


class NotMeasured(Exception):
    """There is no such measurement, or it returned something else than rows."""


def measure(name: str) -> list[Row]:
    """Run one measurement; its rows carry the measurement's name, the date and the machine."""
    module_name = f"bench.{name.replace('-', '_')}"
    if importlib.util.find_spec(module_name) is None:
        raise NotMeasured(f"{module_name} does not exist")
    rows = importlib.import_module(module_name).run()
    for row in rows:
        if missing := [key for key in KEYS if key not in row]:
            raise NotMeasured(f"{module_name}: a row lacks {', '.join(missing)}: {row}")
    stamp = {"bench": name, "date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    return [{**{key: row[key] for key in KEYS}, **stamp} for row in rows]


def machine() -> str:
    """What the figures depend on: processor, cores, memory, system, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    processor = _processor() or platform.machine()
    return (
        f"{processor}, {cores} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str | None:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names and names[0].lower() != "unknown" else None


def load() -> list[Row]:
    """What earlier runs measured."""
    if not RESULTS.exists():
        return []
    rows: list[Row] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return rows


def merge(old: list[Row], new: list[Row]) -> list[Row]:
    """New rows replace all earlier ones of the same measurement."""
    measured = {row["bench"] for row in new}
    rows = [row for row in old if row["bench"] not in measured] + new
    return sorted(rows, key=lambda row: NAMES.index(row["bench"]) if row["bench"] in NAMES else len(NAMES))


def page(rows: list[Row]) -> str:
    """docs/benchmarks.md: one table for each measurement."""
    parts = [
        "# Benchmarks",
        "Written by `make bench` (one of them: `make bench ONLY=NAME`) from `bench/results.json`.",
    ]
    for name in NAMES:
        of_name = [row for row in rows if row["bench"] == name]
        parts.append(f"## {name}")
        if not of_name:
            parts.append("**Not measured.**")
            continue
        parts.append(f"{of_name[0]['date']}, {of_name[0]['machine']}")
        table = ["| what | value | against | ratio | bar | met |", "|---|---:|---|---:|---|---|"]
        parts.append("\n".join(table + [_line(row) for row in of_name]))
    return "\n\n".join(parts) + "\n"


def _line(row: Row) -> str:
    ratio = f"{row['ratio']:.3g}×" if isinstance(row["ratio"], int | float) else row["ratio"]
    met = {True: "yes", False: "**no**", None: ""}[row["met"]]
    cells = (row["name"], f"{_figure(row['value'])} {row['unit']}", row["against"], ratio, row["bar"], met)
    return "| " + " | ".join("" if cell is None else str(cell).replace("|", "\\|") for cell in cells) + " |"


def _figure(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return (
        f"{value:,}" if isinstance(value, int) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    )


def save(rows: list[Row]) -> None:
    """Keep the rows, and the page made of them."""
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_page(rows)


def write_page(rows: list[Row]) -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(rows), encoding="utf-8")


def main(names: list[str]) -> int:
    """0 when everything asked for was measured, 1 when something was not, 2 on wrong use."""
    names = [name.replace("_", "-") for name in names]
    if unknown := [name for name in names if name not in NAMES]:
        print(f"bench: unknown {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    rows, failed = load(), []
    for name in names or NAMES:
        print(f"==> {name}", flush=True)
        try:
            new = measure(name)
        except NotMeasured as error:
            failed.append(f"{name}: MISSING ({error})")
        except Exception:
            traceback.print_exc()
            failed.append(f"{name}: FAILED, see above")
        else:
            rows = merge(rows, new)
            save(rows)
            for row in new:
                print("    " + _line(row).strip("| ").replace("\\|", "|"), flush=True)
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
