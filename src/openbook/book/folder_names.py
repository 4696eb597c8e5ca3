"""Which files a book in a folder has."""

from __future__ import annotations

import os
import re
from pathlib import Path

from openbook.book.tables import BOOK, PROJECTS, SHEETS, TEXTS

INDICATOR = "indicator"  # [[indicator]] of a project's file
TABLES = {sheet.file: sheet for sheet in SHEETS if sheet.file.endswith(".csv")}
FOLDER = PROJECTS.file.rstrip("/")
KNOWN = (BOOK.file, *TABLES, FOLDER, *(f"{key}.md" for key in TEXTS))

_SAFE = re.compile(r"(?!\.)[\w\-.()（）]{1,80}(?<!\.)\Z")
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")  # what Windows takes for a device
_PASSED_OVER = ("desktop.ini", "thumbs.db", "readme.md")


def safe_code(code: str) -> bool:
    """Whether a project's code may be the name of its file, on any system."""
    return bool(_SAFE.match(code)) and not _DEVICES.match(code) and len(code.encode()) <= 200


def hidden(name: str) -> bool:
    """Whether an entry is a program's, not a person's: no part of the book."""
    return name.startswith((".", "~$")) or name.lower() in _PASSED_OVER


def entries(folder: Path) -> list[str]:
    """Names of all entries in a stable order."""
    return sorted(entry.name for entry in os.scandir(folder))
