"""A receipt proves to its holder, without us, what was recorded; and shows nothing that is none of his business."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.api import Entry, FactsInvalid, Matter, NotAllowed, move, note
from onewindow.kernel.crypto.sm2 import generate
from onewindow.kernel.errors import NotFound
from onewindow.kernel.keeping.days import close_days
from onewindow.kernel.keeping.receipts import (
    NotProven,
    NotYet,
    later_entries,
    receipt_for,
    receipt_program,
    receipt_with_openings,
)
from onewindow.kernel.keys import ledger_key
from onewindow.kernel.ledger.receipts import to_text
from onewindow.kernel.models import Opening
from tests.onewindow.keeping.bureau import closed_week, on, submitted, week
from tests.onewindow.keeping.raw import attack
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER, SUPERVISOR

pytestmark = pytest.mark.django_db

STRANGER = Actor("a-9", "旁人", parties=frozenset({"p-9"}))


@pytest.fixture
def checker(tmp_path):
    """The stand-alone program in a folder of its own, run as a citizen would: exit status and what it says."""
    program, key = tmp_path / "verify_receipt.py", tmp_path / "key.pem"
    program.write_text(receipt_program(), encoding="utf-8")
    key.write_text(ledger_key().public.to_pem(), encoding="utf-8")

    def check(content: dict, other_key=None):
        file = tmp_path / "receipt.json"
        file.write_text(to_text(content), encoding="utf-8")
        if other_key is not None:
            key.write_text(other_key.public.to_pem(), encoding="utf-8")
        command = [sys.executable, "-I", "-S", str(program), str(file), str(key)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=tmp_path, env={"PYTHONUTF8": "1"}
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    return check


def test_an_applicant_proves_what_was_recorded_without_us(checker):
    closed_week()
    content = receipt_for("M001", APPLICANT)
    status, told = checker(content)
    assert status == 0
    assert "核验通过。" in told
    assert 'contact: "00000000000"' in told
    assert "第 3 条  (内容未公开,仅证明其存在)" in told
    assert [entry.get("step") for entry in content["entries"]] == [
        "submit",
        "accept",
        None,
        "decide",
        "issue",
    ]


def test_what_is_changed_in_a_receipt_is_found(checker):
    closed_week()
    text = json.dumps(receipt_for("M001", APPLICANT))
    for one, other in (
        ('"decide"', '"deny"'),
        ("00000000000", "00000000001"),
        ('"window"', '"post"'),
        ("2026-05-14", "2026-05-13"),
    ):
        assert one in text
        assert checker(json.loads(text.replace(one, other)))[0] == 1
    assert checker(json.loads(text), generate())[0] == 1


@pytest.mark.parametrize("actor", [CLERK, SUPERVISOR, SYSTEM])
def test_whoever_is_not_the_holder_gets_no_personal_fact(actor, checker):
    closed_week()
    content = receipt_for("M001", actor)
    assert content["openings"] == []
    status, told = checker(content)
    assert (status, "00000000000" in told) == (0, False)


def test_who_makes_the_holders_own_receipt_leaves_an_entry_with_the_reason():
    closed_week()
    own = receipt_for("M001", APPLICANT)
    assert receipt_with_openings("M001", SYSTEM, "本人在窗口申请打印") == own
    noted = Entry.objects.get(matter="J-p-1", step="exported")
    assert json.loads(noted.facts) == {
        "reason": "本人在窗口申请打印",
        "what": "案件 M001 的回执，连同个人信息",
    }
    with pytest.raises(FactsInvalid):
        receipt_with_openings("M001", SYSTEM, " ")
    with pytest.raises(NotAllowed):
        receipt_with_openings("M001", CLERK, "我想看看")  # of the bureau, but of no journal


def test_a_stranger_is_told_that_there_is_no_such_matter():
    closed_week()
    with pytest.raises(NotFound, match="没有编号为“M001”的事务"):
        receipt_for("M001", STRANGER)
    with pytest.raises(NotFound):
        receipt_for("M404", APPLICANT)


def test_on_the_day_itself_it_is_told_from_when_on_a_receipt_can_be_had():
    week()
    with on("2026-05-11", "20:00"), pytest.raises(NotYet, match="最早可于2026-05-12 00:05以后下载"):
        receipt_for("M003", APPLICANT)


def test_what_came_after_the_last_closed_day_is_left_for_the_next_receipt(checker):
    closed_week()
    with on("2026-05-15"):
        move("M002", "send_out", OFFICER, {"excluded": "expert-review"})
        content = receipt_for("M002", APPLICANT)
        matter = Matter.objects.get(pk="M002")
        assert (shown(content), later_entries(content, matter)) == (2, 1)
        assert checker(content)[0] == 0
    with on("2026-05-16"):
        close_days()
        content = receipt_for("M002", APPLICANT)
        assert (shown(content), later_entries(content, matter)) == (3, 0)
        assert checker(content)[0] == 0


def test_deliberation_is_withheld_and_what_the_law_wants_told_is_shown(checker):
    with on("2026-05-11"):
        submitted(1)
        move("M001", "accept", CLERK)
        told = {"days": 10, "reason": "案情复杂"}
        move("M001", "ask_extension", OFFICER, told)
        move("M001", "deny_extension", APPROVER, {"reason": "理由不足"})
        move("M001", "ask_extension", OFFICER, told)
        move("M001", "extend", APPROVER, told)
        move("M001", "propose", OFFICER, {"opinion": "deny", "grounds": "甲"})
        move("M001", "send_back", APPROVER, {"reason": "乙"})
    with on("2026-05-12"):
        close_days()
    content = receipt_for("M001", APPLICANT)
    assert [entry.get("step", "") for entry in content["entries"]] == [
        "submit",
        "accept",
        "",
        "",
        "",
        "extend",
        "",
        "",
    ]
    status, shown = checker(content)
    assert (status, "案情复杂" in shown) == (0, True)
    assert "理由不足" not in json.dumps(content, ensure_ascii=False)


def test_after_erasing_the_receipt_still_proves_the_rest(checker):
    closed_week()
    Opening.objects.filter(matter="M001").delete()
    status, told = checker(receipt_for("M001", APPLICANT))
    assert (status, "00000000000" in told) == (0, False)


def test_a_person_proves_from_his_journal_who_read_his_data(checker):
    with on("2026-05-11"):
        note("p-1", "value_read", one_of_the_platform(), {"what": "证件号码", "reason": "核对身份"})
    with on("2026-05-12"):
        close_days()
        content = receipt_for("J-p-1", APPLICANT)
        status, told = checker(content)
    assert (status, "核对身份" in told) == (0, True)


def shown(content: dict) -> int:
    return len(content["entries"])


def one_of_the_platform() -> Actor:
    return Actor("a-w", "窗口", {role: frozenset({"platform"}) for role in CLERK.grants})


def test_what_does_not_prove_is_not_handed_out():
    closed_week()
    attack("UPDATE kernel_ledgerleaf SET head = %s WHERE matter = 'M001' AND day = '2026-05-13'", b"x" * 32)
    with pytest.raises(NotProven, match=r"不能出具回执：.*请运行 onewindow ledger verify --matter M002"):
        receipt_for("M002", APPLICANT)
