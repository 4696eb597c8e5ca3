"""Files that are known to be harmful: what a scanner is, and one that knows a short list of signatures.

The list comes with the program and finds what everybody should find: the test file of the anti-virus makers, scripts
that take over web servers. A bureau sets clamd beside it (`scanning_clamd`), whose list is renewed every day.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, Protocol

_CHUNK = 1 << 18


class ScannerUnavailable(Exception):
    """The scanner does not answer. `message`: for the administrator. Nothing is received meanwhile."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Scanner(Protocol):
    """Looks into a file. `name`: noted with the version that it passed."""

    @property
    def name(self) -> str:
        """How it is called."""

    def scan(self, path: Path) -> str:
        """What it knows the file to be, "" for nothing. Raises ScannerUnavailable."""


class Signatures:
    """Looks for sequences of bytes, in the file and, where it is a zip, in each of its members."""

    name = "signatures"

    def __init__(self, known: Mapping[str, bytes]) -> None:
        """`known`: by name."""
        self._names = {signature: name for name, signature in known.items()}
        self._any = re.compile(b"|".join(re.escape(one) for one in sorted(self._names)))
        self._overlap = max(map(len, self._names)) - 1

    def scan(self, path: Path) -> str:
        """Of a file whose structure was checked before: a zip unpacks to no more than it may."""
        with path.open("rb") as file:
            return next(filter(None, map(self._found, _streams(file))), "")

    def _found(self, stream: BinaryIO) -> str:
        before = b""
        while chunk := stream.read(_CHUNK):
            seen = before + chunk
            if found := self._any.search(seen):
                return self._names[found[0]]
            before = seen[-self._overlap :]
        return ""


def bundled() -> dict[str, bytes]:
    """The list that comes with the program."""
    text = files(__package__).joinpath("signatures.toml").read_text(encoding="utf-8")
    return {one["name"]: bytes.fromhex(one["hex"]) for one in tomllib.loads(text)["signature"]}


def _streams(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file, and what is packed in it."""
    yield file
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            with archive.open(info) as member:
                yield member  # type: ignore[misc]  # it can be read, which is all that is done
