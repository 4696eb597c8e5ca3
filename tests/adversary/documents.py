"""Correct disclosures made difficult: the same book printed or scanned in other ways."""

from __future__ import annotations

import random
from pathlib import Path

from openbook.api import Reported, Severity, check_file
from openbook.statements.words import fold
from tests.books import Book, random_book, shanxi


def book(seed: int = 7) -> Book:
    return random_book(random.Random(seed), items=6, projects=5)


def lines(seed: int = 7) -> list[str]:
    return shanxi(book(seed)).split("\n")


def findings(path: Path, text: str | bytes) -> list[Reported]:
    if isinstance(text, str):
        text = text.encode()
    file = path / "sample.txt"
    file.write_bytes(text)
    return check_file(str(file)).findings


def errors(path: Path, text: str | bytes) -> list[str]:
    return [f"{f.code} {f.message}" for f in findings(path, text) if f.severity is Severity.ERROR]


def unread(path: Path, text: str | bytes) -> list[str]:
    codes = ("OB002", "OB004", "OB005", "OB007")
    return [f"{f.code} {f.message}" for f in findings(path, text) if f.code in codes]


def is_code(text: str) -> bool:
    return fold(text).isdigit() and len(fold(text)) in (3, 5, 7)
