"""Office Open XML: documents and workbooks that stand alone, without macros, objects or anything fetched from elsewhere.

What the parts of a package are and what they point to is said in its content types and relationships
(ECMA-376 part 2); nothing that is not related is ever opened, but everything is looked at all the same.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from typing import BinaryIO

from onewindow.kernel.dossiers.checks import foreign, markup
from onewindow.kernel.dossiers.checks.archives import Archive, Budget
from onewindow.kernel.dossiers.checks.office_fields import Fields, check_fields
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE, Limits, Unfit

TYPES = "[Content_Types].xml"
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_SMALL = 4 * MEGABYTE  # most of a part that lists parts
_MACROS = re.compile(r"macroenabled|vba|macrosheet|intlmacro", re.IGNORECASE)
_MACRO_PARTS = (
    "vbaProject",
    "wordVbaData",
    "xlMacrosheet",
    "xlIntlMacrosheet",
    "dialogsheet",
    "attachedToolbars",
)
_OBJECTS = ("oleObject", "control", "activeXControlBinary", "aFChunk", "package", "webextension")
_OBJECTS_MORE = ("webextensiontaskpanes", "mailMergeSource")
_ELSEWHERE = (
    "attachedTemplate",
    "subDocument",
    "frame",
    "externalLink",
    "externalLinkPath",
    "connections",
    "queryTable",
)
_HARMLESS_TARGET = re.compile(r"(?:https?|mailto|tel):|#|[^:\\]*\Z", re.IGNORECASE)


def _macros() -> Unfit:
    return Unfit(
        "office-macros", "文件带有宏（程序代码）。请另存为不含宏的 docx 或 xlsx，或导出为 PDF 后再上传。"
    )


def _objects() -> Unfit:
    return Unfit(
        "office-objects",
        "文件里嵌入了其他文件或控件（OLE 对象、公式对象、网页等）。请删去，或把它转成图片，"
        "嵌入的文件请单独上传；也可以把整份文件导出为 PDF。",
    )


def _elsewhere(what: str) -> Unfit:
    return Unfit(
        "office-links",
        f"文件要从别处读取内容（{what}），审阅时看到的会与现在不同。请断开链接、改用普通模板或删去它，"
        "或导出为 PDF 后再上传。",
    )


def check(file: BinaryIO, kind: str, limits: Limits) -> dict[str, str | int]:
    """Notes about a docx or xlsx. Raises Unfit."""
    archive = Archive(file, limits, Budget(limits.unpacked))
    _check_package(archive, kind, limits, charts=True)
    return {"parts": len(archive.names)}


def _check_package(archive: Archive, kind: str, limits: Limits, *, charts: bool) -> None:
    types = _Types()
    markup.read(archive.chunks(TYPES), types)
    if _MAIN[kind] not in types.declared:
        raise _macros() if any(map(_MACROS.search, types.declared)) else _other(kind)
    if any(map(_MACROS.search, types.declared)):
        raise _macros()
    behind_charts = _check_relationships(archive)
    for name in archive.names:
        if name in behind_charts:
            if not charts:
                raise _objects()
            _check_workbook_behind_chart(archive, name, limits)
        elif name != TYPES:
            _check_part(archive, name, kind)


def _other(kind: str) -> Unfit:
    return Unfit(
        "type-refused", f"文件不是普通的 {kind}（可能是模板、加载项或二进制格式）。请另存为 {kind} 后再上传。"
    )


class _Types(markup.Elements):
    """The content types of a package."""

    def __init__(self) -> None:
        self.declared: set[str] = set()

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("Default", "Override"):
            self.declared.add(attributes.get("ContentType", ""))


class _Relationships(markup.Elements):
    """What one part points to; internal targets of charts' workbooks are collected."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.behind_chart: list[str] = []

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2]
        target = attributes.get("Target", "").strip()
        if attributes.get("TargetMode", "").lower() == "external":
            _check_external(kind, target)
        elif kind.lower() == "package" and "/charts/" in self._source.lower():
            self.behind_chart.append(_resolved(self._source, target))
            return
        _check_kind(kind)


def _check_kind(kind: str) -> None:
    said = kind.lower()
    if said in map(str.lower, _MACRO_PARTS):
        raise _macros()
    if said in map(str.lower, (*_OBJECTS, *_OBJECTS_MORE)):
        raise _objects()
    if said in map(str.lower, _ELSEWHERE):
        raise _elsewhere({"attachedtemplate": "外部模板", "externallink": "外部工作簿"}.get(said, "外部数据"))


def _check_external(kind: str, target: str) -> None:
    if kind.lower() != "hyperlink":
        _check_kind(kind)
        raise _elsewhere("外部图片或数据")
    if not _HARMLESS_TARGET.match(target) or target.startswith(("//", "\\")):
        raise _elsewhere("指向本机或网络共享的超链接")


def _resolved(source: str, target: str) -> str:
    """The name of a part that a relationship points to, from the folder of its source."""
    folder = posixpath.dirname(posixpath.dirname(source))
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def _check_relationships(archive: Archive) -> set[str]:
    """Names of workbooks behind charts. Raises Unfit for what must not be pointed to."""
    behind_charts: set[str] = set()
    for name in archive.names:
        if name.lower().endswith(".rels"):
            if archive.size(name) > _SMALL:
                raise Unfit("archive-bomb", "文件的内部目录大得不合常理。请另存或拆分后再上传。")
            found = _Relationships(name)
            markup.read(archive.chunks(name), found)
            behind_charts.update(found.behind_chart)
    return behind_charts


def _check_workbook_behind_chart(archive: Archive, name: str, limits: Limits) -> None:
    """A chart in a document keeps its figures in a small workbook, which must be as harmless as any."""
    if not name.lower().endswith(".xlsx"):
        raise _objects()
    content = archive.read(name, limits.size["xlsx"])
    inner = Archive(io.BytesIO(content), limits, Budget(limits.slack * 4))
    if TYPES not in inner:
        raise _objects()
    _check_package(inner, "xlsx", limits, charts=False)


def _check_part(archive: Archive, name: str, kind: str) -> None:
    lowered = name.lower()
    if "vbaproject" in lowered or "/macrosheets/" in lowered:
        raise _macros()
    if "/embeddings/" in lowered or "/activex/" in lowered:
        raise _objects()
    if lowered.endswith((".xml", ".vml", ".svg")):
        fields = Fields()
        listens = kind == "docx" or lowered.endswith((".vml", ".svg"))
        markup.read(archive.chunks(name), fields if listens else markup.Reader())
        check_fields(fields)
    elif not lowered.endswith(".rels"):
        _check_bytes(archive, name)


def _check_bytes(archive: Archive, name: str) -> None:
    """A part that is no XML: an image, a font, settings of a printer; read through, for its checksum."""
    head = b""
    for chunk in archive.chunks(name):
        if len(head) < foreign.HEAD:
            head += chunk[: foreign.HEAD]
    if foreign.harmful(head):
        raise _objects()
