"""From what was typed to a list of files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm", ".xlsx", ".pdf")
CONVERT = (".doc", ".wps", ".xls", ".et", ".ofd", ".rtf", ".odt", ".ods", ".ceb")
_MAGIC = frozenset("*?[")


class WrongUse(Exception):
    """The command was called wrongly. The message says how to mend it."""


def expand(given: Iterable[str]) -> list[str]:
    """Files, folders (with all below them) and patterns as a list of files, each once, in order.

    A file that is named is taken whatever its suffix: its content decides what it is.
    """
    found: dict[str, None] = {}
    for one in given:
        found.update(dict.fromkeys(_files(one)))
    return list(found)


def _files(given: str) -> list[str]:
    if not given:
        raise WrongUse("有一个路径是空的；请写文件或文件夹")
    if given == "-":
        raise WrongUse("不从标准输入读取；请把内容存成文件，再写文件名")
    path = Path(given)
    if os.path.isdir(given):  # noqa: PTH112  Path.is_dir raises where a folder above is closed to us
        below = sorted(_below(given))
        if not below:
            raise WrongUse(f"文件夹 {given} 里没有能读的文件；能读的后缀：{'、'.join(SUFFIXES)}")
        return below
    if _stands(given):
        return [given]
    if _MAGIC & set(given):
        found = glob.glob(given, recursive=True)  # noqa: PTH207  also takes absolute patterns
        matched = sorted(one for one in found if Path(one).is_file() and not Path(one).name.startswith("~$"))
        if not matched:
            raise WrongUse(f"没有文件与 {given} 相符；请检查路径，或给出文件夹")
        return matched
    raise WrongUse(f"找不到 {given}{_hint(path)}")


def _stands(given: str) -> bool:
    """Whether something is there, be it closed to us or a link to nowhere: reading it tells which."""
    try:
        os.lstat(given)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _below(folder: str) -> Iterator[str]:
    """The files below a folder; a folder that cannot be opened stands for itself, so that it is told."""
    closed: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")):
                yield os.path.join(root, name)  # noqa: PTH118  keeps the folder exactly as typed
    yield from (str(error.filename) for error in closed)


def passed_over(given: Iterable[str]) -> list[str]:
    """Office files in the folders given whose format cannot be read: silence would hide them."""
    return sorted(
        str(path)
        for one in given
        if os.path.isdir(one)  # noqa: PTH112  as above
        for path in Path(one).rglob("*")
        if path.suffix.lower() in CONVERT and not path.name.startswith((".", "~$"))
    )


def _hint(path: Path) -> str:
    try:
        beside = os.listdir(path.parent)  # noqa: PTH208
    except OSError:
        return f"；文件夹 {path.parent} 也不存在"
    near = get_close_matches(path.name, beside, 1)
    return f"；是不是 {path.parent / near[0]}？" if near else "；请检查路径"


def near(word: str, known: Iterable[str], what: str) -> str:
    """The tail of a message about an unknown word: what it may have been, or what there is."""
    known = list(known)
    close = get_close_matches(word.lower(), [one.lower() for one in known], 1, 0.5)
    if close:
        return "；是不是 " + next(one for one in known if one.lower() == close[0]) + "？"
    return f"；{what}：{'、'.join(known)}" if len(known) <= 12 else f"；{what}"
