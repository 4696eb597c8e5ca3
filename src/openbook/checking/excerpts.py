"""The printed line a location stands in, with personal data hidden: a report must not publish it again."""

from __future__ import annotations

import re

from openbook.document import Document
from openbook.findings import Location
from openbook.rules.masking import IDENTITY, MAIL, MOBILE
from openbook.source import Paragraph, Place, Source

Key = tuple[str | None, int | None, int | None]

_LABEL = r"(?:负责人?|经办人?|联系人|填报人|填表人|报送人|编制人|审核人|会计|出纳)"
_NO_NAME = r"(?!经办|负责|联系|填报|填表|报送|编制|审核|单位|部门|日期|电话|签字|签章)"
_NAMED = re.compile(
    _LABEL + r"[\s:：|]*" + _NO_NAME + r"([\u4e00-\u9fff][\u4e00-\u9fff·某*×]{1,3})(?=[\s|,，;；、]|$)"
)
_NUMBERED = re.compile(r"(?:电话|手机|座机|联系方式)[\s:：|]*([\d\-—]{7,})")


def excerpts(document: Document | None, locations: list[Location]) -> dict[Location, str]:
    """For text the line, for other formats the row of the table; nothing where the place is not known."""
    keys = {
        one: _key(one.place) for one in locations if one.place.line is not None or one.place.page is not None
    }
    if document is None or not keys:
        return {}
    lines = _printed(document.source, set(keys.values()))
    hidden = {key: hide(text) for key, text in lines.items()}
    return {one: hidden[key] for one, key in keys.items() if key in hidden}


def hide(text: str) -> str:
    """Names of handlers and their numbers become stars of the same length, so that columns stay."""
    for pattern, kept in ((_NAMED, 1), (_NUMBERED, 3)):
        text = pattern.sub(lambda match, kept=kept: _starred(match, kept), text)  # type: ignore[misc]
    text = MOBILE.sub(_stars, IDENTITY.sub(_stars, text))
    return MAIL.sub(_stars, text) if "@" in text else text


def _starred(match: re.Match[str], kept: int) -> str:
    start = match.start(1) - match.start()
    return match[0][: start + kept] + "*" * (len(match[1]) - kept)


def _stars(match: re.Match[str]) -> str:
    return match[0][:3] + "*" * (len(match[0]) - 3)


def _key(place: Place) -> Key:
    if place.line is not None:
        return (place.sheet, place.page, place.line)
    return (place.sheet, place.page, round(place.box[1]) if place.box else None)


def _printed(source: Source, wanted: set[Key]) -> dict[Key, str]:
    lines: dict[Key, str] = {}
    for block in source.blocks:
        if isinstance(block, Paragraph):
            _paragraph(block, wanted, lines)
            continue
        for row in block.rows:
            place = row[0].place if row else None
            if place is not None and place.line is not None and place.sheet is None:
                key = _key(place)  # a row of text is a line
                keys = {key} if key in wanted else set()
            else:
                keys = {_key(cell.place) for cell in row if cell.text} & wanted
            if keys:
                text = " | ".join(cell.text for cell in row)
                for key in keys:
                    lines.setdefault(key, text)
    return lines


def _paragraph(paragraph: Paragraph, wanted: set[Key], lines: dict[Key, str]) -> None:
    """Pieces of one line go back to their columns, so that marks of emphasis leave blanks."""
    pieces = paragraph.pieces
    for index, piece in enumerate(pieces):
        key = _key(piece.place)
        if key not in wanted:
            continue
        end = pieces[index + 1].start if index + 1 < len(pieces) else len(paragraph.text)
        column = (piece.place.column or 1) - 1
        lines[key] = lines.get(key, "").ljust(column) + paragraph.text[piece.start : end]
