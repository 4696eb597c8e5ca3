"""What a converter may do to a text without changing what it says must not change which errors are found.

Collected only where documents of the lists are at hand (see `truths.folder`).
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from openbook.checking.engine import check_file
from openbook.findings import Severity
from tests.truth.truths import Truth, present

REWRITINGS: dict[str, Callable[[str], str]] = {
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "no blank lines": lambda text: re.sub(r"\n\s*\n+", "\n", text),
    "no trailing tabs": lambda text: re.sub(r"\t+$", "", text, flags=re.MULTILINE),
    "full-width digits": lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "doubled line breaks": lambda text: text.replace("\n", "\n\n"),
    "no marks of emphasis or headings": lambda text: re.sub(r"</?b>|[#*]+", "", text),
}


@pytest.mark.parametrize("rewriting", REWRITINGS)
@pytest.mark.parametrize(
    "truth", [truth for truth in present() if truth.path.suffix == ".txt"], ids=lambda truth: truth.name
)
def test_the_same_errors_are_found(truth: Truth, rewriting: str, tmp_path: Path) -> None:
    copy = tmp_path / truth.path.name
    copy.write_text(
        REWRITINGS[rewriting](truth.path.read_text(encoding="utf-8")), encoding="utf-8", newline=""
    )
    assert _errors(copy) == _errors(truth.path)


def _errors(path: Path) -> list[tuple[str, str]]:
    findings = check_file(str(path)).findings
    return sorted(
        (finding.code, finding.fingerprint) for finding in findings if finding.severity is Severity.ERROR
    )
