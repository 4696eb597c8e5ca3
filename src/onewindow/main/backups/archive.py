"""The file: its members, its manifest, and whether all of it is as it was written."""

from __future__ import annotations

import io
import json
import re
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from onewindow.kernel.crypto import sm3

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
DOCUMENTS, TRUSTED, ROOTS, KEYS = "documents/", "trusted-keys/", "roots/", "keys/"
_PIECE = 1024 * 1024
_DOCUMENT = re.compile(r"documents/[0-9a-f]{64}")
_NAMES = re.compile(
    r"manifest\.json|database\.(sqlite3|dump)|documents/[0-9a-f]{64}|roots/[\w.-]+\.jsonl"
    r"|trusted-keys/([\w.-]+\.pem|announced\.txt)|keys/(secret-key|keyring\.json|[a-z]+-key\.pem)",
    re.ASCII,
)


class BackupError(Exception):
    """What cannot be backed up or restored; the message is Chinese and says how to mend it."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    made        when, ISO 8601; program: version of this program; database: sqlite or postgresql; engine: its version
    migrations  app -> names of those applied
    keyring     name -> mark of each key of personal fields (`making.key_marks`)
    entries     of the ledger; matters, accounts: rows
    documents   how many, document_bytes: of all of them, document_names: SM3 over their names in order
    members     name -> SM3, of all members but documents, which are named by theirs
    """

    made: str
    program: str
    database: str
    engine: str
    migrations: dict[str, list[str]]
    keyring: dict[str, str]
    entries: int
    matters: int
    accounts: int
    documents: int
    document_bytes: int
    document_names: str
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def has_keys(self) -> bool:
        return any(name.startswith(KEYS) for name in self.members)


_SHAPE = Manifest("", "", "", "", {}, {}, 0, 0, 0, 0, 0, "")  # what the columns of one that was read must be


# --- writing --------------------------------------------------------------------------------


class Writer:
    """A backup that is being written."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def manifest(self, manifest: Manifest) -> None:
        """The first member."""
        told = asdict(manifest)
        told["digest"] = digest_of_manifest(told)
        content = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8")
        self.content(MANIFEST, io.BytesIO(content), len(content))

    def content(self, name: str, file: IO[bytes], size: int) -> None:
        """One more member. Raises OSError."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(time.time())
        self._archive.addfile(info, file)


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """A new file that appears whole or not at all, and that only its owner reads. Raises OSError."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(0o600, exist_ok=False)
        with tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as archive:
            yield Writer(archive)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


# --- reading --------------------------------------------------------------------------------


class Reader:
    """A backup that was opened: members by name."""

    def __init__(
        self, archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo], manifest: Manifest
    ) -> None:
        self._archive, self._members, self.manifest = archive, members, manifest

    def names(self, start: str = "") -> list[str]:
        return sorted(name for name in self._members if name.startswith(start))

    def open(self, name: str) -> IO[bytes]:
        """Raises KeyError."""
        found = self._archive.extractfile(self._members[name])
        assert found is not None  # only regular files are members
        return found

    def faults(self) -> Iterator[str]:
        """Everything that is not as it was written; each member is read once."""
        manifest = self.manifest
        names = self.names(DOCUMENTS)
        if len(names) != manifest.documents or digest_of_names(names) != manifest.document_names:
            yield f"材料有 {len(names)} 份，应为 {manifest.documents} 份"
        for name in (*manifest.members, DATABASES[manifest.database]):
            if name not in self._members:
                yield f"缺少 {name}"
        for name in self.names():
            wanted = name.removeprefix(DOCUMENTS) if _DOCUMENT.fullmatch(name) else manifest.members.get(name)
            if name == MANIFEST:
                continue
            if wanted is None:
                yield f"多出 {name}"
            elif self._digest(name) != wanted:
                yield f"{name} 的内容变了"

    def _digest(self, name: str) -> str:
        with self.open(name) as file:
            return digest_of(file)


@contextmanager
def reading(source: Path) -> Iterator[Reader]:
    """Open a backup; what it holds is not yet verified. Raises BackupError, OSError."""
    try:
        with tarfile.open(source, "r:") as archive:
            members = _members(archive)
            yield Reader(archive, members, _manifest(archive, members))
    except tarfile.TarError as error:
        raise BackupError(f"{source} 不是备份文件，或者不完整（{error}）。") from error


def _members(archive: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """Regular files under names that a backup has: nothing else is ever looked at or written."""
    found: dict[str, tarfile.TarInfo] = {}
    for one in archive:
        if not one.isreg() or not _NAMES.fullmatch(one.name) or one.name in found:
            raise BackupError(f"备份里有不该有的内容“{one.name[:60]}”，不能恢复。")
        found[one.name] = one
    return found


def _manifest(archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo]) -> Manifest:
    if MANIFEST not in members:
        raise BackupError("备份里没有清单 manifest.json，不能恢复。")
    file = archive.extractfile(members[MANIFEST])
    assert file is not None
    try:
        told: dict[str, Any] = json.loads(file.read())
        if told.get("format") != FORMAT:
            raise BackupError(
                f"备份的格式是第 {told.get('format')} 版，这一版程序只认第 {FORMAT} 版，请用相应的程序。"
            )
        if told.pop("digest", None) != digest_of_manifest(told):
            raise ValueError
        manifest = Manifest(**told)
        if manifest.database not in DATABASES or any(
            type(getattr(manifest, one.name)) is not type(getattr(_SHAPE, one.name)) for one in fields(_SHAPE)
        ):
            raise ValueError
    except (ValueError, TypeError, AttributeError) as error:
        raise BackupError("备份的清单 manifest.json 损坏，不能恢复。") from error
    return manifest


def digest_of_manifest(told: dict[str, Any]) -> str:
    """SM3 of everything in a manifest but this."""
    rest = {name: value for name, value in told.items() if name != "digest"}
    return sm3.sm3(json.dumps(rest, ensure_ascii=True, sort_keys=True).encode()).hex()


def digest_of(file: IO[bytes]) -> str:
    """SM3 of all that a file still gives, hexadecimal."""
    state = sm3.running()
    while piece := file.read(_PIECE):
        state.update(piece)
    return state.digest().hex()


def digest_of_names(names: list[str]) -> str:
    """SM3 over names of documents, sorted, each on a line: that none is missing."""
    return sm3.sm3("\n".join(name.removeprefix(DOCUMENTS) for name in names).encode()).hex()
