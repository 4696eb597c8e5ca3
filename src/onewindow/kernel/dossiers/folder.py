"""The store as a folder: ab/cd/abcd…, files that nobody may write to.

A file appears whole or not at all: it is written beside, forced onto the disk, renamed; and then its folder is
forced onto the disk, so that it is still there after a power failure.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from onewindow.kernel.dossiers.store import (
    CHUNK,
    DIGEST,
    Altered,
    Blob,
    Missing,
    StoreError,
    verified,
    writing,
)

_log = logging.getLogger("onewindow.dossiers")
_FILES, _FOLDERS = 0o440, 0o750
_PART = ".part"


class Folder:
    """A store in a folder, which is made when the first file comes. `Store` says what its methods do."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, path: Path, digest: str) -> None:
        place = self._place(digest)
        with writing(self.root):
            if place.exists() and self._renewed(place, digest):
                return
            self._write(path, place)

    def has(self, digest: str) -> bool:
        return self._place(digest).is_file()

    def open(self, digest: str) -> BinaryIO:
        try:
            file = self._place(digest).open("rb")
        except FileNotFoundError:
            raise Missing(f"存储中缺少材料 {digest}，请从备份恢复。") from None
        except OSError as error:
            raise StoreError(f"读不出 {self.root} 里的材料：{error.strerror}。请检查权限和磁盘。") from error
        try:
            return verified(file, digest)
        except BaseException:
            file.close()
            raise

    def blob(self, digest: str) -> Blob:
        try:
            found = self._place(digest).stat()
        except FileNotFoundError:
            raise Missing(f"存储中缺少材料 {digest}，请从备份恢复。") from None
        return Blob(digest, found.st_size, found.st_mtime)

    def blobs(self) -> Iterator[Blob]:
        for path in self._files():
            if self._is_ours(path):
                found = path.stat()
                yield Blob(path.name, found.st_size, found.st_mtime)

    def strange(self) -> Iterator[str]:
        for path in self._files():
            if not self._is_ours(path):
                yield str(path.relative_to(self.root))

    def remove(self, digest: str) -> None:
        self._place(digest).unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        assert DIGEST.fullmatch(digest), digest
        return self.root / digest[:2] / digest[2:4] / digest

    def _is_ours(self, path: Path) -> bool:
        return bool(DIGEST.fullmatch(path.name)) and path == self._place(path.name) and not path.is_symlink()

    def _files(self) -> Iterator[Path]:
        """All files, folder by folder in order, so that digests come in theirs."""
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            yield from (Path(folder, name) for name in sorted(names))

    def _renewed(self, place: Path, digest: str) -> bool:
        """Whether what is there is right, which then counts as changed now; what was altered is told, and replaced."""
        try:
            with place.open("rb") as file:
                verified(file, digest)
        except Altered as altered:
            _log.critical(altered.message)
            return False
        os.utime(place)
        return True

    def _write(self, path: Path, place: Path) -> None:
        self._make(place.parent)
        handle, name = tempfile.mkstemp(_PART, "", place.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as written, path.open("rb") as read:
                shutil.copyfileobj(read, written, CHUNK)
                written.flush()
                os.fchmod(handle, _FILES)
                os.fsync(handle)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
        _force(place.parent)

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it, each forced onto the disk within its own."""
        if folder.is_dir():
            return
        if folder != self.root:
            self._make(folder.parent)
        folder.mkdir(_FOLDERS, parents=folder == self.root, exist_ok=True)
        _force(folder.parent)


def _force(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
