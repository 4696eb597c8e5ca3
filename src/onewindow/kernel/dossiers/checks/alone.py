"""Checks a file in a process of its own, so that none can fill the memory, hang or bring down the server.

PDFium may be used by one thread at a time, too, and a server has many. Starting the process takes a tenth of a
second.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit, Verdict

_log = logging.getLogger("onewindow.dossiers")
_CHILD = "onewindow.kernel.dossiers.checks.child"


def inspect_alone(path: Path, limits: Limits) -> Verdict:
    """What `inspecting.inspect` says of a file. Raises Unfit, also where the check did not come to its end."""
    answer = _answer(path, limits)
    if "kind" in answer:
        return Verdict(answer["kind"], answer["notes"])
    if "code" in answer:
        raise Unfit(answer["code"], answer["message"])
    _log.error("the check of a file did not come to its end", extra={"how": answer["crash"]})
    raise Unfit(
        "check-failed",
        "文件结构异常，在限定的时间和内存内没有检查完。请用常用软件打开后另存或“打印为 PDF”，再上传新文件。",
    )


def _answer(path: Path, limits: Limits) -> dict[str, Any]:
    """What the process says; {"crash": how it ended} where it says nothing."""
    plain = {**asdict(limits), "size": dict(limits.size)}
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, in our own interpreter
            [sys.executable, "-I", "-m", _CHILD],
            input=json.dumps({"path": str(path), "limits": plain}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wait,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"crash": "timeout"}
    try:
        return dict(json.loads(ended.stdout))
    except ValueError:
        return {"crash": f"exit {ended.returncode}"}
