"""An entry: its bytes, its hash, and what must not become one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.ledger.entry import (
    FIRST_PREVIOUS,
    EntryValue,
    canonical,
    date_of,
    day_of,
    entry_hash,
    number_of,
    record,
)
from onewindow.kernel.ledger.errors import LedgerError
from tests.onewindow.ledger.chains import value
from tests.onewindow.ledger.test_canonical import NAMES, TEXT, VALUES, alike

VECTORS = json.loads((Path(__file__).parent / "vectors" / "entries.json").read_text(encoding="utf-8"))
GOOD = value("M001", None, 1_790_000_000_000_000)
SHORT = TEXT.filter(bool)
DIGESTS = st.binary(min_size=32, max_size=32)
ENTRIES = st.builds(
    EntryValue,
    matter=SHORT,
    kind=SHORT,
    seq=st.integers(2, 2**53 - 1),
    step=SHORT,
    from_state=TEXT,
    to_state=TEXT,
    actor_kind=SHORT,
    actor_id=SHORT,
    at=st.integers(0, 2**53 - 1),
    facts=st.dictionaries(NAMES, VALUES, max_size=3),
    documents=st.lists(DIGESTS.map(bytes.hex), max_size=3),
    previous=DIGESTS.filter(any),
)


def test_the_bytes_of_an_entry_are_those_of_its_object() -> None:
    """The hand-written spelling is that of any RFC 8785 encoder."""
    assert json.loads(canonical(GOOD)) == {
        "v": 1,
        "matter": "M001",
        "kind": "permit",
        "seq": 1,
        "step": "submit",
        "from": "",
        "to": "submitted",
        "actor": {"kind": "staff", "id": "1024"},
        "at": 1_790_000_000_000_000,
        "facts": GOOD.facts,
        "documents": GOOD.documents,
    }


@given(ENTRIES)
def test_any_entry_is_spelt_as_the_encoder_spells_it(entry: EntryValue) -> None:
    record(entry)
    text = canonical(entry).decode("utf-8")
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == text


@given(ENTRIES, ENTRIES, st.data())
def test_two_entries_that_differ_anywhere_differ_in_their_hash(
    one: EntryValue, other: EntryValue, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(EntryValue._fields))
    changed = one._replace(**{name: getattr(other, name)})
    same = alike(getattr(one, name), getattr(changed, name))
    assert (entry_hash(one) == entry_hash(changed)) == same


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["title"])
def test_the_kept_hashes_come_out(vector: dict[str, Any]) -> None:
    entry = EntryValue(**{**vector["entry"], "previous": bytes.fromhex(vector["entry"]["previous"])})
    stored = record(entry)
    assert canonical(entry).decode("utf-8") == vector["canonical"]
    assert stored.hash.hex() == vector["hash"]


def test_the_day_of_an_entry_is_the_day_in_beijing() -> None:
    last = 1_790_179_199_999_999  # 2026-09-23 15:59:59.999999 UTC
    assert day_of(last) == date(2026, 9, 23)
    assert day_of(last + 1) == date(2026, 9, 24)
    assert date_of(number_of(date(2026, 2, 28)) + 1) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"matter": ""}, "matter 应为 1 到"),
        ({"kind": "x" * 201}, "kind 应为 1 到"),
        ({"step": None}, "step 应为文字"),
        ({"actor_id": 1024}, "actor_id 应为文字"),
        ({"to_state": "a\0"}, "空字符"),
        ({"seq": 0}, "seq 从 1 开始"),
        ({"seq": True}, "seq 应为整数"),
        ({"at": -1}, "1970"),
        ({"at": 1.0}, "at 应为整数"),
        ({"at": 2**53}, "超出"),
        ({"facts": []}, "facts 应为对象"),
        ({"facts": {"fee": 12.5}}, r"facts\.fee .*分"),
        ({"documents": ("a",)}, "documents 应为列表"),
        ({"documents": ["A" * 64]}, "SM3 摘要"),
        ({"documents": ["a" * 64 + "\n"]}, "SM3 摘要"),
        ({"previous": b"\1" * 32}, "第一条经过之前"),
        ({"seq": 2}, "第一条经过之前"),
        ({"previous": b""}, "32 个字节"),
        ({"previous": FIRST_PREVIOUS.hex()}, "32 个字节"),
    ],
)
def test_what_must_not_enter_the_ledger_is_refused(changes: dict[str, Any], said: str) -> None:
    record(GOOD)
    with pytest.raises(LedgerError, match=said):
        record(GOOD._replace(**changes))
