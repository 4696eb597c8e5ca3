"""XML of unknown origin: read as a stream, never built up, and refused as soon as it declares a DTD.

No office file or OFD has one; entities, external or nested, can only be declared there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from onewindow.kernel.dossiers.checks.verdict import Unfit


class _Dtd(Exception):
    """A document type declaration was met."""


class Reader:
    """Hears nothing of a document but whether it is well-formed; its children listen to more."""

    def doctype(self, *_declared: str | None) -> None:
        """Called by the parser."""
        raise _Dtd

    def close(self) -> Any:
        """Called by the parser at the end."""
        return None


class Elements(Reader, ABC):
    """A reader that is told each element: its local name and attributes, names with their namespace in braces."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Called by the parser."""
        self.element(local(tag), attributes)

    @abstractmethod
    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""


def read(chunks: Iterable[bytes], reader: Reader) -> None:
    """Read a document into a reader. Raises Unfit where it is no XML or declares a DTD."""
    target: Any = reader  # lxml asks it which of its calls it has
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except _Dtd:
        raise Unfit(
            "xml-entities", "文件里的 XML 带有外部声明，可能是恶意构造的。请用 Word、WPS 另存后再上传。"
        ) from None
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise Unfit(
            "xml-broken", "文件内部的 XML 不完整或不规范。请用 Word、WPS 或版式软件打开后另存，再上传。"
        ) from error


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]
