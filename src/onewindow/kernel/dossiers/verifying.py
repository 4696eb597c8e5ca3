"""Whether the store and the tables say the same: every file is what it was, every version has its file.

Both sides are read in the order of the digests, so that memory does not grow with them. What is faulty is listed;
what is merely left over (an upload that broke off, a version that was withdrawn) `sweeping` takes away.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from onewindow.kernel.dossiers.store import Altered, Blob, Missing, Store, incoming, store
from onewindow.kernel.models import Entry, Version

GRACE = 24 * 3600  # seconds that something may lie about: an upload may be on its way
_BATCH = 500


class Fault(NamedTuple):
    """Something that is not as it should be. `code` is stable; `about`: a digest, a matter or a file."""

    code: str
    about: str
    message: str


class Left(NamedTuple):
    """Something that nobody needs. `code`: "unknown" or "withdrawn" (a digest), "broken-off" (a local file)."""

    code: str
    about: str


class Result(NamedTuple):
    """What was found, and how many files and entries with documents were looked at."""

    faults: list[Fault]
    left: list[Left]
    blobs: int
    entries: int


def verify(grace: float = GRACE) -> Result:
    """Look at everything; what is younger than `grace`, in seconds, is not yet left over.

    Raises StoreError where the store cannot be reached.
    """
    kept = store()
    faults: list[Fault] = []
    left: list[Left] = []
    blobs = entries = 0
    for digest, blob, used in _merged(kept.blobs(), _used()):
        blobs += blob is not None
        if blob is None:
            if used:
                faults.append(
                    Fault("blob-missing", digest, f"登记的材料 {digest} 不在存储中，请从备份恢复。")
                )
            continue
        faults += _altered(kept, digest)
        if not used and is_old(blob.changed, grace):
            left.append(Left("unknown" if used is None else "withdrawn", digest))
    for name in kept.strange():
        faults.append(Fault("strange", name, f"存储中有来历不明的文件 {name}，请查明后移走。"))
    for seen, found in _of_entries():
        entries += seen
        faults += found
    return Result(faults, [*left, *_broken_off(grace)], blobs, entries)


def is_old(changed: float, grace: float) -> bool:
    """Whether something last changed, in seconds since 1970, before the time of grace."""
    return changed < time.time() - grace


def _used() -> Iterator[tuple[str, bool]]:
    """(digest, whether a version that was not withdrawn has it), in the order of the digests."""
    rows = Version.objects.order_by("digest").values_list("digest", "withdrawal__id")
    for digest, group in groupby(rows.iterator(), key=lambda row: row[0]):
        yield digest, any(withdrawal is None for _digest, withdrawal in group)


def _merged(
    blobs: Iterator[Blob], used: Iterator[tuple[str, bool]]
) -> Iterator[tuple[str, Blob | None, bool | None]]:
    """(digest, its file, whether it is used; None where no row knows it), both sides side by side."""
    blob, row = next(blobs, None), next(used, None)
    while blob is not None or row is not None:
        digest = min(one for one in (blob and blob.digest, row and row[0]) if one)
        here = blob if blob is not None and blob.digest == digest else None
        there = row[1] if row is not None and row[0] == digest else None
        yield digest, here, there
        if here is not None:
            blob = next(blobs, None)
        if there is not None:
            row = next(used, None)


def _altered(kept: Store, digest: str) -> list[Fault]:
    try:
        kept.open(digest).close()
    except Altered as altered:
        return [Fault("blob-altered", digest, altered.message)]
    except Missing:
        pass  # it was swept meanwhile
    return []


def _of_entries() -> Iterator[tuple[int, list[Fault]]]:
    """Entries of which a document is in no dossier: (how many were looked at, faults), by batches."""
    rows = Entry.objects.exclude(documents="[]").order_by("id").values_list("matter_id", "seq", "documents")
    batch: list[tuple[str, int, str]] = []
    for row in rows.iterator():
        batch.append(row)
        if len(batch) == _BATCH:
            yield len(batch), _without_version(batch)
            batch = []
    yield len(batch), _without_version(batch)


def _without_version(entries: Iterable[tuple[str, int, str]]) -> list[Fault]:
    entries = list(entries)
    known = set(
        Version.objects.filter(
            document__dossier__in={matter for matter, _seq, _documents in entries}, withdrawal__isnull=True
        ).values_list("document__dossier", "digest")
    )
    return [
        Fault(
            "entry-document",
            matter,
            f"{matter} 第{seq}条经过所附的材料 {digest} 不在案卷中：案卷被改动过，请核查数据库并从备份恢复。",
        )
        for matter, seq, documents in entries
        for digest in json.loads(documents)
        if (matter, digest) not in known
    ]


def _broken_off(grace: float) -> Iterator[Left]:
    """Files of uploads that broke off."""
    for path in sorted(incoming().iterdir()):
        if path.is_file() and is_old(path.stat().st_mtime, grace):
            yield Left("broken-off", path.name)
