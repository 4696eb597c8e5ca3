"""SARIF, JUnit and the workbook, read back as their consumers do."""

import io
import json
import re
import zipfile
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

from openpyxl import load_workbook

from openbook.findings import Severity
from tests.reporting.samples import ALL, CLEAN, HOSTILE_DOCUMENT, PATH, PDF, RULE, TEXT, UNREADABLE


def sarif(written, reports):
    log = json.loads(written("sarif", reports))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def test_sarif_results_point_at_their_rules(written):
    run = sarif(written, ALL)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert result["partialFingerprints"]["openbook/v1"]
        assert result["locations"]
    assert len({rule["id"] for rule in rules}) == len(rules)


def test_sarif_rules_carry_their_page(written):
    rules = {rule["id"]: rule for rule in sarif(written, [TEXT])["tool"]["driver"]["rules"]}
    assert rules["OB998"]["shortDescription"]["text"] == RULE.title
    assert RULE.mend in rules["OB998"]["help"]["markdown"]


def test_sarif_regions_count_characters_from_one(written):
    run = sarif(written, [TEXT])
    assert run["columnKind"] == "unicodeCodePoints"
    result = next(one for one in run["results"] if one["ruleId"] == "OB998")
    physical = result["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 123, "startColumn": 15, "endColumn": 21}
    assert unquote(physical["artifactLocation"]["uri"]) == PATH
    assert result["relatedLocations"][0]["logicalLocations"][0]["name"] == "一般公共预算支出表"


def test_sarif_of_a_pdf_names_the_page_and_no_region(written):
    location = sarif(written, [PDF])["results"][0]["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert location["properties"]["page"] == 9


def test_sarif_takes_absolute_paths_and_unreadable_files(written):
    run = sarif(written, [replace(UNREADABLE, path="/公开/坏.pdf")])
    assert run["invocations"][0]["executionSuccessful"] is False
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"].startswith("file:///")


def junit(written, reports, **settings):
    return ElementTree.fromstring(written("junit", reports, **settings))


def test_junit_has_a_suite_for_each_document(written):
    suites = junit(written, ALL).findall("testsuite")
    assert [suite.get("name") for suite in suites] == [report.path for report in ALL]
    assert [suite.get("failures") for suite in suites] == ["2", "1", "0", "0"]
    assert [suite.get("errors") for suite in suites] == ["0", "0", "0", "1"]
    for suite in suites:
        assert len(suite.findall("testcase")) == int(suite.get("tests", 0))


def test_junit_fails_from_the_threshold_upward(written):
    root = junit(written, [TEXT], threshold=Severity.ERROR)
    assert len(root.findall(".//failure")) == 1
    assert "198.30" in "".join(root.find(".//failure").itertext())


def test_junit_takes_any_content(written):
    root = junit(written, [HOSTILE_DOCUMENT, CLEAN])
    assert "\\x1b" in root.find("testsuite").get("name")


def workbook(written, reports):
    return load_workbook(io.BytesIO(written("xlsx", reports)))


def test_the_workbook_has_findings_statements_and_counts(written):
    book = workbook(written, ALL)
    assert book.sheetnames == ["问题", "报表", "计数"]
    found = list(book["问题"].iter_rows(values_only=True))
    assert found[0][:6] == ("文件", "部门", "年度", "级别", "代码", "问题")
    assert len(found) == 1 + 4
    row = next(one for one in found if one[4] == "OB998")
    assert row[8] == "198.30"
    assert "189.30" in row[9]
    assert book["问题"].auto_filter.ref.startswith("A1:P")
    assert book["报表"].max_row == 1 + 3
    assert [cell.value for cell in book["计数"][2]][4:11] == [1, 1, 0, 120, 3, 1, 14]


def test_no_text_of_a_document_becomes_a_formula_or_a_link(written):
    raw = written("xlsx", [HOSTILE_DOCUMENT])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d\.xml", name)]
        assert len(sheets) == 3
        for name in sheets:
            assert b"<f>" not in archive.read(name)
            assert b"<hyperlink" not in archive.read(name)
    row = list(load_workbook(io.BytesIO(raw))["问题"].iter_rows(values_only=True))[1]
    assert row[1] == "=1+1"
    assert row[10] == "=cmd|' /C calc'!A0"


def test_a_very_long_text_fits_into_a_cell(written):
    long = replace(TEXT, department="长" * 40_000)
    assert workbook(written, [long])["计数"]["B2"].value == "长" * 32_000
