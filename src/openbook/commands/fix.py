"""`openbook fix`: repairs that change no amount; a difference is shown, files change only on request."""

from __future__ import annotations

import codecs
import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from openbook.commands.inputs import WrongUse, expand
from openbook.commands.streams import colour
from openbook.reading.errors import in_words
from openbook.reading.repair import repair
from openbook.reporting.terminal import Paint, visible

SUFFIXES = (".txt", ".md")
LARGEST = 50_000_000  # bytes


def run(given: tuple[str, ...], *, write: bool, diff: bool) -> int:
    """Show or make the repairs. 1 where something is left to repair, 2 where a file is none."""
    status = total = 0
    paths = [path for path in expand(given) if Path(path).suffix.lower() in SUFFIXES]
    if not paths:
        raise WrongUse("fix 只修补文本文件（.txt、.md）；其他格式请改原文件")
    for path in paths:
        try:
            before, encoding = _read(path)
            after, changes = repair(before)
            if after == before:
                continue
            total += len(changes)
            if diff or not write:
                sys.stdout.writelines(_diff(path, before, after))
            if write:
                _write(path, after, encoding)
                sys.stderr.write(f"{visible(path)}：改了 {len(changes)} 处\n")
            else:
                status = max(status, 1)
        except BrokenPipeError:  # the reader of the difference has gone, which is no fault of the file
            raise
        except (OSError, UnicodeError) as error:
            sys.stderr.write(f"错误：{visible(path)} 没有修补：{_reason(error)}\n")
            status = 2
    if not total and status < 2:
        sys.stderr.write("没有要修补的\n")
    elif total and not write:
        sys.stderr.write(f"共 {total} 处可以修补；确认后加 --write 改写文件\n")
    return status


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "不是 UTF-8 或 GB18030 编码的文本"
    return in_words(error)


def _read(path: str) -> tuple[str, str]:
    """The text with its line ends as they are, and the encoding to write it back in."""
    if not Path(path).is_file() and Path(path).exists():
        raise OSError(0, "不是普通文件（可能是设备或管道）")
    if Path(path).stat().st_size > LARGEST:
        raise OSError(errno.EFBIG, "")
    raw = Path(path).read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16"), "utf-16"
    encoding = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError:
        return raw.decode("gb18030"), "gb18030"


def _write(path: str, text: str, encoding: str) -> None:
    """Replace the file in one step, so that no interruption leaves half of it."""
    target = Path(path).resolve()
    mode = target.stat().st_mode
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode(encoding))
        Path(part).chmod(mode)
        Path(part).replace(target)
    finally:
        Path(part).unlink(missing_ok=True)


def _diff(path: str, before: str, after: str) -> Iterator[str]:
    """The changed lines, one by one: a repair never adds or removes a line."""
    paint = Paint(colour(sys.stdout))
    for number, (old, new) in enumerate(zip(before.split("\n"), after.split("\n"), strict=True), 1):
        if old != new:
            yield paint("cyan", f"{visible(path)}:{number}") + "\n"
            yield paint("red", f"- {visible(old)}") + "\n"
            yield paint("green", f"+ {visible(new)}") + "\n"
