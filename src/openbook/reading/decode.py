"""From bytes to characters: which encoding it is, and noticing when the guess is wrong."""

from __future__ import annotations

import re

from openbook.reading.errors import Unreadable
from openbook.source import Place, Problem

_SAMPLE = 5_000  # characters looked at
_BYTES = 20_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_HAN = re.compile("[\u4e00-\u9fff]+")
_LETTERS = re.compile("[^\x00-\x7f\u2000-\u33ff\uff00-\uffef]+")  # no signs, no lines of drawn tables
# The characters that make up a third of any Chinese text, and of a budget disclosure above all.
_COMMON = re.compile(
    "[的一是不在有人这中大国为上个年和地要以出时会对行用方多成部作分定理公务政府预算支收入财经费基本"
    "项目单位市县区服合计金额元万其工社障般共安排局管机关业保体制度情况说明表总设办资及员购性门发生"
    "本等下加全同现起开动法组织负责任审批事开展监督指导建制实施相关主名称]+"
)
_MOJIBAKE = re.compile("锟斤拷|烫烫烫|屯屯屯|ï¿½|Ã[\x80-\xbf]|[ãäåæçèé][\x80-\xbf¡-¿]{2}")
_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<\?xml[^>]{0,200}\?>\s*<(?:!doctype\s+)?html|<head[\s>]|<body[\s>]|<table[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_RESAVE = "请用记事本或 WPS 打开核对，另存为 UTF-8 编码后再检查。"
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def looks_like_html(data: bytes) -> bool:
    """Whether the file begins as an HTML page does."""
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")[2:]
    return _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """The text of a file and doubts about it; `Unreadable` where it cannot be Chinese text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text, _doubts(text)
    if wide := _wide(data):
        text = data.decode(wide, errors="replace")
        return text, _doubts(text)
    if data.find(b"\x00", 0, _BYTES) >= 0:
        raise Unreadable(
            "这不是文本文件：内容是二进制数据，无法读取。请核对文件，或换用原始的 Word、Excel、PDF 文件。"
        )
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, _doubts(text)
    text = min(
        (data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")),
        key=lambda one: one.count("\ufffd"),
    )
    return text, _doubts(text)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends and digits have a zero byte on one side."""
    if len(data) % 2:
        return None
    sample = data[:_BYTES]
    little, big = sample[1::2].count(0), sample[0::2].count(0)
    if little > 0 and big * 20 < little and little * 50 > len(sample):
        return "utf-16-le"
    if big > 0 and little * 20 < big and big * 50 > len(sample):
        return "utf-16-be"
    return None


def _doubts(text: str) -> list[Problem]:
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    _refuse_mojibake(sample)
    _refuse_binary(sample)
    lost = text.count("\ufffd")
    if not lost:
        return []
    if lost * 20 > len(text):
        raise Unreadable(f"文件编码无法识别：{len(text)} 个字符中有 {lost} 个不能解码。{_RESAVE}")
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return [
        Problem(
            "OB010",
            f"有 {lost} 个字符不能解码（首处在第 {line} 行），文件可能损坏或混用了编码，相关文字和数字未必可靠。{_RESAVE}",
            _place(text, line),
        )
    ]


def _place(text: str, line: int) -> Place:
    at = text.index("\ufffd")
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return Place(line, column, column + 1)


def _refuse_binary(sample: str) -> None:
    controls = len(_CONTROL.findall(sample))
    if controls * 100 > len(sample):
        raise Unreadable("这不是文本文件：含有大量控制字符，无法读取。请换用原始的 Word、Excel、PDF 文件。")


def _refuse_mojibake(sample: str) -> None:
    """A wrong encoding shows rare characters only; a real text cannot do without the common ones."""
    letters = "".join(_LETTERS.findall(sample))
    if len(letters) < 20:
        return
    han = "".join(_HAN.findall(letters))
    common = len(han) - len(_COMMON.sub("", han))
    garbled = len(_MOJIBAKE.findall(sample))
    if len(han) * 2 < len(letters) or common * 20 < len(han) or garbled * 10 > len(letters):
        raise Unreadable(
            f"文件内容是乱码：按常见中文编码（UTF-8、UTF-16、GB18030）读出的都不是正常中文。{_RESAVE}"
        )
