"""Where reports and baselines go: under their name only when complete, never half of one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from openbook.commands.inputs import WrongUse
from openbook.reading.errors import in_words


@contextmanager
def destination(output: str | None, binary: bool) -> Iterator[IO[Any]]:
    """Standard output, a device or pipe as it stands, or a file that appears when it is complete."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise WrongUse("xlsx 报告不能显示在终端里；请用 -o 报告.xlsx 说明写到哪里")
        yield sys.stdout.buffer if binary else sys.stdout
        return
    path = Path(os.path.realpath(output))  # a link keeps pointing where it points
    if os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where a folder is closed to us
        raise WrongUse(f"-o {output} 是文件夹；请写报告的文件名，如 {Path(output) / '报告.html'}")
    part = path if _special(path) else path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        out = part.open("wb") if binary else part.open("w", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise WrongUse(f"写不了 {output}：{in_words(error)}；请检查文件夹是否存在、可写") from None
    try:
        with out:
            yield out
        if part != path:
            part.replace(path)
    finally:
        if part != path:
            part.unlink(missing_ok=True)


def _special(path: Path) -> bool:
    """A device or a pipe: written to, never replaced."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113
