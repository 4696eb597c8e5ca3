"""A document's explanation: its parts, and every figure claimed in them with its proof."""

from __future__ import annotations

from openbook.document import Document
from openbook.narrative.binding import bind
from openbook.narrative.claims import read
from openbook.narrative.naming import Names
from openbook.narrative.sections import divide
from openbook.narrative.walk import Part
from openbook.source import Source

_UNREAD = frozenset({None, "contents", "glossary", "duties", "organisation", "statements"})

_MOST_CLAIMS = 2_000  # of one part; a real one has some two hundred


def understand(source: Source, document: Document) -> None:
    """Fill `document.sections`, `document.claims` and `document.contents`.

    `document.statements` must be there before: figures are bound to their cells.
    """
    divide(source, document)
    names = Names(document)
    for section in document.sections:
        if section.topic in _UNREAD:
            continue
        part = Part(section, document, names)
        for paragraph in section.paragraphs:
            if len(part.found) < _MOST_CLAIMS:
                read(paragraph, part)
        document.claims.extend(part.found)
    bind(document)
