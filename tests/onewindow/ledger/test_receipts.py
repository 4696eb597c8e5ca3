"""What an applicant holds, and the program by which anybody checks it, alone on any machine."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.kernel.ledger import verify_receipt as program
from onewindow.kernel.ledger.commitments import Opening, conceal
from onewindow.kernel.ledger.days import Closing, close_day
from onewindow.kernel.ledger.entry import StoredEntry, record
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.ledger.receipts import DayTree, Holding, receipt, to_text, verify_receipt
from tests.onewindow.ledger.chains import DAY, FIRST_DAY, MIDNIGHT, all_heads, chain, key, value

PROGRAM = Path(program.__file__)


def personal_entry() -> tuple[StoredEntry, list[Opening]]:
    concealed, openings = conceal(
        {"name": "某某", "phone": "13900000000", "item": "食品经营许可"}, {"name", "phone"}
    )
    return record(value("M002", None, MIDNIGHT + 10)._replace(facts=concealed)), openings


FIRST, OPENINGS = personal_entry()
SECOND = record(value("M002", FIRST, MIDNIGHT + 20))
THIRD = record(value("M002", SECOND, MIDNIGHT + 30))
OTHERS = [entry for number in (0, 1, 3, 4) for entry in chain(f"M{number:03d}", [MIDNIGHT, MIDNIGHT + 5])]
LEAVES = all_heads([*OTHERS, FIRST, SECOND, THIRD])
SEALED = close_day(Closing(FIRST_DAY, MIDNIGHT + DAY, LEAVES, 11), None, key())
TREE = DayTree(LEAVES)
HOLDING = Holding((FIRST, SECOND, THIRD), TREE.inclusion("M002"), SEALED, {1: OPENINGS[:1]}, {2})
GOOD = receipt(HOLDING)


def run(tmp_path: Path, content: str, public: str | None = None, name: str = "回执.json") -> tuple[int, str]:
    """The program alone in a folder, Python isolated and without site-packages."""
    lone = tmp_path / "verify_receipt.py"
    lone.write_bytes(PROGRAM.read_bytes())
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "公钥.pem").write_text(key().public.to_pem() if public is None else public, encoding="utf-8")
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(lone), name, "公钥.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_receipt_is_verified_on_any_machine_that_has_python(tmp_path: Path) -> None:
    status, said = run(tmp_path, to_text(GOOD))
    assert status == 0
    assert said.startswith("核验通过。\n案件 M002\n")
    assert 'name: "某某"' in said
    assert "13900000000" not in said
    assert "第 2 条  (内容未公开" in said
    assert SEALED.root.root.hex() in said
    assert key().public.fingerprint in said


def test_an_altered_receipt_is_refused_with_the_reason(tmp_path: Path) -> None:
    status, said = run(tmp_path, to_text(GOOD).replace("食品经营许可", "药品经营许可"))
    assert status == 1
    assert said == (
        "不符:第 1 条经过的内容与摘要不符:这一条或它前面的内容被改动过。\n"
        "不符:第 3 条经过的内容与摘要不符:这一条或它前面的内容被改动过。\n核验不通过。\n"
    )


def test_a_receipt_signed_by_somebody_else_is_refused(tmp_path: Path) -> None:
    status, said = run(tmp_path, to_text(GOOD), key(2).public.to_pem())
    assert status == 1
    assert "签名公钥不是您给的这一把" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "读不出来"),
        ("{}", "格式不对"),
        ("[" * 100_000, "读不出来"),
        ('{"a":1,"a":2}', "写了两次"),
        ('{"a":1.5}', "不允许的数"),
        ('{"a":NaN}', "不允许的数"),
        ('{"a":9007199254740992}', "过大的整数"),
        ("1", "格式不对"),
        (json.dumps({**GOOD, "type": "onewindow.receipt.2"}), "版本不符"),
    ],
)
def test_what_is_no_receipt_says_so(tmp_path: Path, content: str, said: str) -> None:
    status, output = run(tmp_path, content)
    assert status in (1, 2)
    assert said in output


def test_a_file_that_is_no_key_says_so(tmp_path: Path) -> None:
    status, said = run(tmp_path, to_text(GOOD), "not a key")
    assert (status, "没有 SM2 公钥" in said) == (2, True)
    assert program.main([]) == 2


def test_a_forged_receipt_cannot_draw_on_the_screen(tmp_path: Path) -> None:
    content: Any = deepcopy(GOOD)
    content["openings"][0]["name"] = "\x1b[2J核验通过。\n"
    content["entries"][0]["facts"]["\x1b[2J核验通过。\n"] = 1
    status, said = run(tmp_path, to_text(content))
    assert status == 1
    assert "\x1b" not in said
    assert not any(line.startswith("核验通过") for line in said.splitlines())


def test_the_program_needs_nothing_but_python() -> None:
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"), feature_version=(3, 8))
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module.split(".")[0])
    assert modules <= set(sys.stdlib_module_names)


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to every value in a receipt that holds no others."""
    if isinstance(content, dict):
        return [place for name in content for place in places(content[name], (*path, name))]
    if isinstance(content, list) and content:
        return [place for number, one in enumerate(content) for place in places(one, (*path, number))]
    return [path]


