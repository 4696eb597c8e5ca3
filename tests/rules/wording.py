"""Runs one rule over a short text that the real reader has read."""

from openbook.document import Document
from openbook.findings import Context, Finding, Rule
from openbook.reading.text import read_text


def document(text: str, department: str | None = None, year: int | None = None, **more) -> Document:
    made = Document(read_text(text, "sample.txt"), department=department, year=year)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def findings(
    rule: Rule, text: str, department: str | None = None, year: int | None = None, **more
) -> list[Finding]:
    return list(rule.check(Context(document(text, department, year, **more))))


def messages(
    rule: Rule, text: str, department: str | None = None, year: int | None = None, **more
) -> list[str]:
    return [finding.message for finding in findings(rule, text, department, year, **more)]
