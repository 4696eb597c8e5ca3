"""What a file is when it is nothing that a dossier takes; and traces of a second kind of file within one."""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

import puremagic

from onewindow.kernel.dossiers.checks.kinds import ALLOWED
from onewindow.kernel.dossiers.checks.verdict import Unfit

HEAD = 4096
PDF_REACH = 1024  # readers of PDF look for its header in so many bytes
ZIP_END = b"PK\x05\x06"
ZIP_REACH = 65_557  # the end record of a zip with the longest comment
_END = struct.Struct("<4sHHHHIIH")


class _Sign(NamedTuple):
    """Bytes at a place near the beginning that tell a family of files."""

    at: int
    magic: bytes
    family: str


_SIGNS = tuple(
    _Sign(*one)
    for one in (
        (0, b"PK\x03\x04", "archive"),
        (0, ZIP_END, "archive"),
        (0, b"Rar!\x1a\x07", "archive"),
        (0, b"7z\xbc\xaf\x27\x1c", "archive"),
        (0, b"\x1f\x8b", "archive"),
        (0, b"BZh", "archive"),
        (0, b"\xfd7zXZ\0", "archive"),
        (0, b"\x28\xb5\x2f\xfd", "archive"),
        (0, b"MSCF\0\0\0\0", "archive"),
        (257, b"ustar", "archive"),
        (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (0, b"MZ", "program"),
        (0, b"\x7fELF", "program"),
        (0, b"\xca\xfe\xba\xbe", "program"),
        (0, b"\xcf\xfa\xed\xfe", "program"),
        (0, b"\xfe\xed\xfa\xcf", "program"),
        (0, b"dex\n", "program"),
        (0, b"\0asm", "program"),
        (0, b"L\0\0\0\x01\x14\x02\0", "program"),  # a Windows shortcut runs what it points to
        (0, b"ITSF", "program"),  # compiled help (CHM) holds scripts
        (0, b"#!", "program"),
        (0, b"GIF8", "image"),
        (0, b"BM", "image"),
        (0, b"8BPS", "image"),
        (0, b"\0\0\0\x0cjP  ", "image"),
        (8, b"WEBP", "image"),
        (4, b"ftypheic", "image"),
        (4, b"ftypheix", "image"),
        (4, b"ftypmif1", "image"),
        (4, b"ftypavif", "image"),
        (4, b"ftyp", "media"),
        (8, b"AVI ", "media"),
        (8, b"WAVE", "media"),
        (0, b"ID3", "media"),
        (0, b"\x1a\x45\xdf\xa3", "media"),
        (0, b"OggS", "media"),
        (0, b"AC10", "drawing"),
        (0, b"{\\rtf", "rtf"),
        (0, b"%!PS", "postscript"),
        (0, b"ISO-10303-21", "drawing"),
        (0, b"RIFF", "media"),
    )
)
_SURE = frozenset(("archive", "ole", "program", "rtf", "postscript"))  # families that may also do harm
MENDING = {
    "archive": "这是压缩包。请先解压，再把里面的文件逐个上传。",
    "ole": "这是旧格式的办公文件（doc、xls、wps 等）。请用 Word 或 WPS 另存为 docx、xlsx 或 PDF 后再上传。",
    "program": "这是程序或脚本，不能作为材料上传。请确认没有选错文件。",
    "image": "这种图片格式不能上传。请转为 JPG 或 PNG（苹果手机：设置—相机—格式—选“兼容性最佳”）后再上传。",
    "media": "音频、视频不能作为材料上传。请上传其文字说明或截图。",
    "drawing": "设计图请导出为 PDF 后再上传。",
    "rtf": "这是 RTF 文件。请用 Word 或 WPS 另存为 docx 或 PDF 后再上传。",
    "postscript": "这是 PostScript 文件。请转为 PDF 后再上传。",
}
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_ACTIVE = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe|\?php|%@)[\s>:/a-z]", re.IGNORECASE)


def family(head: bytes) -> str:
    """The family of what begins with `head`, "" for none of those known here."""
    for sign in _SIGNS:
        if head.startswith(sign.magic, sign.at):
            return sign.family
    return ""


def harmful(head: bytes) -> bool:
    """Whether what begins so must not stand inside of another file."""
    return family(head) in _SURE or head.startswith(b"%PDF-") or bool(_ACTIVE.search(head[:256]))


def refused(head: bytes, tail: bytes = b"") -> Unfit:
    """Why a file is not taken that begins so and is none of our kinds; `tail`: more of its bytes."""
    known = family(head)
    if known == "ole" and (_ENCRYPTED_OFFICE in head or _ENCRYPTED_OFFICE in tail):
        return Unfit("encrypted", "文件设有打开密码，无法审阅。请取消密码后再上传。")
    if known:
        return Unfit("type-refused", MENDING[known])
    called = _called(head)
    what = f"这个文件看起来是 {called}，" if called else "认不出这是什么文件，"
    return Unfit("type-refused", f"{what}不能作为材料上传。可以上传：{ALLOWED}。")


def _called(head: bytes) -> str:
    """What puremagic calls it: an extension in capitals, "" where it does not know either."""
    try:
        return str(puremagic.from_string(head)).strip(".").upper()[:12]
    except (puremagic.PureError, ValueError):
        return ""


def check_one_kind(head: bytes, tail: bytes) -> None:
    """A file of which another reader would make another file altogether is refused (polyglots).

    `head`: its first bytes; `tail`: its last, at least `ZIP_REACH`, nothing for an archive. Raises Unfit.
    """
    start = head[:PDF_REACH]
    second_pdf = b"%PDF-" in start and not start.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-")
    if second_pdf or _ACTIVE.search(start) or ends_as_zip(tail):
        raise Unfit(
            "two-kinds",
            "这个文件里还藏着另一种文件（网页、压缩包或 PDF），内容不唯一。请重新扫描、导出或截图后再上传。",
        )


def ends_as_zip(tail: bytes) -> bool:
    """Whether a reader of zips would take the end record of one out of these last bytes of a file."""
    at = tail.rfind(ZIP_END)
    while at >= 0:
        record = tail[at : at + _END.size]
        if len(record) == _END.size:
            _magic, disk, first, here, members, size, _offset, _comment = _END.unpack(record)
            if disk == first == 0 and here == members and size >= 46 * members > 0:
                return True
        at = tail.rfind(ZIP_END, 0, at)
    return False


def has_active_text(data: bytes) -> bool:
    """Whether these bytes hold the beginning of a web page or script."""
    return bool(_ACTIVE.search(data))
