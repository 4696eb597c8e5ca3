"""Runs one rule over a short text that the real reader has read."""

from openbook.document import Document
from openbook.findings import Context, Finding, Rule
from openbook.narrative.understanding import understand
from openbook.reading.forms import read_forms
from openbook.reading.text import read_text
from openbook.statements.understand import understand_statements


def document(text: str, department: str | None = None, year: int | None = None, **more) -> Document:
    """The text as read, with the name and year of the body given beside."""
    made = Document(read_text(text, "sample.txt"), department=department, year=year)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def understood(text: str) -> Document:
    """The text as read and understood: statements, sections and forms."""
    source = read_text(text, "sample.txt")
    made = Document(source)
    understand_statements(source, made)
    understand(source, made)
    made.forms = read_forms(source)
    return made


def check(rule: Rule, made: Document) -> list[Finding]:
    return list(rule.check(Context(made)))


def findings(
    rule: Rule, text: str, department: str | None = None, year: int | None = None, **more
) -> list[Finding]:
    return check(rule, document(text, department, year, **more))


def messages(
    rule: Rule, text: str, department: str | None = None, year: int | None = None, **more
) -> list[str]:
    return [finding.message for finding in findings(rule, text, department, year, **more)]
