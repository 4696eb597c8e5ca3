"""The page about dossiers names every refusal that there is."""

import re
from pathlib import Path

from onewindow.kernel.dossiers.checks.kinds import KINDS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "dossiers.md").read_text(encoding="utf-8")


def test_every_code_of_a_refusal_is_explained_and_no_other():
    folder = ROOT / "src" / "onewindow" / "kernel" / "dossiers"
    raised = {
        code
        for path in folder.rglob("*.py")
        for code in re.findall(r'Unfit\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    rows = [
        line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `") and "ONEWINDOW" not in line
    ]
    assert {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)} == raised | {"check"}


def test_the_limits_are_those_of_the_program():
    told = "PDF、OFD、TIFF 100，docx、xlsx 50，JPG、PNG 30，文本 5"
    assert told in PAGE
    assert [kind.megabytes for kind in KINDS.values()] == [100, 100, 50, 50, 30, 30, 100, 5]


def test_the_page_stays_short():
    assert len(PAGE.splitlines()) < 120
