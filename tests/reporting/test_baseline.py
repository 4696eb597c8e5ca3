"""The baseline hides what is known, tells what is gone, and only ever shrinks by itself."""

import json
from dataclasses import replace

import pytest

from openbook.reporting.baseline import BadBaseline, Baseline, Entry, load, save
from tests.reporting.samples import AMOUNT, FLOOD, PDF, TEXT, UNREADABLE


def known(*reports):
    return Baseline(
        {found.fingerprint: Entry.of(found, report) for report in reports for found in report.findings}
    )


def passed(baseline, *reports):
    return [found.code for report in baseline.filter(reports) for found in report.findings]


def test_known_findings_are_hidden_and_new_ones_are_not():
    baseline = known(replace(TEXT, findings=[AMOUNT]))
    assert passed(baseline, TEXT) == ["OB997"]
    assert baseline.hidden == 1


def test_what_no_longer_occurs_is_gone():
    baseline = known(TEXT)
    assert passed(baseline, replace(TEXT, findings=[FLOOD])) == []
    assert [entry.code for entry in baseline.gone()] == ["OB998"]


def test_what_was_not_looked_at_is_not_gone():
    baseline = known(TEXT, PDF)
    passed(baseline, replace(PDF, findings=[]))
    assert [entry.code for entry in baseline.gone()] == ["OB995"]
    assert baseline.gone(select=("OB1",)) == []
    assert baseline.gone(ignore=("OB9",)) == []


def test_a_file_that_could_not_be_read_proves_nothing():
    baseline = known(replace(UNREADABLE, unreadable=None, findings=[AMOUNT]))
    passed(baseline, UNREADABLE)
    assert baseline.gone() == []


def test_a_document_that_moved_is_the_same_document():
    baseline = known(TEXT)
    passed(baseline, replace(TEXT, path="别处/a.txt", findings=[]))
    assert len(baseline.gone()) == 2


def test_a_file_written_is_read_again_in_a_steady_order(tmp_path):
    path = tmp_path / "known.json"
    entries = list(known(TEXT, PDF).entries.values())
    save(path, entries)
    first = path.read_text(encoding="utf-8")
    assert set(load(path).entries) == {entry.fingerprint for entry in entries}
    save(path, reversed(entries))
    assert path.read_text(encoding="utf-8") == first
    assert "说明中一般公共预算支出" in first


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"openbook-baseline": 2}',
        '{"openbook-baseline": 1, "findings": [{"x": 1}]}',
        "[" * 9999,
    ],
)
def test_a_file_that_is_no_baseline_is_refused_with_a_reason(content, tmp_path):
    path = tmp_path / "known.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadBaseline, match="--write-baseline"):
        load(path)


def test_an_entry_knows_no_lines(tmp_path):
    save(tmp_path / "known.json", known(TEXT).entries.values())
    (first, _) = json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))["findings"]
    assert set(first) == {"fingerprint", "code", "message", "path", "department", "year"}
