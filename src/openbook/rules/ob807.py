"""OB807: garbage of scanning and conversion among the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.lists import load
from openbook.rules.scan import Scan, ask, scan, short, some

_SLASHES = re.compile(r"\\{3,}|\\(?:[a-zA-Z]{2,20})")
_LATIN = re.compile(r"[a-z][a-z]{2,23}(?= ?[一-龥])")  # a first letter by itself is found faster
_CHINESE_BEFORE = re.compile(r"[一-龥] ?\Z")
_BROKEN = ("\ufffd", "锟斤拷", "烫烫烫", "ï¼", "â€")
ask(lambda: (*_BROKEN, "\\"))


def check(context: Context) -> Iterator[Finding]:
    text = scan(context.document)
    for kind, says, locations in (
        ("slashes", "反斜杠或公式代码", [text.match(one) for one in text.search(_SLASHES, "\\")]),
        ("latin", "夹在汉字中的外文单词", list(_latin(text))),
        ("broken", "乱码", list(_broken(text))),
    ):
        if not locations:
            continue
        samples = "、".join(dict.fromkeys(f"“{short(one.value or '', 16)}”" for one in locations[:5]))
        yield Finding(
            code="OB807",
            message=f"正文中有{says}：{samples}（{len(locations)} 处），多为扫描识别或转换所留。请对照原稿改正。",
            locations=some(locations),
            key=("garbage", kind),
        )


def _latin(text: Scan) -> Iterator[Location]:
    usual = load("slips")["latin"]
    for match in text.search(_LATIN):
        start = match.start()
        if match[0] not in usual and _CHINESE_BEFORE.search(text.text, max(0, start - 2), start):
            yield text.match(match)


def _broken(text: Scan) -> Iterator[Location]:
    for word in _BROKEN:
        for at in text.find(word):
            yield text.locate(at, at + len(word))


RULE = Rule(
    code="OB807",
    name="garbage-in-text",
    title="正文中有乱码或误入的外文",
    severity=Severity.INFO,
    basis="政府信息公开条例第六条（准确）；财预〔2016〕143号（形式规范）",
    what="查找成串的反斜杠、公式代码、乱码字符，以及夹在汉字之间、不是常用缩写的小写外文单词。",
    why="多由扫描识别或机器翻译带入，读者无法理解，也使检索落空。",
    bad="负责推进全区政务服务体系 and 标准化建设",
    good="负责推进全区政务服务体系和标准化建设",
    mend="从原稿直接导出文件；必须扫描时，逐页核对识别结果。",
    check=check,
)
