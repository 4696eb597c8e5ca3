"""Charts within a page: the drawing made safe, its ids its own, its words for those who do not see it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openbook.disclosure import Chart

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG = "{http://www.w3.org/2000/svg}"
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="[^"]*"')
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_WORDS = frozenset({"title", "desc"})
_FORBIDDEN = frozenset({"script", "style", "foreignObject", "image", "a", "metadata"})


def embed(chart: Chart, prefix: str) -> str:
    """The chart as an element of the page, named by its title and described in words."""
    from openbook.writing.charts import svg

    return embedded(svg(chart), chart.title, chart.alternative, prefix)


def embedded(drawing: str, title: str, description: str, prefix: str) -> str:
    """`drawing` is an SVG file; every id in it is given `prefix`, styles become attributes."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(drawing.encode("utf-8"), parser)
    for element in list(root.iter(f"{_SVG}*")):
        _settle(element, prefix)
    _name(root, title, description, prefix)
    etree.cleanup_namespaces(root)
    # Within a page the namespace goes without saying.
    return _NAMESPACE.sub("", etree.tostring(root, encoding="unicode", with_tail=False))


def _settle(element: _Element, prefix: str) -> None:
    name = _local(element)
    parent = element.getparent()
    if parent is not None and (name in _FORBIDDEN or name in _WORDS):
        parent.remove(element)
        return
    for part in str(element.attrib.pop("style", "")).split(";"):
        key, _, value = part.partition(":")
        if value:  # the page's security policy forbids styles on elements; as attributes they hold as well
            element.set(key.strip(), value.strip())
    for attribute, told in list(element.attrib.items()):
        _attribute(element, str(attribute), str(told), prefix)


def _attribute(element: _Element, key: str, value: str, prefix: str) -> None:
    local = key.rpartition("}")[2]
    if local.startswith(("on", "aria-")) or local in ("role", "class", "tabindex"):
        del element.attrib[key]
    elif local == "id":
        element.set("id", f"{prefix}-{value}")
    elif local == "href":
        del element.attrib[key]
        if value.startswith("#"):
            element.set("href", f"#{prefix}-{value[1:]}")
    elif "url(" in value:
        element.set(key, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))


def _name(root: _Element, title: str, description: str, prefix: str) -> None:
    from lxml import etree

    words = {"title": title, "desc": description}
    for at, (tag, text) in enumerate(words.items()):
        element = etree.Element(f"{_SVG}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = text
        root.insert(at, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title")
    root.set("aria-describedby", f"{prefix}-desc")


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
