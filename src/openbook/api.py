"""The one door to OpenBook for programs: read, check, explain; load a budget book and build from it.

What building needs is imported when it is first asked for, so that checking starts no slower.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from openbook.checking.engine import Options, check_document, check_file, read_document
from openbook.checking.result import Counts, DocumentReport, Reported, StatementSummary
from openbook.document import Document
from openbook.findings import Rule, Severity
from openbook.rules.table import RULES, rule

if TYPE_CHECKING:
    from openbook.book.load import load as load_book
    from openbook.book.load import store as store_book
    from openbook.book.model import BudgetBook, Fault
    from openbook.building.build import Built, Wish, build_book, build_path

_LATER = {
    "BudgetBook": ("openbook.book.model", "BudgetBook"),
    "Built": ("openbook.building.build", "Built"),
    "Fault": ("openbook.book.model", "Fault"),
    "Wish": ("openbook.building.build", "Wish"),
    "build_book": ("openbook.building.build", "build_book"),
    "build_path": ("openbook.building.build", "build_path"),
    "load_book": ("openbook.book.load", "load"),
    "store_book": ("openbook.book.load", "store"),
}

__all__ = [
    "RULES",
    "BudgetBook",
    "Built",
    "Counts",
    "Document",
    "DocumentReport",
    "Fault",
    "Options",
    "Reported",
    "Rule",
    "Severity",
    "StatementSummary",
    "Wish",
    "build_book",
    "build_path",
    "check_document",
    "check_file",
    "load_book",
    "read_document",
    "rule",
    "store_book",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _LATER[name]
    return getattr(import_module(module), attribute)
