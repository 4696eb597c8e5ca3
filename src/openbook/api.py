"""The one door to OpenBook for programs: read, check, explain."""

from __future__ import annotations

from openbook.checking.engine import Options, check_document, check_file, read_document
from openbook.checking.result import Counts, DocumentReport, Reported, StatementSummary
from openbook.document import Document
from openbook.findings import Rule, Severity
from openbook.rules.table import RULES, rule

__all__ = [
    "RULES",
    "Counts",
    "Document",
    "DocumentReport",
    "Options",
    "Reported",
    "Rule",
    "Severity",
    "StatementSummary",
    "check_document",
    "check_file",
    "read_document",
    "rule",
]
