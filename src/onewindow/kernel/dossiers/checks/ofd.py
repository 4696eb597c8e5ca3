"""OFD (GB/T 33190): the national fixed-layout format, a zip of XML, images, fonts and seals.

Electronic invoices carry their data as an attachment, so attachments are allowed, as long as they are of the same
harmless kinds; whatever could be opened by itself is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from onewindow.kernel.dossiers.checks import foreign, markup
from onewindow.kernel.dossiers.checks.archives import Archive, Budget
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit

ROOT = "OFD.xml"
_NAMESPACE = "http://www.ofdspec.org/"
_MEMBERS = frozenset(
    (
        *("xml", "xbrl", "txt", "json"),
        *("png", "jpg", "jpeg", "bmp", "tif", "tiff", "gif", "jb2", "gbig2", "jp2", "wmf", "emf", "svg"),
        *("ttf", "otf", "ttc", "cff", "pfb", "woff"),
        *("esl", "dat", "asn1", "der", "sig", "cer", "p7b", "icc"),
    )
)


class _Root(markup.Elements):
    """The root of OFD.xml, and how many documents it lists."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.bodies = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.root is None:
            self.root = tag
        super().start(tag, attributes)

    def element(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the parser's call
        self.bodies += name == "DocBody"


class _First(markup.Elements):
    """The first element of any XML; and whether a script stands in it."""

    def __init__(self) -> None:
        self.first = ""
        self.scripted = False

    def element(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        self.first = self.first or name
        self.scripted = self.scripted or name.lower() == "script"


def check(file: BinaryIO, limits: Limits) -> dict[str, str | int]:
    """Notes about an OFD. Raises Unfit."""
    archive = Archive(file, limits, Budget(limits.unpacked))
    root = _Root()
    markup.read(archive.chunks(ROOT), root)
    if not root.bodies or not (root.root or "").startswith("{" + _NAMESPACE):
        raise Unfit("ofd-broken", "文件不是完整的 OFD。请用版式软件重新导出，或转为 PDF 后再上传。")
    for name in archive.names:
        if name.lower().rpartition("/")[2] in ("encryptions.xml", "decryptseed.dat"):
            raise Unfit("encrypted", "OFD 文件经过加密，无法审阅。请取消加密后再上传。")
        if name != ROOT:
            _check_member(archive, name)
    return {"documents": root.bodies}


def _check_member(archive: Archive, name: str) -> None:
    extension = name.lower().rpartition(".")[2]
    if extension not in _MEMBERS:
        raise _attached(name)
    if extension in ("xml", "svg"):
        found = _First()
        markup.read(archive.chunks(name), found)
        if found.scripted or found.first.lower() == "html":
            raise _attached(name)
        return
    head = b""
    for chunk in archive.chunks(name):
        if len(head) < foreign.HEAD:
            head += chunk[: foreign.HEAD]
    if foreign.harmful(head):
        raise _attached(name)


def _attached(name: str) -> Unfit:
    last = name.rpartition("/")[2][:60]
    return Unfit(
        "ofd-attached",
        f"OFD 里附有不能随文件上传的内容（{last}）。请删去附件，把需要的附件单独上传，或转为 PDF。",
    )
