"""The process that checks one file and ends: it reads its task from stdin and writes its answer to stdout, as JSON.

It may use only so much memory and processor time, and write nothing.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from onewindow.kernel.dossiers.checks.inspecting import inspect
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit

_NICE = 5  # pages come first


def main() -> None:
    """Task: {"path": …, "limits": {…}}; answer: {"kind", "notes"}, {"code", "message"} or {"crash"}."""
    task = json.load(sys.stdin)
    limits = Limits(**task["limits"])
    _restrict(limits)
    json.dump(_answer(Path(task["path"]), limits), sys.stdout)


def _answer(path: Path, limits: Limits) -> dict[str, Any]:
    try:
        verdict = inspect(path, limits)
    except Unfit as unfit:
        return {"code": unfit.code, "message": unfit.message}
    except Exception as error:
        return {"crash": type(error).__name__}
    return {"kind": verdict.kind, "notes": verdict.notes}


def _restrict(limits: Limits) -> None:
    os.nice(_NICE)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
