"""One door to a book in either form: read it, understand it, check it, reconcile it; and store it."""

from __future__ import annotations

from pathlib import Path

from openbook.book.controls import reconcile
from openbook.book.faults import fault
from openbook.book.folder import read_folder, write_folder
from openbook.book.model import BudgetBook, Fault, Spot
from openbook.book.parse import parse
from openbook.book.raw import RawBook
from openbook.book.render import render
from openbook.book.validate import validate
from openbook.reading.errors import in_words

WORKBOOK = ".xlsx"
_OTHERS = (
    ".xlsm",
    ".xls",
    ".xlsb",
    ".xltx",
    ".et",
    ".ods",
    ".numbers",
)  # tables that are no workbook of this kind


def load(path: Path | str) -> tuple[BudgetBook, list[Fault]]:
    """The book at `path`, a folder or a workbook, and everything that is wrong with it.

    Whatever stands there, nothing is raised: no book is a fault, and an empty book comes with it.
    Sums are judged only where every row was understood: a row left out would make others look wrong.
    """
    raw = read(Path(path))
    if not raw.tables:
        return BudgetBook(raw.path, "", 0, ""), raw.faults
    book, faults = parse(raw)
    whole = not faults
    faults = faults + validate(book, whole=whole)
    return book, faults + reconcile(book) if whole else faults


def read(path: Path) -> RawBook:
    """The rows of a book in either form."""
    name = path.name or str(path)
    try:
        folder = path.is_dir()
        if not folder and not path.exists():
            mend = "请核对路径；用 openbook new 可以新建一本。"
            return _none(path, fault("BK101", f"没有“{name}”这个文件或文件夹。", mend, Spot(name)))
    except (OSError, ValueError) as error:
        why = in_words(error) if isinstance(error, OSError) else "路径里有不能用的字符"
        return _none(path, fault("BK101", f"打不开“{name}”：{why}。", "请核对路径。", Spot(name)))
    if folder:
        return read_folder(path)
    if path.suffix.lower() == WORKBOOK:
        from openbook.book.workbook import read_workbook

        return read_workbook(path)
    mend = "账簿是一个文件夹，或者一个 .xlsx 工作簿。"
    if path.suffix.lower() in _OTHERS:
        mend = f"这种表格（{path.suffix}）不能读；请用 Excel 或 WPS 打开，另存为 .xlsx。"
    return _none(path, fault("BK102", f"“{name}”不是预算账簿。", mend, Spot(name)))


def store(book: BudgetBook | RawBook, path: Path | str) -> None:
    """Write a book, as a workbook where the path ends in .xlsx, else as a folder.

    Raises `NotWritten`; what was there is then as it was.
    """
    path = Path(path)
    raw = book if isinstance(book, RawBook) else render(book)
    if path.suffix.lower() != WORKBOOK:
        write_folder(raw, path)
        return
    from openbook.book.workbook import write_workbook

    write_workbook(raw, path)


def _none(path: Path, wrong: Fault) -> RawBook:
    return RawBook(str(path), faults=[wrong])
