"""OB704: the properties of the file name its author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules import masking
from openbook.rules.bodies import body
from openbook.rules.lists import load
from openbook.source import NOWHERE

_PERSON = ("author", "lastmodifiedby", "manager")
_LABELS = {
    "author": "作者",
    "creator": "作者",
    "lastmodifiedby": "最后保存者",
    "manager": "主管",
    "company": "单位",
}
_ORGANISATION = re.compile(r"公司|集团|事务所|印务|图文|广告|打印|局|委员会|办公|中心|政府|厅|院|学校|街道")


def check(context: Context) -> Iterator[Finding]:
    source = context.document.source
    for key, printed in source.metadata.items():
        word, value = re.sub(r"[^a-z]", "", key.lower()), printed.strip()
        if word not in _keys(source.format) or not value or _usual(value):
            continue
        organisation = word == "company" or bool(_ORGANISATION.search(value))
        if (organisation and _own(context, value)) or _named(context, value):
            continue
        shown = value if organisation else masking.name(value)
        yield Finding(
            code="OB704",
            message=f"文件属性的“{_LABELS[word]}”一项写着“{shown}”，任何人下载后都能看到。"
            "发布前请在“文件—信息—检查文档”中清除属性。",
            locations=(Location.text(NOWHERE, shown, "suspect"),),
            key=("metadata", word, shown),
            severity=Severity.WARNING if organisation else None,
        )


def _keys(kind: str) -> tuple[str, ...]:
    """In a PDF the creator is the program; elsewhere it is the author."""
    return (*_PERSON, "company") if kind == "pdf" else (*_PERSON, "company", "creator")


def _usual(value: str) -> bool:
    lower = value.lower()
    return len(value) < 2 or any(word in lower for word in load("leftovers")["software"])


def _named(context: Context, value: str) -> bool:
    """Whether it is the very body whose document it is, whatever kind of name that body has (a library, a team)."""
    own = body(context.document)
    return own is not None and value == own.name


def _own(context: Context, value: str) -> bool:
    own = body(context.document)
    return own is None or value in own.name or own.name in value or own.organ in value


RULE = Rule(
    code="OB704",
    name="author-in-file-properties",
    title="文件属性中留有作者或单位",
    severity=Severity.INFO,
    basis="个人信息保护法第六条；政府信息公开条例第十七条（公开前审查）",
    what="查看文件属性中的作者、最后保存者、单位。软件名和默认用户名不报；他人单位（如打印社）的名称作警告。",
    why="属性不随页面显示，却随文件下载；会泄露经办人姓名，或显出文件由别处制作、改自别家文件。",
    bad="作者：张三；单位：某图文制作公司",
    good="作者、单位均为空，或为本单位名称",
    mend="用办公软件的“检查文档”清除属性后再导出 PDF。",
    check=check,
)