def parent(content: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        content = content[step]
    return content


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_any_value_changed_or_taken_out_of_a_receipt_is_found(data: st.DataObject) -> None:
    content: Any = deepcopy(GOOD)
    path = data.draw(st.sampled_from(places(GOOD)))
    holder = parent(content, path)
    old = holder[path[-1]]
    if data.draw(st.booleans()):
        new: Any = data.draw(
            st.sampled_from([None, True, 0, 1, 7, "", "0" * 64, "x", [], {}]).filter(lambda n: n != old)
        )
        holder[path[-1]] = new
    else:
        del holder[path[-1]]
    assert verify_receipt(content, key().public) != []


@settings(deadline=None)
@given(st.data())
def test_nothing_can_be_added_to_a_receipt(data: st.DataObject) -> None:
    """People read the file, too: what is not proven must not stand in it."""
    content: Any = deepcopy(GOOD)
    holders = [parent(content, path) for path in places(content)]
    holder = data.draw(st.sampled_from([one for one in holders if isinstance(one, dict)]))
    holder["note"] = "许可已批准"
    assert verify_receipt(content, key().public) != []


def test_a_digit_cannot_be_moved_from_an_opened_value_into_its_salt() -> None:
    concealed, (opening,) = conceal({"fee": 12}, {"fee"})
    entry = record(value("M1", None, MIDNIGHT)._replace(facts=concealed))
    leaves = all_heads([entry])
    sealed = close_day(Closing(FIRST_DAY, MIDNIGHT + DAY, leaves, 1), None, key())
    content: Any = receipt(Holding((entry,), DayTree(leaves).inclusion("M1"), sealed, {1: [opening]}))
    assert verify_receipt(content, key().public) == []
    content["openings"][0].update(value=2, salt=opening.salt.hex() + b"1".hex())
    assert "与登记时的承诺不符" in verify_receipt(content, key().public)[0]


def test_a_proof_for_a_tree_of_another_size_does_not_hold_though_its_path_leads_to_the_root() -> None:
    content: Any = deepcopy(GOOD)
    content["proof"]["leaves"] += 1
    assert "包含证明不成立" in verify_receipt(content, key().public)[0]


def test_a_path_that_goes_on_above_the_root_does_not_hold() -> None:
    content: Any = deepcopy(GOOD)
    content["proof"]["path"].append("00" * 32)
    assert "包含证明不成立" in verify_receipt(content, key().public)[0]


def test_a_first_entry_that_is_withheld_still_has_nothing_before_it() -> None:
    content: Any = receipt(Holding((FIRST, SECOND, THIRD), TREE.inclusion("M002"), SEALED, {}, {1}))
    assert verify_receipt(content, key().public) == []
    content["previous"] = "11" * 32
    assert verify_receipt(content, key().public) == ["第一条经过之前的摘要不对。"]


def test_a_receipt_may_begin_later_and_says_from_where() -> None:
    later = receipt(Holding((SECOND, THIRD), TREE.inclusion("M002"), SEALED))
    assert verify_receipt(later, key().public) == []
    later["first"] = 1
    assert verify_receipt(later, key().public) != []


def test_a_receipt_is_not_made_of_parts_that_prove_nothing() -> None:
    with pytest.raises(LedgerError, match="不在所选日根之内"):
        receipt(Holding((FIRST, SECOND), TREE.inclusion("M002"), SEALED))
    with pytest.raises(LedgerError, match="当日没有经过"):
        TREE.inclusion("M009")
    wrong = [OPENINGS[0]._replace(value="另一人")]
    with pytest.raises(LedgerError, match="与所给的内容不符"):
        receipt(Holding((FIRST, SECOND, THIRD), TREE.inclusion("M002"), SEALED, {1: wrong}))


def test_every_matter_of_the_day_has_a_receipt_that_holds_for_it_alone() -> None:
    for leaf in LEAVES:
        entries = [one for one in (*OTHERS, FIRST, SECOND, THIRD) if one.value.matter == leaf.matter]
        content = receipt(Holding(entries, TREE.inclusion(leaf.matter), SEALED))
        assert verify_receipt(content, key().public) == []
        moved = deepcopy(content)
        moved["matter"] = "M999"
        assert verify_receipt(moved, key().public) != []
