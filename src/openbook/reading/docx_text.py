"""The text of a Word paragraph: what is seen, what is hidden, what was deleted, what floats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFF = ("0", "false", "off", "none")

_PLAIN = {
    WORD + "tab": "\t",
    WORD + "br": "\n",
    WORD + "cr": "\n",
    WORD + "noBreakHyphen": "-",
}
_SKIPPED = {
    WORD + "instrText",
    WORD + "pPr",
    WORD + "rPr",
    WORD + "moveFrom",
    WORD + "softHyphen",
    WORD + "rt",
}


def word(element: _Element, name: str) -> str | None:
    """An attribute of the Word namespace."""
    value = element.get(WORD + name)
    return str(value) if value is not None else None


def number(element: _Element | None, default: int = 0) -> int:
    """The element's value as a number; `default` where there is none."""
    value = word(element, "val") if element is not None else None
    try:
        return int(value) if value else default
    except ValueError:
        return default


def is_on(element: _Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is set."""
    return element is not None and (word(element, "val") or "1") not in _OFF


@dataclass(slots=True)
class Words:
    """A paragraph's text by what a reader of the page sees of it."""

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)  # contents of text boxes
    comments: list[str] = field(default_factory=list)  # ids of comments that begin here


def children(element: _Element) -> Iterator[_Element]:
    """Child elements; of alternative contents only the first."""
    for child in element:
        if child.tag == _COMPATIBLE + "AlternateContent":
            chosen = next(iter(child), None)
            if chosen is not None:
                yield from children(chosen)
        elif isinstance(child.tag, str):
            yield child


def gather(
    element: _Element, words: Words, hidden_styles: frozenset[str], into: list[str] | None = None
) -> None:
    """Collect the text below `element`; `into` is the list for plain text here."""
    target = words.shown if into is None else into
    for child in children(element):
        tag = str(child.tag)
        if tag in (WORD + "t", _MATH_TEXT):
            target.append(child.text or "")
        elif tag == WORD + "delText":
            words.deleted.append(child.text or "")
        elif tag in _PLAIN:
            if word(child, "type") not in ("page", "column"):
                target.append(_PLAIN[tag])
        elif tag in _SKIPPED:
            continue
        elif tag == WORD + "txbxContent":
            words.boxes.append(child)
        elif tag == WORD + "commentReference":
            words.comments.append(word(child, "id") or "")
        else:
            gather(child, words, hidden_styles, _target(child, words, hidden_styles, target))


def _target(child: _Element, words: Words, hidden_styles: frozenset[str], target: list[str]) -> list[str]:
    if child.tag == WORD + "del":
        return words.deleted
    if child.tag == WORD + "r" and target is words.shown and _vanishes(child, hidden_styles):
        return words.hidden
    return target


def _vanishes(run: _Element, hidden_styles: frozenset[str]) -> bool:
    properties = run.find(WORD + "rPr")
    if properties is None:
        return False
    vanish = properties.find(WORD + "vanish")
    if vanish is not None:
        return is_on(vanish)
    style = properties.find(WORD + "rStyle")
    return style is not None and word(style, "val") in hidden_styles


def is_strict(root: _Element) -> bool:
    """Whether the part is of the strict variant, whose namespaces differ."""
    return str(root.tag).startswith(_STRICT)
