"""The parts of a workbook: strings, formats, relations, and rows one by one."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from openbook.reading.errors import Unreadable
from openbook.reading.package import Package, refuse_declarations
from openbook.reading.xlsx_format import number_format

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_DAMAGED = "工作簿已损坏：其中的 XML 不完整。请用 Excel 或 WPS 打开并重新保存。"


def elements(data: bytes, names: tuple[str, ...]) -> Iterator[_Element]:
    """The elements of these names one after the other; each is freed before the next is read."""
    from lxml import etree

    refuse_declarations(data)
    reading = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[MAIN + name for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in reading:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable(_DAMAGED) from error


def strings(package: Package) -> list[str]:
    """The shared strings, without phonetic readings."""
    if not package.has("xl/sharedStrings.xml"):
        return []
    return [string(item) for item in elements(package.read("xl/sharedStrings.xml"), ("si",))]


def string(item: _Element | None) -> str:
    """The text of a string, rich or plain."""
    if item is None:
        return ""
    parts: list[str] = []
    for child in item:
        if child.tag == MAIN + "t":
            parts.append(child.text or "")
        elif child.tag == MAIN + "r":
            parts.extend(text.text or "" for text in child.iterchildren(MAIN + "t"))
    return "".join(parts).replace("_x000D_", "").strip()


def formats(package: Package) -> list[str]:
    """The number format of each cell style."""
    root = package.xml_or_none("xl/styles.xml")
    if root is None:
        return []
    custom = {
        integer(one.get("numFmtId"), -1): one.get("formatCode") or ""
        for one in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    return [
        number_format(integer(one.get("numFmtId"), 0), custom)
        for one in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    ]


def relations(package: Package, part: str) -> dict[str, str]:
    """Parts that a part refers to, by relation id."""
    folder, name = posixpath.split(part)
    root = package.xml_or_none(f"{folder}/_rels/{name}.rels")
    found: dict[str, str] = {}
    for one in () if root is None else root:
        target = one.get("Target") or ""
        if one.get("TargetMode") != "External":
            full = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[one.get("Id") or ""] = full
    return found


def integer(text: str | None, default: int) -> int:
    """A small whole number; `default` where it is none."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else default


def position(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as B12."""
    match = _CELL.match(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
