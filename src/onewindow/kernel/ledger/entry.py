"""One entry (经过) of a matter, its canonical bytes and its place in the chain.

    hash = SM3(previous || canonical)

`previous` is the hash of the matter's entry before, or 32 zero bytes for the first. The canonical
bytes are the RFC 8785 form of::

    {"actor":{"id":…,"kind":…},"at":…,"documents":[…],"facts":{…},"from":…,"kind":…,
     "matter":…,"seq":…,"step":…,"to":…,"v":1}

`v` is the version of this form. A later form gets another number and this one stays readable.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from onewindow.kernel.crypto.sm3 import SIZE, sm3
from onewindow.kernel.ledger.canonical import Json, check_integer, check_json, check_text, encode, quote
from onewindow.kernel.ledger.errors import LedgerError

FIRST_PREVIOUS = bytes(SIZE)
_BEIJING = 8 * 3600 * 1_000_000  # microseconds ahead of UTC, the whole year
_DAY = 24 * 3600 * 1_000_000
_EPOCH = date(1970, 1, 1)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST_NAME = 200


class EntryValue(NamedTuple):
    """One step taken.

    `matter`: the matter's id, text; `kind`: of matter; `seq`: 1 for its first entry, then one more
    each time; `from_state` and `to_state`: empty text for none; `at`: UTC, microseconds since 1970;
    `documents`: SM3 of each, 64 hexadecimal digits; `previous`: 32 bytes.
    """

    matter: str
    kind: str
    seq: int
    step: str
    from_state: str
    to_state: str
    actor_kind: str
    actor_id: str
    at: int
    facts: dict[str, Json]
    documents: list[str]
    previous: bytes


class StoredEntry(NamedTuple):
    """An entry as it stands in the database: `hash` is what was stored, not what it should be."""

    value: EntryValue
    hash: bytes


def record(value: EntryValue) -> StoredEntry:
    """The entry with its hash, ready to be stored. Raises LedgerError for what has no canonical form."""
    _check(value)
    return StoredEntry(value, entry_hash(value))


def entry_hash(value: EntryValue) -> bytes:
    """The hash that belongs to an entry as it stands. Nothing is checked: `record` did that."""
    return sm3(value.previous + canonical(value))


def canonical(value: EntryValue) -> bytes:
    """The canonical bytes. Written out by hand because this is what verification spends its time on."""
    facts = encode(value.facts) if value.facts else "{}"
    return (
        f'{{"actor":{{"id":{quote(value.actor_id)},"kind":{quote(value.actor_kind)}}},"at":{value.at:d},'
        f'"documents":[{",".join(map(quote, value.documents))}],"facts":{facts},'
        f'"from":{quote(value.from_state)},"kind":{quote(value.kind)},"matter":{quote(value.matter)},'
        f'"seq":{value.seq:d},"step":{quote(value.step)},"to":{quote(value.to_state)},"v":1}}'
    ).encode()


def day_number(at: int) -> int:
    """The day in Beijing, counted from 1970-01-01, of a moment in microseconds."""
    return (at + _BEIJING) // _DAY


def day_of(at: int) -> date:
    """The day in Beijing of a moment in microseconds: the day whose root covers the entry."""
    return date_of(day_number(at))


def date_of(number: int) -> date:
    """The date of a day number."""
    return _EPOCH + timedelta(days=number)


def number_of(day: date) -> int:
    """The day number of a date."""
    return (day - _EPOCH).days


def _check(value: EntryValue) -> None:
    names = ("kind", "step", "actor_kind", "actor_id", "matter")
    for name in (*names, "from_state", "to_state"):
        text = getattr(value, name)
        check_text(text, f"经过的 {name}")
        if len(text) > _LONGEST_NAME or (name in names and not text):
            raise LedgerError(f"经过的 {name} 应为 1 到 {_LONGEST_NAME} 个字。")
    for name in ("seq", "at"):
        check_integer(getattr(value, name), f"经过的 {name}")
    if value.seq < 1 or value.at < 0:
        raise LedgerError("经过的 seq 从 1 开始,at 不早于 1970 年。")
    if type(value.facts) is not dict or type(value.documents) is not list:
        raise LedgerError("经过的 facts 应为对象,documents 应为列表。")
    check_json(value.facts, "经过的 facts")
    if not all(type(one) is str and _DIGEST.fullmatch(one) for one in value.documents):
        raise LedgerError("经过的 documents 应为材料的 SM3 摘要,每个 64 位小写十六进制。")
    _check_previous(value)


def _check_previous(value: EntryValue) -> None:
    if type(value.previous) is not bytes or len(value.previous) != SIZE:
        raise LedgerError("经过的 previous 应为 32 个字节。")
    if (value.seq == 1) != (value.previous == FIRST_PREVIOUS):
        raise LedgerError("第一条经过之前没有摘要(全零),以后各条必须接着前一条的摘要。")
