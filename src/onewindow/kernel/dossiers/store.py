"""Where the files are: named by the SM3 of their content, so the same content twice is there once.

Two places do it: a folder on disk, and S3-compatible storage (`s3://bucket/prefix?endpoint=https://…`). What is read
is verified first: nobody is ever handed bytes that are not those that were received.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from django.conf import settings

from onewindow.kernel.crypto.sm3 import running

CHUNK = 1 << 18
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class StoreError(Exception):
    """The store cannot do what it is there for. `message` is for the administrator."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Missing(StoreError):
    """A file that should be there is not."""


class Altered(StoreError):
    """A file is not what it was when it was received."""


class Blob(NamedTuple):
    """A file in the store. `digest`: SM3, hexadecimal; `size`: bytes; `changed`: seconds since 1970."""

    digest: str
    size: int
    changed: float


class Store(Protocol):
    """A place for files. Every method may raise StoreError."""

    def keep(self, path: Path, digest: str) -> None:
        """Keep the content of a local file, whose SM3 is `digest`; once it returns, it is there for good.

        What is there already is kept, but counts as changed now.
        """

    def has(self, digest: str) -> bool:
        """Whether it is there."""

    def open(self, digest: str) -> BinaryIO:
        """The content, verified, at its beginning. Raises Missing and Altered."""

    def blob(self, digest: str) -> Blob:
        """Its size and when it last changed. Raises Missing."""

    def blobs(self) -> Iterator[Blob]:
        """Everything there is, in the order of the digests."""

    def strange(self) -> Iterator[str]:
        """What lies in the store and is no file of ours, told."""

    def remove(self, digest: str) -> None:
        """Remove it, where it is there."""


@cache
def store_at(where: str) -> Store:
    """The store at a place: a folder, or `s3://…`. Raises StoreError."""
    if where.startswith("s3://"):
        from onewindow.kernel.dossiers.s3 import Bucket

        return Bucket(where)
    from onewindow.kernel.dossiers.folder import Folder

    return Folder(Path(where))


def store() -> Store:
    """The store of this bureau, as ONEWINDOW_STORAGE says. Raises StoreError."""
    return store_at(settings.STORAGE)


def verified(file: BinaryIO, digest: str) -> BinaryIO:
    """The file at its beginning, after it was read through. Raises Altered."""
    found = digest_of(file)
    if found != digest:
        raise Altered(f"存储中的材料 {digest} 已被改动（现在的摘要是 {found}），请立即核查并从备份恢复。")
    file.seek(0)
    return file


def digest_of(file: BinaryIO) -> str:
    """SM3 of the whole content, hexadecimal; the file is left at its end."""
    file.seek(0)
    state = running()
    while chunk := file.read(CHUNK):
        state.update(chunk)
    return state.digest().hex()


def incoming() -> Path:
    """The local folder in which files wait until they are checked; what a killed process left is swept there.

    Raises StoreError.
    """
    folder = Path(settings.DOCUMENTS_INCOMING)
    with writing(folder):
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


def waiting(suffix: str) -> tuple[BinaryIO, Path]:
    """A new file in `incoming`, open for writing. Raises StoreError."""
    folder = incoming()
    with writing(folder):
        handle, name = tempfile.mkstemp(suffix, "", folder)
        return os.fdopen(handle, "wb"), Path(name)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What a disk refuses, as a StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"写不进 {folder}：{error.strerror or error}。请检查磁盘空间和权限。") from error
