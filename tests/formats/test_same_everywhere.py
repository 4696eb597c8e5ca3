"""One document in six formats is one document: the same statements, claims, forms and findings."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from openbook.api import Document, check_document, read_document
from scripts.samples.__main__ import SOURCES, WRITERS
from scripts.samples.plain import ABOVE, LEFT, Table, parse
from tests.books import random_book, shanxi

FORMATS = [name for name in WRITERS if name != "txt"]
PLAIN = {path.name.removesuffix(".txt"): path.read_text("utf-8") for path in sorted(SOURCES.glob("*.txt"))}
PLAIN |= {f"book-{seed}": shanxi(random_book(random.Random(seed))) for seed in (1, 2)}


def understood(document: Document) -> dict[str, Any]:
    """What does not depend on the format: places and printed blanks are left out."""
    return {
        "about": (document.department, document.year, document.layout, document.level, document.stage),
        "statements": [
            (
                statement.kind,
                statement.unit,
                statement.year,
                statement.reliable,
                statement.note is not None,
                [column.key for column in statement.columns],
                [
                    (row.key, row.code, row.side, row.parent, _figures(row.cells.values()))
                    for row in statement.rows
                ],
            )
            for statement in document.statements
        ],
        "claims": [
            (claim.kind, claim.concept, claim.value, claim.direction, claim.text) for claim in document.claims
        ],
        "forms": [len(form.indicators) for form in document.forms],
    }


def _figures(cells: Iterable[Any]) -> dict[str, int]:
    return {cell.column.key: cell.amount for cell in cells if cell.amount}


def findings(document: Document) -> Counter[tuple[str, str]]:
    return Counter((found.code, found.severity.name) for found in check_document(document).findings)


def codes(found: Counter[tuple[str, str]]) -> Counter[str]:
    return Counter(code for code, _ in found.elements())


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Reads a plain source after it was written in a format; each pair once."""
    folder: Path = tmp_path_factory.mktemp("formats")
    known: dict[tuple[str, str], tuple[dict[str, Any], Counter[tuple[str, str]]]] = {}

    def get(name: str, format_: str) -> tuple[dict[str, Any], Counter[tuple[str, str]]]:
        if (name, format_) not in known:
            path = folder / f"{name}.{format_}"
            path.write_bytes(WRITERS[format_](parse(PLAIN[name])))
            document = read_document(str(path))
            known[name, format_] = understood(document), findings(document)
        return known[name, format_]

    return get


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", PLAIN)
def test_every_format_is_understood_as_text_is(read: Any, name: str, format_: str) -> None:
    expected, _ = read(name, "txt")
    found, _ = read(name, format_)
    assert found["about"] == expected["about"]
    for mine, theirs in zip(found["statements"], expected["statements"], strict=True):
        assert mine == theirs
    assert found["claims"] == expected["claims"]
    assert found["forms"] == expected["forms"]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", PLAIN)
def test_every_format_has_the_findings_of_text(read: Any, name: str, format_: str) -> None:
    """Text may come from a scanner that misread a letter: there some findings are milder."""
    alike = "txt" if format_ == "md" else "docx"
    assert codes(read(name, format_)[1]) == codes(read(name, "txt")[1])
    assert read(name, format_)[1] == read(name, alike)[1]


@pytest.mark.parametrize("name", PLAIN)
def test_the_statements_are_read_at_all(read: Any, name: str) -> None:
    found, _ = read(name, "txt")
    assert len(found["statements"]) >= 9
    assert found["about"][2] is not None
    assert all(statement[3] for statement in found["statements"])


def test_a_covered_cell_is_one_cell_in_every_writer() -> None:
    table = parse(f"项目\t{LEFT}\t合计\n编码\t名称\t{ABOVE}\n201\t支出\t1.00\n")[0].blocks[0]
    assert isinstance(table, Table)
    cells = {cell.text: (cell.across, cell.down) for cell in table.cells()}
    assert cells["项目"] == (2, 1)
    assert cells["合计"] == (1, 2)
    assert table.blanked() == [["项目", "", "合计"], ["编码", "名称", ""], ["201", "支出", "1.00"]]
