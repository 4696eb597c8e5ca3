"""The bundled samples: made from their sources, free of persons, and checked with the known outcome."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from openbook.api import Document, DocumentReport, Severity, check_document, read_document
from scripts.samples.__main__ import SAMPLES, SOURCES, WRITERS, products
from scripts.samples.plain import parse

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("expected.toml").read_text("utf-8")
)
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{17}[\dXx])(?!\d)")


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def sample(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Document, DocumentReport]:
    document = read_document(str(SAMPLES / request.param))
    return EXPECTED[request.param], document, check_document(document)


def test_every_sample_is_expected_and_every_expected_one_is_there() -> None:
    assert sorted(path.name for path in SAMPLES.iterdir() if path.is_file()) == sorted(EXPECTED)


@pytest.mark.parametrize(
    ("path", "content"), [pytest.param(*item, id=item[0].name) for item in products().items()]
)
def test_made_samples_are_those_of_their_sources(path: Path, content: bytes) -> None:
    """`python -m scripts.samples` makes them anew."""
    if path.suffix in (".docx", ".xlsx"):  # libraries of compression differ in bytes, not in content
        with zipfile.ZipFile(path) as there:
            kept = {name: there.read(name) for name in there.namelist()}
        with zipfile.ZipFile(io.BytesIO(content)) as made:
            assert {name: made.read(name) for name in made.namelist()} == kept
    else:
        assert path.read_bytes() == content


def test_it_is_recognised(sample: tuple[dict[str, Any], Document, DocumentReport]) -> None:
    expected, document, _ = sample
    about = [document.department, document.year, document.layout, document.level, document.stage]
    assert about == expected["about"]
    assert len(document.statements) == expected["statements"]
    assert len(document.forms) == expected["forms"]


def test_errors_are_those_known(sample: tuple[dict[str, Any], Document, DocumentReport]) -> None:
    expected, _, report = sample
    found = [
        f"{one.code} {one.message} {one.expected} {one.actual}"
        for one in report.findings
        if one.severity is Severity.ERROR
    ]
    for fact in expected["errors"]:
        code, _, words = fact.partition(" ")
        match = next((text for text in found if text.startswith(code) and words in text), None)
        assert match is not None, (fact, found)
        found.remove(match)
    assert found == []


def test_warnings_are_those_known(sample: tuple[dict[str, Any], Document, DocumentReport]) -> None:
    expected, _, report = sample
    codes = {one.code for one in report.findings if one.severity is Severity.WARNING}
    assert set(expected["warnings"]) <= codes
    if not expected["warnings"]:
        assert codes == set()


def test_no_person_and_no_telephone(sample: tuple[dict[str, Any], Document, DocumentReport]) -> None:
    _, document, report = sample
    words = [paragraph.text for paragraph in document.source.paragraphs()]
    words += [cell.text for table in document.source.tables() for row in table.rows for cell in row]
    assert [text for text in words if _PERSONAL.search(text)] == []
    assert not {one.code for one in report.findings} & {"OB701", "OB702", "OB703", "OB704", "OB705"}
    assert not any(text and text.text for form in document.forms for text in (form.handler, form.telephone))
    assert not {
        key for key in document.source.metadata if "author" in key.lower() or "creator" in key.lower()
    }
    assert document.source.hidden == []


def test_a_wrong_change_against_last_year_is_found(tmp_path: Path) -> None:
    """The change that the prose states is recomputed from last year's document, whatever its format."""
    plain = (SOURCES / "shanghai-wanli-2024.xlsx.txt").read_text("utf-8")
    path = tmp_path / "2024.xlsx"
    path.write_bytes(WRITERS["xlsx"](parse(plain.replace("减少876.75万元", "减少867.75万元"))))
    last = read_document(str(SAMPLES / "shanghai-wanli-2023.pdf"))
    beside = check_document(read_document(str(path)), prior=last).findings
    assert any(one.code == "OB313" and "867.75" in one.message for one in beside)
    right = read_document(str(SAMPLES / "shanghai-wanli-2024.xlsx"))
    assert not any("876.75" in one.message for one in check_document(right, prior=last).findings)
