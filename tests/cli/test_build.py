"""`openbook build` as a user calls it: what it tells, what it writes, what it refuses, whatever is thrown at it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from openbook.book.load import store
from openbook.book.model import BudgetBook
from tests.book.books import BUREAU, CENTRE, small_book
from tests.composing.departments import department

TITLE = f"{BUREAU}2024年度部门预算公开"
HTML = ("--format", "html")


def stored(path: Path, change: Callable[[BudgetBook], object] | None = None) -> Path:
    made = small_book()
    if change is not None:
        change(made)
    store(made, path)
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()
    }


def reasonless(book: BudgetBook) -> None:
    book.reasons = {}


def program(*arguments: object, **more) -> subprocess.CompletedProcess[str]:
    """A process of its own, as workers are forked from one that has written nothing yet."""
    command = [sys.executable, "-m", "openbook", "build", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **more)


@pytest.fixture
def book(tmp_path):
    return stored(tmp_path / "账簿")


# --- what it tells --------------------------------------------------------------------------------


def test_a_built_book_is_told_in_a_few_lines(openbook, book, tmp_path):
    ran = openbook("build", book, "-o", tmp_path / "out", *HTML)
    assert ran.status == 0
    assert ran.err == ""
    first, second, third = ran.out.splitlines()
    assert first == TITLE
    assert "都出自账簿" in second
    assert third.endswith(f"已写入 {tmp_path / 'out'}：{TITLE}.html")


def test_faults_are_told_with_place_and_mend_and_nothing_is_written(openbook, tmp_path):
    ran = openbook("build", stored(tmp_path / "book", reasonless), "-o", tmp_path / "out", *HTML)
    assert ran.status == 1
    assert "没有编成" in ran.out
    assert "[BK502] reasons.csv" in ran.out
    assert ran.out.count("改法：") == ran.out.count("[BK502]") > 5
    assert not (tmp_path / "out").exists()


def test_former_files_stay_whole_where_the_book_has_become_wrong(openbook, book, tmp_path):
    openbook("build", book, "-o", tmp_path / "out", "--format", "html", "--format", "data")
    before = files(tmp_path / "out")
    (book / "reasons.csv").unlink()
    assert openbook("build", book, "-o", tmp_path / "out", *HTML).status == 1
    assert files(tmp_path / "out") == before


# --- wrong use ------------------------------------------------------------------------------------


def test_the_books_own_folder_is_no_place_for_files(openbook, book):
    before = files(book)
    for out in (book, book / "公开", book / "projects" / ".." / "x"):
        ran = openbook("build", book, "-o", out, *HTML)
        assert (ran.status, ran.out) == (2, "")
        assert "在账簿文件夹里" in ran.err
    assert files(book) == before


def test_a_link_into_the_books_folder_is_seen_through(openbook, book, tmp_path):
    (tmp_path / "link").symlink_to(book)
    assert openbook("build", book, "-o", tmp_path / "link" / "x", *HTML).status == 2


def test_several_books_are_not_written_into_one_another(openbook, tmp_path):
    one, two = stored(tmp_path / "one"), stored(tmp_path / "two")
    ran = openbook("build", one, two, "-o", tmp_path, *HTML)
    assert ran.status == 2
    assert "在账簿文件夹里" in ran.err


def test_a_file_is_no_place_for_files(openbook, book, tmp_path):
    (tmp_path / "out").write_text("mine")
    ran = openbook("build", book, "-o", tmp_path / "out", *HTML)
    assert ran.status == 2
    assert "是一个文件；请写一个文件夹" in ran.err
    assert (tmp_path / "out").read_text() == "mine"


def test_a_book_that_is_not_there_is_told(openbook, tmp_path):
    ran = openbook("build", tmp_path / "账簿", "-o", tmp_path / "out")
    assert ran.status == 2
    assert "找不到账簿" in ran.err


@pytest.mark.parametrize("arguments", [[], ["book"], ["book", "-o", "out", "--format", "odt"], ["-o", "out"]])
def test_a_wrong_call_is_explained(openbook, arguments):
    ran = openbook("build", *arguments)
    assert ran.status == 2
    assert ran.err.startswith("错误：")


def test_somebodys_data_is_not_replaced(openbook, book, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.csv").write_text("mine")
    ran = openbook("build", book, "-o", tmp_path)
    assert ran.status == 2
    assert "不是编制时写的" in ran.err
    assert (tmp_path / "data" / "mine.csv").read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "账簿"]


# --- several --------------------------------------------------------------------------------------


def test_several_books_have_a_folder_each_and_those_of_one_name_are_numbered(tmp_path):
    books = [stored(tmp_path / place / "账簿") for place in "abc"]
    ran = program(*books, "-o", tmp_path / "out", *HTML)
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[-1] == "共 3 份：编成 3 份，没有编成 0 份"
    assert set(files(tmp_path / "out")) == {f"{name}/{TITLE}.html" for name in ("账簿", "账簿-2", "账簿-3")}


def test_a_faulty_book_does_not_keep_others_from_being_built(book, tmp_path):
    bad = stored(tmp_path / "bad", reasonless)
    ran = program(bad, book, "-o", tmp_path / "out", *HTML)
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[-1] == "共 2 份：编成 1 份，没有编成 1 份"
    assert list(files(tmp_path / "out")) == [f"账簿/{TITLE}.html"]


def test_a_unit_publishes_on_its_own(openbook, tmp_path):
    store(department("shanghai-9"), tmp_path / "book")
    ran = openbook("build", tmp_path / "book", "-o", tmp_path / "out", "--unit", CENTRE, *HTML)
    assert ran.status == 0
    assert list(files(tmp_path / "out")) == [f"{CENTRE}2024年度单位预算公开.html"]
    ran = openbook("build", tmp_path / "book", "-o", tmp_path / "out", "--unit", "没有这个单位", *HTML)
    assert ran.status == 1
    assert "BK505" in ran.out


def test_all_units_publish_beside_the_department(tmp_path):
    store(department("shanghai-9"), tmp_path / "book")
    ran = program(tmp_path / "book", "-o", tmp_path / "out", "--units", *HTML)
    assert ran.returncode == 0
    assert sorted(files(tmp_path / "out")) == sorted(
        [
            f"{BUREAU}2024年度部门预算公开.html",
            *(f"单位预算/{unit}/{unit}2024年度单位预算公开.html" for unit in (BUREAU, CENTRE)),
        ]
    )


def test_two_workers_write_what_one_writes(tmp_path):
    store(department("shanghai-9"), tmp_path / "book")
    other = stored(tmp_path / "other")
    for jobs in ("1", "2"):
        program(tmp_path / "book", other, "-o", tmp_path / jobs, "--units", "--jobs", jobs)
    one, two = files(tmp_path / "1"), files(tmp_path / "2")
    assert len(one) > 24
    assert one == two


# --- options --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "names"),
    [("docx", [".docx"]), ("pdf", [".pdf"]), ("html", [".html"]), ("xlsx", [".xlsx"])],
)
def test_only_what_is_asked_for_is_written(openbook, book, tmp_path, form, names):
    assert openbook("build", book, "-o", tmp_path / "out", "--format", form).status == 0
    assert [TITLE + name for name in names] == list(files(tmp_path / "out"))


def test_open_data_is_a_file_and_a_folder(openbook, book, tmp_path):
    openbook("build", book, "-o", tmp_path / "out", "--format", "data")
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["data", "disclosure.json"]


def test_a_draft_says_so(openbook, book, tmp_path):
    ran = openbook("build", book, "-o", tmp_path / "out", "--draft", *HTML)
    assert ran.out.splitlines()[0] == f"{TITLE}（内部审核稿）"
    assert "内部审核" in (tmp_path / "out" / f"{TITLE}（内部审核稿）.html").read_text("utf-8")
    openbook("build", book, "-o", tmp_path / "out", *HTML)
    assert "内部审核" not in (tmp_path / "out" / f"{TITLE}.html").read_text("utf-8")


def _controls(path: Path, yuan: str) -> Path:
    if path.suffix == ".csv":
        path.write_text(f"项目,单位,资金来源,资金年度,金额\n,,,,{yuan}\n", encoding="utf-8")
        return path
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["项目", "单位", "资金来源", "资金年度", "金额"])
    sheet.append(["", "", "", "", float(yuan)])
    workbook.save(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_control_list_is_kept_or_nothing_is_written(openbook, book, tmp_path, suffix):
    total = sum(line.amount for line in small_book().expenditure)
    good = _controls(tmp_path / f"good{suffix}", f"{total // 100}.{total % 100:02d}")
    bad = _controls(tmp_path / f"bad{suffix}", f"{total // 100 + 1}.00")
    assert openbook("build", book, "-o", tmp_path / "a", "--control", good, *HTML).status == 0
    ran = openbook("build", book, "-o", tmp_path / "b", "--control", bad, *HTML)
    assert ran.status == 1
    assert "BK4" in ran.out
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("content", [b"", bytes(range(256)), b"PK\x03\x04", "金额\n一百\n".encode()])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".txt", ""])
def test_a_control_list_that_is_none_is_told(openbook, book, tmp_path, content, suffix):
    path = tmp_path / f"list{suffix}"
    path.write_bytes(content)
    ran = openbook("build", book, "-o", tmp_path / "out", "--control", path, *HTML)
    assert ran.status == 2
    assert ran.err.startswith("错误：控制数：")
    assert not (tmp_path / "out").exists()


# --- whatever is thrown at it ---------------------------------------------------------------------


def _random_toml(book: Path) -> None:
    (book / "book.toml").write_bytes(random.Random(7).randbytes(5000))


def _random_tables(book: Path) -> None:
    for path in book.glob("*.csv"):
        path.write_bytes(random.Random(path.name).randbytes(3000))


def _nonsense(book: Path) -> None:
    shutil.rmtree(book)
    (book / "a" / "b").mkdir(parents=True)
    for name in ("x.csv", "a/y.toml", "a/b/z"):
        (book / name).write_bytes(os.urandom(100))


def _empty(book: Path) -> None:
    shutil.rmtree(book)
    book.mkdir()


def _folders_for_files(book: Path) -> None:
    for name in ("expenditure.csv", "book.toml"):
        (book / name).unlink()
        (book / name).mkdir()


def _pipe(book: Path) -> None:
    (book / "revenue.csv").unlink()
    os.mkfifo(book / "revenue.csv")


def _loop(book: Path) -> None:
    (book / "units.csv").unlink()
    (book / "units.csv").symlink_to("units.csv")


def _no_workbook(book: Path) -> None:
    shutil.rmtree(book)
    book.write_bytes(b"PK\x03\x04 nothing behind it")


def _hostile_template(book: Path) -> None:
    (book / "explanation.md").write_text("{{ ''.__class__ }}", encoding="utf-8")


def _hostile_names(book: Path) -> None:
    for path in (book / "book.toml", book / "units.csv", *(book / "projects").iterdir(), *book.glob("*.csv")):
        text = path.read_text("utf-8")
        path.write_text(text.replace(BUREAU, "../../etc/{{7*7}}\U0001f600**"), encoding="utf-8")


HOSTILE = (_random_toml, _random_tables, _nonsense, _empty, _folders_for_files, _pipe, _loop, _no_workbook,
           _hostile_template, _hostile_names)  # fmt: skip


@pytest.mark.parametrize("spoil", HOSTILE, ids=lambda spoil: spoil.__name__)
def test_a_hostile_book_is_refused_in_words(spoil, book, tmp_path):
    spoil(book)
    ran = program(book, "-o", tmp_path / "out", *HTML, timeout=60)
    assert ran.returncode in (0, 1), ran.stderr
    assert "程序出错" not in ran.stdout + ran.stderr
    assert "BK599" not in ran.stdout
    assert "Traceback" not in ran.stderr
    assert ran.returncode == 0 or "改法：" in ran.stdout
    assert {path.name for path in tmp_path.iterdir()} <= {"账簿", "out"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everywhere")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_without_permission_is_told(book, tmp_path, jobs):
    closed = tmp_path / "closed"
    closed.mkdir(0o500)
    ran = program(book, book, "-o", closed, "--jobs", jobs, *HTML)
    assert ran.returncode in (1, 2)
    assert "没有权限" in ran.stdout + ran.stderr
    book.chmod(0)
    ran = program(book, "-o", tmp_path / "out", *HTML)
    book.chmod(0o700)
    assert ran.returncode in (1, 2)
    assert "没有权限" in ran.stdout + ran.stderr


def test_a_place_that_cannot_be_written_is_told(openbook, book, tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "loop").symlink_to("loop")
    for out in (tmp_path / "file" / "below", tmp_path / "loop", tmp_path / ("长" * 200)):
        ran = openbook("build", book, "-o", out, *HTML)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("错误：")
        assert "程序出错" not in ran.err


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_leaves_no_half_of_a_file(book, tmp_path, told, jobs):
    """The page writer hangs; whoever waits for it loses patience."""
    program = (
        "import sys, time\nfrom openbook import cli\nfrom openbook.writing import html\n"
        "def hang(_, path):\n    path.write_text('half'); print('there', flush=True); time.sleep(60)\n"
        "html.write_html = hang\n"
        f"sys.argv = ['openbook', 'build', {str(book)!r}, {str(book)!r}, '-o', 'out', '--format', 'html',"
        f" '--jobs', '{jobs}']\ncli.main()\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as ran:
        assert ran.stdout.readline().startswith("there")
        assert list(tmp_path.rglob(".building-*"))
        time.sleep(0.2)
        ran.send_signal(told)
        ran.communicate(timeout=30)
    assert ran.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[told]
    assert list(tmp_path.rglob(".building-*")) == []
    assert not (tmp_path / "out").exists() or files(tmp_path / "out") == {}
