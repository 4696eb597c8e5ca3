"""Whole reports, compared with those kept. `GOLDEN=write pytest tests/reporting` keeps them anew."""

import os
from pathlib import Path

import pytest

from openbook.reporting.formats import FORMATS
from tests.reporting.samples import ALL

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif", "junit", "html"])
def test_a_report_is_as_it_was(form, written):
    report = written(form, ALL)
    kept = GOLDEN / f"report{FORMATS[form].suffix}"
    if os.environ.get("GOLDEN") == "write":
        kept.write_text(report, encoding="utf-8")
    assert report == kept.read_text(encoding="utf-8")
