"""`onewindow ledger …` and `onewindow calendar …`, as an administrator runs them."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from onewindow.kernel.api import move
from onewindow.kernel.keeping.publishing import folder
from onewindow.main.command import _run
from tests.onewindow.calendar.notices import NOTICE_2027
from tests.onewindow.keeping.bureau import on, submitted, week
from tests.onewindow.keeping.raw import attack
from tests.onewindow.keeping.raw import run as sql
from tests.onewindow.people import CLERK

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """What a command prints, both streams; `expect`: its exit status."""

    def command(*arguments: str, expect: int = 0) -> str:
        status = _run(list(arguments))
        told = capsys.readouterr()
        assert status == expect, told
        return told.out + told.err

    return command


@pytest.fixture(autouse=True)
def _bureau(run, own_keys):
    """A week of work; its days are closed by the command, up to Friday."""
    week()
    with on("2026-05-16"):
        assert "签发了 5 个日根，最后一个是 2026-05-15" in run("ledger", "close")


def verify_alone(*arguments: str, cwd) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_a_sound_ledger_and_one_that_was_changed(run):
    told = run("ledger", "verify")
    assert "没有问题。" in told
    assert "个日根与公布的核对过" in told
    attack("UPDATE kernel_entry SET actor_id = 'x' WHERE matter_id = 'M001' AND seq = 3")
    told = run("ledger", "verify", expect=1)
    assert "altered  案件 M001 第 3 条经过:内容与摘要不符,这一条被改过。" in told
    assert "有 1 处问题。" in told
    *faults, counts = [json.loads(line) for line in run("ledger", "verify", "--json", expect=1).splitlines()]
    assert [(one["code"], one["matter"], one["seq"]) for one in faults] == [("altered", "M001", 3)]
    assert (counts["faults"], counts["matters"]) == (1, 3)
    assert "没有问题。" in run("ledger", "verify", "--matter", "M002")
    assert "有 1 处问题。" in run("ledger", "verify", "--matter", "M001", expect=1)
    assert "错误：台账里没有案件“M404”，请核对编号。" in run("ledger", "verify", "--matter", "M404", expect=1)


def test_roots_are_printed_and_held_to_what_was_published_elsewhere(run, tmp_path):
    lines = run("ledger", "roots")
    assert lines == (folder() / "2026.jsonl").read_text(encoding="utf-8")
    assert len(run("ledger", "roots", "--since", "2026-05-14").splitlines()) == 2
    newspaper = tmp_path / "newspaper.jsonl"
    newspaper.write_text(lines, encoding="utf-8")
    assert "没有问题" in run("ledger", "verify", "--published", str(newspaper))
    newspaper.write_text(lines.replace('"day":"2026-05-12"', '"day":"2026-05-10"', 1), encoding="utf-8")
    assert "第2行读不懂" in run("ledger", "verify", "--published", str(newspaper), expect=1)


def test_a_row_that_is_wrong_is_told_and_mended(run):
    assert "0 件有差别" in run("ledger", "rebuild", "--check")
    sql("UPDATE kernel_matter SET state = 'denied' WHERE id = 'M001'")
    told = run("ledger", "rebuild", "--check", expect=1)
    assert "案件 M001：state 应为 delivered，现为 denied" in told
    assert "改写了 1 行" in run("ledger", "rebuild")
    assert "0 件有差别" in run("ledger", "rebuild", "--check")


def test_a_receipt_is_handed_out_and_checked_by_the_program_handed_out(run, tmp_path):
    receipt, program = tmp_path / "receipt.json", tmp_path / "verify_receipt.py"
    assert "已写到" in run("ledger", "receipt", "M001", "-o", str(receipt))
    told = run("ledger", "receipt-program", "-o", str(program))
    (key,) = tmp_path.glob("ledger-public-key-*.pem")
    assert f"公钥：{key}，指纹 " in told
    done = verify_alone(program.name, receipt.name, key.name, cwd=tmp_path)
    assert (done.returncode, "核验通过。" in done.stdout, done.stderr) == (0, True, "")
    assert "00000000000" not in done.stdout
    run("ledger", "receipt", "M001", "-o", str(receipt), "--openings", "本人申请")
    assert "00000000000" in verify_alone(program.name, receipt.name, key.name, cwd=tmp_path).stdout
    receipt.write_text(receipt.read_text(encoding="utf-8").replace("decide", "deny"), encoding="utf-8")
    assert verify_alone(program.name, receipt.name, key.name, cwd=tmp_path).returncode == 1
    assert "错误：没有编号为“M404”的事务" in run("ledger", "receipt", "M404", "-o", str(receipt), expect=1)


def test_the_key_is_changed_and_named_by_the_next_root(run, tmp_path):
    told = run("ledger", "change-key")
    assert "-----BEGIN PUBLIC KEY-----" in told
    fingerprint = told.split("指纹为 ")[1][:64]
    assert "已有一把新密钥在等待交接" in run("ledger", "change-key", expect=1)
    with on("2026-05-18"):
        run("ledger", "close")
    last, newest = [json.loads(line)["root"] for line in run("ledger", "roots").splitlines()[-2:]]
    assert (last["next_key"], newest["key"]) == (fingerprint, fingerprint)
    assert "没有问题" in run("ledger", "verify")


def test_a_notice_is_previewed_and_imported(run, tmp_path, monkeypatch):
    for number, day in ((20, "2026-12-03"), (21, "2026-12-04")):
        with on(day):
            submitted(number)
            move(f"M0{number}", "accept", CLERK)
    assert "错误：有1件事务推算不出期限，例如 M021" in run("calendar", "check", expect=1)
    notice, listed = tmp_path / "2027.txt", tmp_path / "list.csv"
    notice.write_text(NOTICE_2027, encoding="utf-8")
    asked = ("calendar", "import", str(notice), "--year", "2027", "--number", "国办发明电〔2026〕99号")
    told = run(*asked, "--dry-run", "--list", str(listed))
    assert "M020  作出行政许可决定  2026-12-31 → 2026-12-30  2026-12-26（星期六）由" in told
    assert "M021  作出行政许可决定  算不出 → 2027-01-04" in told
    assert "只是预览，没有提交" in told
    assert listed.read_text(encoding="utf-8-sig").count("\n") == 3
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert "已中断" in run(*asked, expect=130)
    assert "年度" not in run("calendar", "show", "2026")
    told = run(*asked, "--yes")
    assert "已提交，日历版本 " in told
    assert "其中 2 件有变" in told
    assert "2027年已经装载" in run(*asked, "--yes", expect=1)
    shown = run("calendar", "show", "2027")
    assert "2027-01-30  上班  调休上班（春节）" in shown
    assert "个工作日" in shown
    assert "日历没有问题" in run("calendar", "check")
    assert "0 件有差别" in run("ledger", "rebuild", "--check")


def test_a_day_of_the_bureaus_own(run):
    day = ("2026-11-25", "--kind", "休息", "--reason", "停电", "--basis", "某府发〔2026〕1号")
    assert "没有案件的末日会变" in run("calendar", "own-day", "add", *day, "--dry-run")
    run("calendar", "own-day", "add", *day, "--yes")
    assert "2026-11-25  休息  局休日：停电" in run("calendar", "show", "2026")
    assert "被设了两次" in run("calendar", "own-day", "add", *day, "--yes", expect=1)
    run("calendar", "own-day", "remove", "2026-11-25", "--yes")
    assert "停电" not in run("calendar", "show", "2026")
    assert "重算了" in run("calendar", "sweep")


def test_what_cannot_be_read_is_told(run, tmp_path):
    strange = tmp_path / "notice.txt"
    strange.write_bytes("元旦".encode("gb18030"))
    assert "不是 UTF-8 编码的文本" in run("calendar", "import", str(strange), "--year", "2027", expect=1)
    assert "2035年的放假安排没有装载" in run("calendar", "show", "2035", expect=1)
