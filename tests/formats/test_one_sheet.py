"""Several statements one under the other on one sheet, without an empty row between them."""

from pathlib import Path

import xlsxwriter

from openbook.api import check_file, read_document
from tests.books import random_book, shanxi


def sheet(path: Path, text: str) -> str:
    """The lines of a disclosure as the rows of one sheet; blank lines are left out."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("预算公开")
        for number, line in enumerate(line for line in text.split("\n") if line):
            for column, cell in enumerate(line.split("\t")):
                page.write_string(number, column, cell)
    return str(path)


def test_statements_one_under_the_other_are_told_apart(tmp_path, rng):
    text = shanxi(random_book(rng))
    plain = tmp_path / "book.txt"
    plain.write_text(text, encoding="utf-8")
    wanted = [statement.kind for statement in read_document(str(plain)).statements]
    document = read_document(sheet(tmp_path / "book.xlsx", text))
    assert [statement.kind for statement in document.statements] == wanted


def test_they_have_no_findings_above_info(tmp_path, rng):
    report = check_file(sheet(tmp_path / "book.xlsx", shanxi(random_book(rng))))
    assert [found.message for found in report.findings if found.severity.word != "info"] == []
