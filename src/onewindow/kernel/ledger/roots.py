"""The chain of days: every root signed by the key whose turn it was, none missing, none exchanged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.crypto.keys import PublicKey
from onewindow.kernel.ledger.days import NO_DAY_BEFORE, SealedRoot, successor
from onewindow.kernel.ledger.faults import Fault, of_day


def check_roots(
    roots: Sequence[SealedRoot],
    keys: Mapping[str, PublicKey],
    announced: Collection[str] = (),
    published: Mapping[date, bytes] | None = None,
) -> Iterator[Fault]:
    """Check roots as stored, sorted by day.

    `keys`: the public keys that are trusted, by fingerprint, known from outside the database;
    `announced`: fingerprints of keys that took over without the old key's word, because it was lost;
    `published`: digests of roots as they were made public.
    """
    before = None
    for sealed in roots:
        yield from _follows(sealed, before, announced)
        yield from _signed(sealed, keys)
        before = sealed
    digests = {sealed.root.day: _digest(sealed) for sealed in roots}
    for day, digest in sorted((published or {}).items()):
        if day not in digests:
            yield of_day("missing-day", day, ",而它已对外公布")
        elif digests[day] != digest:
            yield of_day("not-published", day)


def _follows(sealed: SealedRoot, before: SealedRoot | None, announced: Collection[str]) -> Iterator[Fault]:
    root = sealed.root
    if before is None:
        if root.previous != NO_DAY_BEFORE:
            yield of_day("missing-day", root.day - timedelta(days=1), ":第一个日根之前应当还有日根")
        return
    due = before.root.day + timedelta(days=1)
    if root.day > due:
        last = root.day - timedelta(days=1)
        yield of_day("missing-day", due, "" if due == last else f",直至 {last}")
    elif root.day < due or root.previous != _digest(before):
        yield of_day("wrong-day-chain", root.day)
    if root.key != successor(before.root) and root.key not in announced:
        yield of_day("wrong-key", root.day, f":{root.key[:16]}…")


def _signed(sealed: SealedRoot, keys: Mapping[str, PublicKey]) -> Iterator[Fault]:
    key = keys.get(sealed.root.key)
    if key is None:
        yield of_day("unknown-key", sealed.root.day, f":指纹 {sealed.root.key}")
    elif not sealed.is_signed_by(key):
        yield of_day("wrong-signature", sealed.root.day)


def _digest(sealed: SealedRoot) -> bytes | None:
    """None where the signature is none at all, which is a fault of its own."""
    try:
        return sealed.digest()
    except CryptoError:
        return None
