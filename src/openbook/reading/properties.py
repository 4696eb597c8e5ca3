"""Author, company and the like, as Office files carry them unseen."""

from __future__ import annotations

from openbook.reading.package import Package

_PARTS = ("docProps/core.xml", "docProps/app.xml")
_WANTED = {
    "creator": "author",
    "lastModifiedBy": "last_modified_by",
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "description": "description",
    "category": "category",
    "created": "created",
    "modified": "modified",
    "Company": "company",
    "Manager": "manager",
    "Application": "application",
}
_LONGEST = 500


def metadata(package: Package) -> dict[str, str]:
    """The properties that are filled in, under the names that all readers use."""
    found: dict[str, str] = {}
    for part in _PARTS:
        root = package.xml_or_none(part)
        for child in () if root is None else root:
            name = _WANTED.get(child.tag.rpartition("}")[2])
            text = (child.text or "").strip()
            if name and text:
                found[name] = text[:_LONGEST]
    return found
