"""Fields and pictures in the text of an office document that would fetch or run something when it is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onewindow.kernel.dossiers.checks import markup
from onewindow.kernel.dossiers.checks.verdict import Unfit

_LONGEST = 100_000  # characters of one field
_RUNNING = re.compile(r"^\W*DDE(?:AUTO)?\b", re.IGNORECASE)
_FETCHING = re.compile(r"^\W*(?:INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|RD|DATABASE)\b", re.IGNORECASE)
# Backslashes are doubled in a field; a path on this computer (C:\\…) shows nothing when it is not there.
_FAR = re.compile(r"//|[a-z]{2,}:|(?:^|[\"\s])\\\\", re.IGNORECASE)
_FAR_SOURCE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)
_HANDLERS = frozenset(("onload", "onclick", "onerror", "onmouseover", "onbegin", "onfocus", "onactivate"))


class Fields(markup.Elements):
    """Collects the instructions of fields, which may be spread over many runs and nested, and sources of pictures."""

    def __init__(self) -> None:
        self.instructions: list[str] = []
        self.sources: list[str] = []
        self.scripted = False
        self._open: list[str] = []
        self._told = False

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        named = {markup.local(key): value for key, value in attributes.items()}
        self._told = name in ("instrText", "delInstrText")
        if name == "fldSimple":
            self.instructions.append(named.get("instr", ""))
        elif name == "fldChar":
            self._char(named.get("fldCharType", ""))
        elif name in ("imagedata", "fill", "stroke"):
            self.sources += [named[key] for key in ("src", "href", "althref") if key in named]
        if name == "script" or not _HANDLERS.isdisjoint(named):
            self.scripted = True

    def data(self, text: str) -> None:
        """Text of the document, called by the parser."""
        if self._told and self._open and len(self._open[-1]) < _LONGEST:
            self._open[-1] += text
        elif self._told and not self._open:
            self.instructions.append(text)

    def end(self, tag: str) -> None:
        """An element ends, called by the parser."""
        if markup.local(tag) in ("instrText", "delInstrText"):
            self._told = False

    def all(self) -> list[str]:
        """The instructions of all fields, also of those that nothing ends."""
        return [*self.instructions, *self._open]

    def _char(self, kind: str) -> None:
        if kind == "begin":
            self._open.append("")
        elif self._open and kind in ("separate", "end"):
            if self._open[-1]:
                self.instructions.append(self._open[-1])
            self._open[-1] = ""
            if kind == "end":
                self._open.pop()


def check_fields(found: Fields) -> None:
    """Raises Unfit for a field that runs or fetches something, a picture from elsewhere, a script in a drawing."""
    for text in found.all():
        if _RUNNING.search(text):
            raise Unfit(
                "office-fields",
                "文件里有会运行程序的域（DDE）。请删去它，或导出为 PDF 后再上传。",
            )
        if _FETCHING.search(text) and _FAR.search(text):
            raise Unfit(
                "office-links",
                "文件里有从网络读取内容的域（INCLUDEPICTURE 等）。请选中后按 Ctrl+Shift+F9 转为普通内容，"
                "或导出为 PDF 后再上传。",
            )
    if found.scripted:
        raise Unfit("office-objects", "文件里的图形带有脚本。请把图形转成图片，或导出为 PDF 后再上传。")
    if any(_FAR_SOURCE.match(source) for source in found.sources):
        raise Unfit("office-links", "文件里有存放在别处的图片。请改为插入图片，或导出为 PDF 后再上传。")
