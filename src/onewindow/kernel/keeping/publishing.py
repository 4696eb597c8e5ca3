"""Roots made public: a file for each year, one line for each day, only ever added to.

What is published elsewhere every day is what protects the past even from whoever holds the signing key. A line is
``{"day":…,"digest":…,"root":{…},"signature":…}``: the root as it was signed, and the digest that the next root holds.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from onewindow.kernel.crypto import sm2
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.errors import Refused
from onewindow.kernel.ledger.canonical import encode
from onewindow.kernel.ledger.days import DayRoot, SealedRoot
from onewindow.kernel.models import LedgerDay


class Unreadable(Refused):
    """A file of published roots that cannot be read."""

    code = "published-unreadable"


def sealed_of(row: LedgerDay) -> SealedRoot:
    """A day as it was signed."""
    root = DayRoot(
        day=row.day,
        at=row.at,
        entries=row.entries,
        leaves=row.leaves,
        root=bytes(row.root),
        previous=bytes(row.previous),
        key=row.key,
        next_key=row.next_key or None,
    )
    return SealedRoot(root, bytes(row.signature))


def folder() -> Path:
    """Where the files are."""
    return Path(settings.DATA) / "roots"


def own_files() -> list[Path]:
    """Our own files, by year."""
    return _files(folder())


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("[0-9][0-9][0-9][0-9].jsonl"))


def line_of(sealed: SealedRoot) -> str:
    """A day's line, without its end."""
    content = {
        "day": sealed.root.day.isoformat(),
        "digest": sealed.digest().hex(),
        "root": sealed.root.as_json(),
        "signature": sealed.signature.hex(),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def publish() -> int:
    """Add every closed day that the files do not have yet. Returns how many. Raises OSError and Unreadable."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    with _alone(place):
        last = _last_day(place)
        rows = LedgerDay.objects.order_by("day")
        waiting = rows if last is None else rows.filter(day__gt=last)
        added = 0
        for year, days in groupby(map(sealed_of, waiting.iterator()), lambda one: one.root.day.year):
            with (place / f"{year}.jsonl").open("a", encoding="utf-8") as file:
                for sealed in days:
                    file.write(line_of(sealed) + "\n")
                    added += 1
                file.flush()
                os.fsync(file.fileno())
        return added


def published(files: Iterable[Path] | None = None) -> dict[date, bytes]:
    """Digests of roots by day, as made public; those of our own files for None.

    Raises Unreadable, naming the line; also where two lines say different things of one day.
    """
    found: dict[date, bytes] = {}
    for path in own_files() if files is None else files:
        for number, line in _lines(path):
            try:
                day, digest = _read(line)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                told = _("公布的日根 {path} 第{number}行读不懂：{error}")
                raise Unreadable(told.format(path=path, number=number, error=error)) from None
            if found.setdefault(day, digest) != digest:
                told = _("公布的日根 {path} 第{number}行：{day}已有一个不同的日根。")
                raise Unreadable(told.format(path=path, number=number, day=day))
    return found


def _read(line: str) -> tuple[date, bytes]:
    """Day and digest; of a line that holds root and signature they are held to each other."""
    content: Mapping[str, Any] = json.loads(line)
    day, digest = date.fromisoformat(content["day"]), bytes.fromhex(content["digest"])
    if len(digest) != 32:
        raise ValueError(_("摘要应为64位十六进制"))
    if "root" in content:
        try:
            raw = sm2.to_raw(bytes.fromhex(content["signature"]))
        except CryptoError as error:
            raise ValueError(str(error)) from None
        made = sm3(encode(content["root"]).encode("utf-8") + raw)
        if made != digest or content["root"]["day"] != content["day"]:
            raise ValueError(_("摘要与日根、签名不符"))
    return day, digest


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(_("读不出公布的日根 {path}：{error}").format(path=path, error=error)) from None


def _last_day(place: Path) -> date | None:
    """The last day that is published. A line that a crash cut short is taken off: it goes out whole again."""
    for path in reversed(_files(place)):
        with path.open("r+b") as file:
            content = file.read()
            whole = content.rfind(b"\n") + 1
            if whole != len(content):
                file.truncate(whole)
        lines = content[:whole].splitlines()
        if lines:
            try:
                return _read(lines[-1].decode("utf-8"))[0]
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                told = _("公布的日根 {path} 最后一行读不懂：{error}")
                raise Unreadable(told.format(path=path, error=error)) from None
    return None


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Two workers would add the same day twice."""
    with (place / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
