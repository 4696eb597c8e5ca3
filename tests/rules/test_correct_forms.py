"""No rule on performance, assets, personal data or leftovers objects to what is right."""

import pytest

from openbook.findings import Context, Finding, Severity
from openbook.narrative.understanding import understand
from openbook.rules.table import RULES
from tests.rules.correct_forms import FORMS, PARAGRAPHS
from tests.rules.project_forms import read

CHECKED = [rule for rule in RULES if rule.code[:3] in ("OB5", "OB6", "OB7", "OB8")]


def _serious(text: str) -> list[Finding]:
    document = read(text.replace("甲某某", "").replace("2000000", ""))  # names and numbers are not published
    if "决算" in text:
        document.stage, document.year = "accounts", 2023
    understand(document.source, document)
    context = Context(document)
    return [
        finding
        for rule in CHECKED
        for finding in rule.check(context)
        if (finding.severity or rule.severity) is not Severity.INFO
    ]


@pytest.mark.parametrize("name", FORMS)
def test_a_right_form(name: str):
    assert [f"{one.code} {one.message}" for one in _serious(FORMS[name])] == []


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_right_paragraph(name: str):
    assert [f"{one.code} {one.message}" for one in _serious(PARAGRAPHS[name] + "\n")] == []


@pytest.mark.parametrize("name", [name for name in FORMS if name != "a final account"])
def test_a_right_form_is_read(name: str):
    forms = read(FORMS[name]).forms
    assert forms
    assert all(form.indicators for form in forms)
