"""Files put in their place: all of them or none, and never over what is not theirs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from openbook.writing.data import FILE

_LONG_AGO = 86_400.0  # seconds


class Occupied(OSError):
    """Something else stands where a file is to be written. The message is for the user."""


def publish(write: Callable[[Path], Iterable[Path]], out: Path, book: str) -> list[Path]:
    """Let `write` make its files in a folder of their own, then put them into `out` over the former ones.

    `book` is the path of the budget book, which is never written over. Raises OSError.
    """
    out.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(out)
    with tempfile.TemporaryDirectory(prefix=_prefix(), dir=out) as scratch:
        new, former = Path(scratch, "new"), Path(scratch, "former")
        new.mkdir()
        made = list(write(new))
        for path in made:
            _permit(path, out / path.name, book)
        for path in made:
            target = out / path.name
            if path.is_dir() and target.is_dir():
                target.rename(former)
            path.replace(target)
    return [out / path.name for path in made]


def sweep(out: Path) -> None:
    """Remove what workers of this process that were stopped have left in a folder."""
    for left in out.glob(f"{_prefix()}*"):
        shutil.rmtree(left, ignore_errors=True)


def _clear_abandoned(out: Path) -> None:
    """Remove what runs that were killed have left, a day later: nobody can be writing there still."""
    for left in out.glob(".building-*-*"):
        with contextlib.suppress(OSError):
            if time.time() - left.lstat().st_mtime > _LONG_AGO:
                shutil.rmtree(left)


def _prefix() -> str:
    """Of folders that this run writes in; workers are of the run of their parent."""
    parent = multiprocessing.parent_process()
    return f".building-{parent.pid if parent else os.getpid()}-"


def _permit(made: Path, target: Path, book: str) -> None:
    kept, there = Path(os.path.realpath(book)), Path(os.path.realpath(target))
    if there == kept or there in kept.parents or kept in there.parents:
        raise Occupied(f"“{target.name}”是账簿所在，不能写在它上面；请换一个文件夹")
    if not made.is_dir():
        if target.is_dir():
            raise Occupied(f"里面已有名为“{target.name}”的文件夹；请移走它，或换一个文件夹")
    elif target.is_symlink() or target.is_file():
        raise Occupied(f"里面的“{target.name}”不是文件夹；请移走它，或换一个文件夹")
    elif target.is_dir() and not target.with_name(FILE).is_file() and any(target.iterdir()):
        raise Occupied(f"里面已有“{target.name}”文件夹，不是编制时写的；请移走它，或换一个文件夹")
