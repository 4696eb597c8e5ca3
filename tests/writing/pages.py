"""Small disclosures as PDF, and the text of their pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2

from openbook.disclosure import Disclosure, Paragraph, Run
from openbook.writing.pdf import write_pdf
from tests.writing.sample import DEPARTMENT, YEAR


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def written(path: Path, *blocks: Any, draft: bool = False) -> str:
    """The text of a disclosure of these blocks, without line ends."""
    write_pdf(Disclosure("题目", DEPARTMENT, YEAR, "", "department", list(blocks), draft=draft), path)
    return "".join(texts(path)).replace("\n", "")


def body(text: str) -> Paragraph:
    return Paragraph((Run(text),))
