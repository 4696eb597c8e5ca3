"""Findings about the reading itself, from the problems that readers left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location


def reported(context: Context, code: str) -> Iterator[Finding]:
    """Every problem of one code, as a finding at its place."""
    for problem in context.document.problems:
        if problem.code == code:
            words = "".join(letter for letter in problem.message if not letter.isdigit())
            yield Finding(code, problem.message, (Location(problem.place),), ("reading", words))
