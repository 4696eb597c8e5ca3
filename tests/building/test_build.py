"""A book into files: all of them or none, the same each time, and nothing of persons in them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from openbook.book.load import load, store
from openbook.book.model import BudgetBook, Control, Words
from openbook.building import publishing
from openbook.building.build import DATA, FORMATS, Wish, build_book, build_path, file_name, lines_of
from openbook.building.publishing import Occupied, publish, sweep
from openbook.disclosure import Disclosure
from openbook.writing.data import FILE
from tests.book.books import BUREAU, CENTRE, small_book
from tests.composing.departments import department

QUICK = Wish(("html", "data"))
HANDLER, TELEPHONE = "欧阳经办某", "0359-7654321"


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()
    }


def reasonless(book: BudgetBook) -> None:
    book.reasons = {}


def wrong_by_rule(book: BudgetBook) -> None:
    book.texts["others"] = Words("联系电话：13900001111。")


def wrong_template(book: BudgetBook) -> None:
    book.texts["explanation"] = Words("{{ 没有 }}")


def wrong_layout(book: BudgetBook) -> None:
    book.layout = "mars-1"


FAULTS = {"BK502": reasonless, "OB7": wrong_by_rule, "BK503": wrong_template, "BK504": wrong_layout}


# --- all of it --------------------------------------------------------------------------------


def test_all_formats_are_written_under_the_title(tmp_path: Path) -> None:
    built = build_book(small_book(), tmp_path / "out", Wish())
    title = f"{BUREAU}2024年度部门预算公开"
    assert built.title == title
    assert [path.name for path in built.files] == [
        f"{title}.pdf", f"{title}.docx", f"{title}.html", f"{title}.xlsx", FILE, DATA,
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        path.name for path in built.files
    )
    assert all(path.stat().st_size for path in built.files)
    assert (built.faults, built.tables > 13, built.claims > 50) == ([], True, True)


@pytest.mark.parametrize("one", FORMATS)
def test_one_format_alone_is_what_it_is_among_all(one: str, tmp_path: Path) -> None:
    build_book(small_book(), tmp_path / "one", Wish((one,)))
    build_book(small_book(), tmp_path / "all", Wish())
    alone, among = everything(tmp_path / "one"), everything(tmp_path / "all")
    assert alone
    if one == "docx":  # it takes the page numbers of its table of contents from the PDF
        assert set(alone) < set(among)
    else:
        assert {name: among[name] for name in alone} == alone


def test_a_book_from_a_folder_and_one_from_a_workbook_are_published_alike(tmp_path: Path) -> None:
    store(small_book(), tmp_path / "book")
    store(small_book(), tmp_path / "book.xlsx")
    for name in ("book", "book.xlsx"):
        assert build_path(tmp_path / name, tmp_path / "out" / name, Wish(("html",))).faults == []
    folder, workbook = (everything(tmp_path / "out" / name) for name in ("book", "book.xlsx"))
    assert folder == workbook


# --- or nothing -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FAULTS)
def test_nothing_is_written_where_the_book_has_faults(code: str, tmp_path: Path) -> None:
    book = department("shanxi-13-2024")
    FAULTS[code](book)
    built = build_book(book, tmp_path / "out", QUICK)
    assert built.files == []
    assert any(fault.code.startswith(code) for fault in built.faults)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("code", FAULTS)
def test_former_files_stay_whole_where_the_book_has_faults(code: str, tmp_path: Path) -> None:
    book = department("shanxi-13-2024")
    build_book(book, tmp_path, QUICK)
    before = everything(tmp_path)
    FAULTS[code](book)
    assert build_book(book, tmp_path, QUICK).faults
    assert everything(tmp_path) == before


def test_a_book_that_cannot_be_understood_is_not_built(tmp_path: Path) -> None:
    store(small_book(), tmp_path / "book")
    (tmp_path / "book" / "units.csv").unlink()
    built = build_path(tmp_path / "book", tmp_path / "out", QUICK)
    assert built.faults
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("failing", ["docx", "html", "xlsx", "data"])
def test_former_files_stay_whole_where_writing_fails(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = Wish(("docx", "html", "xlsx", "data"))
    build_book(small_book(), tmp_path, wish)
    before = everything(tmp_path)
    changed = small_book()
    changed.texts["goals"] = Words("改过的目标。")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"openbook.writing.{failing}.write_{failing}", full)
    with pytest.raises(OSError, match="No space"):
        build_book(changed, tmp_path, wish)
    assert everything(tmp_path) == before
    assert not list(tmp_path.glob(".building-*"))


def test_former_files_are_replaced_and_others_left(tmp_path: Path) -> None:
    build_book(small_book(), tmp_path, QUICK)
    (tmp_path / DATA / "old.csv").write_text("of a former layout")
    (tmp_path / "mine.txt").write_text("mine")
    before = everything(tmp_path)
    build_book(small_book(), tmp_path, QUICK)
    after = everything(tmp_path)
    assert set(before) - set(after) == {f"{DATA}/old.csv"}
    assert after["mine.txt"] == b"mine"


# --- never over what is not theirs --------------------------------------------------------------


def test_a_folder_of_data_that_is_somebody_elses_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / DATA).mkdir()
    (tmp_path / DATA / "years.csv").write_text("mine")
    with pytest.raises(Occupied, match="不是编制时写的"):
        build_book(small_book(), tmp_path, QUICK)
    assert everything(tmp_path) == {f"{DATA}/years.csv": b"mine"}


def test_the_book_is_never_written_over(tmp_path: Path) -> None:
    store(small_book(), tmp_path / DATA)
    before = everything(tmp_path)
    (tmp_path / FILE).write_text("{}")
    with pytest.raises(Occupied, match="是账簿所在"):
        build_path(tmp_path / DATA, tmp_path, QUICK)
    (tmp_path / FILE).unlink()
    assert everything(tmp_path) == before


def test_a_workbook_of_the_title_is_never_written_over(tmp_path: Path) -> None:
    workbook = tmp_path / f"{BUREAU}2024年度部门预算公开.xlsx"
    store(small_book(), workbook)
    before = everything(tmp_path)
    with pytest.raises(Occupied, match="是账簿所在"):
        build_path(workbook, tmp_path, Wish(("xlsx",)))
    assert everything(tmp_path) == before
    linked = tmp_path / "linked"
    linked.symlink_to(tmp_path)
    with pytest.raises(Occupied, match="是账簿所在"):
        build_path(workbook, linked, Wish(("html", "xlsx")))
    assert build_path(workbook, tmp_path, Wish(("html",))).faults == []


def _write(names: list[str]) -> Callable[[Path], Iterator[Path]]:
    def write(folder: Path) -> Iterator[Path]:
        for name in names:
            if name == DATA:
                (folder / name).mkdir()
            else:
                (folder / name).write_text("new")
            yield folder / name

    return write


def test_a_folder_in_the_place_of_a_file_stops_all(tmp_path: Path) -> None:
    (tmp_path / "b.docx").mkdir()
    (tmp_path / "a.pdf").write_text("old")
    with pytest.raises(Occupied, match=r"名为“b\.docx”的文件夹"):
        publish(_write(["a.pdf", "b.docx"]), tmp_path, "book")
    assert (tmp_path / "a.pdf").read_text() == "old"


@pytest.mark.parametrize("link", [False, True])
def test_a_file_or_a_link_in_the_place_of_the_data_stops_all(link: bool, tmp_path: Path) -> None:
    if link:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / DATA).symlink_to(tmp_path / "elsewhere")
    else:
        (tmp_path / DATA).write_text("mine")
    with pytest.raises(Occupied, match="不是文件夹"):
        publish(_write(["a.pdf", DATA]), tmp_path, "book")
    assert not (tmp_path / "a.pdf").exists()


def test_an_empty_folder_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / DATA).mkdir()
    assert publish(_write([DATA]), tmp_path, "book") == [tmp_path / DATA]


def test_what_stopped_workers_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    mine, others = tmp_path / f"{publishing._prefix()}abc", tmp_path / ".building-1-abc"
    for folder in (mine, others):
        folder.mkdir()
        (folder / "half.pdf").write_text("half")
    sweep(tmp_path)
    sweep(tmp_path / "not there")
    assert [one.name for one in tmp_path.iterdir()] == [".building-1-abc"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("甲/乙\\丙:丁", "甲乙丙丁"),
        ("..", ".."),
        ("\n\t", "预算公开"),
        ("长" * 99, "长" * 60),
        ('"<>|?*', "预算公开"),
    ],
)
def test_names_of_files_hold_nothing_that_a_file_system_minds(title: str, name: str) -> None:
    assert file_name(Disclosure(title, "", 2024, "", "")) == name


# --- drafts -------------------------------------------------------------------------------------


def _words(path: Path) -> str:
    """Everything a file holds, unpacked."""
    return "".join(part.decode("utf-8", "replace") for part in _parts(path.name, path.read_bytes()))


def _parts(name: str, content: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield inner.encode()
                yield from _parts(inner, archive.read(inner))
    elif name.endswith(".pdf"):
        yield _pdf(content)
    else:
        yield content


def _pdf(content: bytes) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    told = ["".join(f"{key}{value}" for key, value in document.get_metadata_dict().items())]
    told += [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "".join(told).encode()


@pytest.mark.parametrize("draft", [False, True])
def test_drafts_alone_carry_the_watermark(draft: bool, tmp_path: Path) -> None:
    built = build_book(small_book(), tmp_path, Wish(("docx", "pdf", "html", "xlsx"), draft=draft))
    for path in built.files:
        assert ("内部审核" in _words(path)) == draft, path.name


def test_a_draft_is_written_though_the_checker_objects(tmp_path: Path) -> None:
    book = small_book()
    wrong_by_rule(book)
    built = build_book(book, tmp_path, Wish(("html",), draft=True))
    assert built.files
    assert built.faults


def test_a_draft_is_not_written_where_words_are_lacking(tmp_path: Path) -> None:
    book = small_book()
    reasonless(book)
    assert build_book(book, tmp_path, Wish(("html",), draft=True)).files == []


# --- control list -------------------------------------------------------------------------------


def test_a_control_list_from_elsewhere_must_be_kept(tmp_path: Path) -> None:
    total = sum(line.amount for line in small_book().expenditure)
    good = build_book(
        small_book(), tmp_path / "a", replace(QUICK, controls=(Control("", "", "", "", total),))
    )
    assert good.faults == []
    bad = build_book(
        small_book(), tmp_path / "b", replace(QUICK, controls=(Control("", "", "", "", total + 1),))
    )
    assert bad.faults
    assert bad.files == []
    assert not (tmp_path / "b").exists()


# --- persons -------------------------------------------------------------------------------------


def _with_handlers() -> BudgetBook:
    book = small_book()
    book.projects = [replace(one, handler=HANDLER, telephone=TELEPHONE) for one in book.projects]
    return book


@pytest.mark.parametrize("layout", ["shanxi-13-2024", "hebei-9", "shanghai-9"])
def test_no_file_holds_a_handler_or_a_telephone(layout: str, tmp_path: Path) -> None:
    book = department(layout)
    book.projects = [replace(one, handler=HANDLER, telephone=TELEPHONE) for one in book.projects]
    store(book, tmp_path / "book")
    assert HANDLER in (tmp_path / "book" / "projects" / "XM001.toml").read_text("utf-8")
    built = build_path(tmp_path / "book", tmp_path / "out", Wish())
    assert [fault.describe() for fault in built.faults] == []
    files = [one for one in (tmp_path / "out").rglob("*") if one.is_file()]
    assert len(files) > 6
    for path in files:
        words = _words(path)
        assert len(words) > 20, path.name
        assert HANDLER not in words, path.name
        assert TELEPHONE not in words, path.name


def test_handlers_are_published_when_asked_for(tmp_path: Path) -> None:
    built = build_book(_with_handlers(), tmp_path, Wish(("docx", "html"), handlers=True, draft=True))
    for path in built.files:
        assert HANDLER in _words(path), path.name
        assert TELEPHONE in _words(path), path.name


# --- the same each time ---------------------------------------------------------------------------

PROGRAM = """
import sys
from pathlib import Path
from openbook.building.build import Wish, build_path
built = build_path(sys.argv[1], Path(sys.argv[2]), Wish())
assert not built.faults, built.faults
"""


def test_files_are_the_same_whatever_the_seed_of_hashes_and_the_folder(tmp_path: Path) -> None:
    store(small_book(), tmp_path / "book")
    for number, seed in enumerate(("0", "1", "20240119")):
        out = tmp_path / f"out-{number}" / ("deeper" * number)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{number:+}"}
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "book"), str(out)], env=environment, check=True
        )
    first, *others = (everything(tmp_path / f"out-{n}" / ("deeper" * n)) for n in range(3))
    assert len(first) > 6
    assert all(other == first for other in others)


# --- lines -----------------------------------------------------------------------------------------


def test_every_line_of_the_book_that_holds_money_can_be_named(tmp_path: Path) -> None:
    store(small_book(), tmp_path / "book")
    book, _ = load(tmp_path / "book")
    lines = lines_of(book)
    tables = ("expenditure", "revenue", "forward", "prior", "purchases")
    assert len(lines) == sum(len(getattr(book, table)) for table in tables)
    assert all(line.file.endswith(".csv") and line.row for line in lines.values())
    assert {line.unit for line in lines.values()} <= {BUREAU, CENTRE, ""}
