"""The JSON contract of docs/json.md holds for every report."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.reporting.samples import ALL, HOSTILE_DOCUMENT, PDF, TEXT, UNREADABLE

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "schema" / "report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def contract():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("reports", [[], [TEXT], [*ALL, HOSTILE_DOCUMENT]], ids=["none", "one", "all"])
def test_a_report_keeps_the_contract(reports, written, contract):
    report = json.loads(written("json", reports))
    contract.validate(report)
    assert len(report["documents"]) == len(reports)


def test_the_example_in_the_documentation_keeps_it_too(contract):
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    contract.validate(json.loads(page.split("```json\n")[1].split("```")[0]))


def test_both_sides_are_among_the_locations(written):
    (document,) = json.loads(written("json", [TEXT]))["documents"]
    found = next(one for one in document["findings"] if one["code"] == "OB998")
    assert [one["line"] for one in found["locations"]] == [123, 45]
    assert found["locations"][1] == {
        "line": 45, "column": 4, "end_column": 10, "page": None,
        "statement": "一般公共预算支出表", "row": "合计", "column_name": "合计", "value": "189.30",
    }  # fmt: skip


def test_a_statement_of_a_pdf_has_no_lines(written):
    (document,) = json.loads(written("json", [PDF]))["documents"]
    assert document["statements"][0]["lines"] is None
    assert document["findings"][0]["locations"][0]["page"] == 9


def test_a_file_that_cannot_be_read_is_one_finding(written):
    (document,) = json.loads(written("json", [UNREADABLE]))["documents"]
    assert [one["code"] for one in document["findings"]] == ["OB001"]
    assert "文件已加密" in document["findings"][0]["message"]


def test_json_lines_hold_one_document_each(written, contract):
    lines = written("jsonl", ALL).splitlines()
    assert len(lines) == len(ALL)
    for line in lines:
        document = json.loads(line)
        contract.validate({"openbook": document.pop("openbook"), "documents": [document]})


def test_a_path_that_is_not_unicode_does_not_break_the_stream(written):
    from dataclasses import replace

    written("json", [replace(TEXT, path="\udcff.txt")]).encode("utf-8")
