"""Full-width digits, printed by some systems and converters, read as what they mean: １２．５ is 12.5.

The text keeps its length, so places stay what they were.
"""

from __future__ import annotations

import re
from dataclasses import replace

from openbook.source import Paragraph, RawTable

_WIDE = re.compile("[０-９]")
_POINT = re.compile(r"(?<=\d)．(?=\d)")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def narrow(text: str) -> str:
    """The text with ASCII digits."""
    if "．" in text:
        text = _POINT.sub(".", text)
    return text.translate(_NARROW) if _WIDE.search(text) else text


def narrowed_paragraph(block: Paragraph) -> Paragraph:
    """The paragraph with ASCII digits; itself where it has no others."""
    text = narrow(block.text)
    return block if text is block.text else replace(block, text=text)


def narrowed_table(block: RawTable) -> RawTable:
    """The table with ASCII digits; itself where it has no others."""
    text = "".join([cell.text for row in block.rows for cell in row])
    if "．" not in text and not _WIDE.search(text):
        return block
    return RawTable([[cell._replace(text=narrow(cell.text)) for cell in row] for row in block.rows])
