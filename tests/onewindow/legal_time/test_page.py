from __future__ import annotations

from onewindow.kernel.legal_time import bundled_notices, rulebook
from scripts.legal_time_parts import FAMILIES, legal_time_parts
from scripts.write_docs import ROOT, with_parts

PAGE = ROOT / "docs" / "legal-time.md"


def test_the_page_is_what_the_data_says_today() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_parts(text) == text, "run `make docs`"


def test_the_page_tells_every_term_with_its_mark_and_every_notice() -> None:
    parts = legal_time_parts()
    for term in rulebook().terms:
        assert term.key.split(".")[0] in FAMILIES
        assert f"| `{term.key}` | {term.title}" in parts["legal-terms"]
    for notice in bundled_notices():
        assert notice.title in parts["legal-notices"]
