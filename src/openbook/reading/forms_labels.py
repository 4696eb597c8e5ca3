"""The words printed in performance forms: which cell is a label, and which one.

Scanners cut and wrap labels (服务对象满意度指, 市县(区)财政资, 项目日期), so a label is known by its
beginning; what a beginning could mean besides is decided by where it stands (`forms_rows`).
"""

from __future__ import annotations

import re
from functools import lru_cache

_SQUEEZE = re.compile(r"[\s\u3000\u00a0]+|</?[a-zA-Z][^<>]{0,20}>")
_BRACKETS = str.maketrans("（）：", "():")

LEVEL1 = {
    **dict.fromkeys(("数量指标", "质量指标", "时效指标", "成本指标"), "产出指标"),
    **dict.fromkeys(("经济成本指标", "社会成本指标", "生态环境成本指标"), "成本指标"),
    **dict.fromkeys(("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"), "效益指标"),
    "服务对象满意度指标": "满意度指标",
}
# In order of preference for a beginning that several share ("经济", "社会", "生态").
_LEVEL2 = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
)
_PREFIXES: dict[str, str] = {}
for _label in _LEVEL2:
    for _size in range(2, len(_label) + 1):
        _PREFIXES.setdefault(_label[:_size], _label)
del _PREFIXES["生态环境"]  # as often the name of an indicator
_PREFIXES["可持续发展指标"] = "可持续影响指标"
_PREFIXES["社会公众或服务对象满意度指标"] = _PREFIXES["社会公众或服务对象满意度"] = "服务对象满意度指标"
_PREFIXES["生态环境效益指标"] = "生态效益指标"

_TOP = ("产出指标", "效益指标", "满意度指标")
_SIDE = re.compile(r"(?:项目|年度|部门)?[绩效目标指]{1,6}\Z")

# Printed label -> key of Form: an attribute, or the name under which it stands in Form.texts.
_FIELDS = {
    "项目名称": "project",
    "主管部门及代码": "department",
    "主管部门": "department",
    "主管部门名称": "department",
    "主管单位": "department",
    "预算主管部门": "department",
    "部门名称": "department",
    "部门(单位)名称": "department",
    "实施单位": "unit",
    "项目单位": "unit",
    "实施单位名称": "unit",
    "项目实施单位": "unit",
    "预算单位": "unit",
    "单位名称": "unit",
    "项目属性": "attribute",
    "项目性质": "attribute",
    "项目类型": "attribute",
    "项目期": "period",
    "项目日期": "period",
    "项目周期": "period",
    "项目期限": "period",
    "实施期限": "period",
    "项目实施期": "period",
    "项目类别": "项目类别",
    "项目编码": "项目编码",
    "计划开始日期": "计划开始日期",
    "计划完成日期": "计划完成日期",
    "项目概况": "项目概况",
    "立项依据": "立项依据",
    "项目立项依据": "立项依据",
    "项目设立必要性": "项目设立必要性",
    "项目设立的必要性": "项目设立必要性",
    "保证项目实施的制度、措施": "保证项目实施的制度、措施",
    "保证项目实施的制度和措施": "保证项目实施的制度、措施",
    "项目实施计划": "项目实施计划",
    "预算规模及资金用途": "预算规模及资金用途",
    "负责人": "负责人",
    "项目负责人": "负责人",
    "经办人": "handler",
    "填报人": "handler",
    "联系人": "handler",
    "联系电话": "telephone",
    "填报日期": "filed",
    "填报时间": "filed",
}
FIELD_NAMES = {
    "project": "项目名称",
    "department": "主管部门",
    "unit": "实施单位",
    "attribute": "项目属性",
    "period": "项目期",
    "handler": "经办人",
    "telephone": "联系电话",
    "filed": "填报日期",
}
_CUT_FIELDS = {
    "保证项目实施": "保证项目实施的制度、措施",
    "主管部门及": "department",
    "项目设立": "项目设立必要性",
    "项目实施计": "项目实施计划",
}
_GOALS = re.compile(r"(?:总体目标|项目绩效目标|年度总体目标|绩效目标|项目目标)\Z")
_GOAL_HEADS = {
    "实施期目标": "period",
    "实施期绩效目标": "period",
    "中期目标": "period",
    "项目总目标": "period",
    "总目标": "period",
    "年度目标": "year",
    "年度绩效目标": "year",
    "年度总体目标": "year",
}

# 其中: before the label is dropped. The order matters: the first that begins the label wins.
_FUNDS = (
    ("实施期资金总额", "total", True),
    ("项目资金总额", "total", True),
    ("项目总金额", "total", True),
    ("年度资金申请总额", "total", False),
    ("年度资金总额", "total", False),
    ("年度预算总额", "total", False),
    ("预算数", "total", False),
    ("当年财政拨款", "current", False),
    ("上年结转", "carryover", False),
    ("中央财政", "central", None),
    ("中央资金", "central", None),
    ("省级财政", "province", None),
    ("省级资金", "province", None),
    ("市县(区)财", "local", None),
    ("市县财政", "local", None),
    ("市县(区)", "local", None),
    ("单位自筹", "own", None),
    ("自筹资金", "own", None),
    ("其他资金", "other", None),
    ("财政资金", "fiscal", None),
    ("财政拨款", "fiscal", None),
)
_FUND_STARTS = frozenset(label[0] for label, _, _ in _FUNDS) | {"其"}

_HEADS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "name",
    "指标名称": "name",
    "指标内容": "name",
    "绩效指标描述": "description",
    "指标描述": "description",
    "指标说明": "description",
    "指标值": "value",
    "年度指标值": "value",
    "年度(/项目)指标值": "value",
    "年度(项目)指标值": "value",
    "绩效指标值": "value",
    "目标值": "value",
    "指标值确定依据": "ground",
    "指标确定依据": "ground",
    "指标性质": "operator",
    "计算符号": "operator",
    "运算符号": "operator",
    "符号": "operator",
    "值": "value",
    "计量单位": "unit",
    "度量单位": "unit",
    "单位": "unit",
    "单位(文字描述)": "unit",
    "权重": "weight",
    "分值": "weight",
    "分值权重": "weight",
}
_LEVEL_HEADS = re.compile(r"[一二三]级指标")


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """Text without blanks and tags, brackets in ASCII."""
    return _SQUEEZE.sub("", text).translate(_BRACKETS)


@lru_cache(maxsize=2048)
def level2(text: str) -> str | None:
    """The second-level indicator whose printed label begins with `text`."""
    if len(text) > 16:
        return None
    return _PREFIXES.get(squeeze(text).rstrip(":"))


@lru_cache(maxsize=2048)
def whole(text: str) -> bool:
    """Whether a second-level label is printed so far that it can be nothing else."""
    return level2(text) is not None and ("指" in text or squeeze(text).startswith(("服务对象", "可持续影")))


@lru_cache(maxsize=2048)
def level1(text: str) -> str | None:
    word = squeeze(text)
    if len(word) < 3 or len(word) > 5:
        return None
    for top in _TOP:
        if top.startswith(word):
            return top
    return None


@lru_cache(maxsize=1024)
def is_side(text: str) -> bool:
    """Whether the cell is (a piece of) the label 绩效指标 that runs down the left side."""
    word = squeeze(text)
    return len(word) <= 6 and bool(_SIDE.match(word))


@lru_cache(maxsize=1024)
def head(text: str) -> str | None:
    """The role of a column of the table of indicators."""
    return _HEADS.get(squeeze(text)) if len(text) <= 16 else None


def heads(index: int, text: str) -> list[tuple[int, str]]:
    """The columns that a header cell names: one, or several that a scanner put into the first of them."""
    role = head(text)
    if role is not None:
        return [(index, role)]
    levels = _LEVEL_HEADS.findall(squeeze(text)) if len(text) <= 24 else []
    return [(index + step, _HEADS[level]) for step, level in enumerate(levels)]


@lru_cache(maxsize=2048)
def field(text: str) -> str | None:
    """The field that the cell labels; the label may carry a colon or a unit."""
    if not text or len(text) > 24:
        return None
    word = squeeze(text).rstrip(":")
    found = _FIELDS.get(word)
    if found is None and len(word) >= 5:
        found = next((key for cut, key in _CUT_FIELDS.items() if word.startswith(cut)), None)
    return found


@lru_cache(maxsize=512)
def goals(text: str) -> bool:
    return len(text) <= 12 and bool(_GOALS.match(squeeze(text).rstrip(":")))


@lru_cache(maxsize=512)
def goal_head(text: str) -> str | None:
    return _GOAL_HEADS.get(squeeze(text)) if len(text) <= 12 else None


@lru_cache(maxsize=1024)
def fund(text: str) -> tuple[str, bool | None] | None:
    """Key of the money line, and whether it speaks of the whole period (None: its column tells)."""
    if not text or len(text) > 24:
        return None
    word = squeeze(text)
    if word[:1] not in _FUND_STARTS:
        return None
    word = word.removeprefix("其中").lstrip(":")
    for label, key, period in _FUNDS:
        if word.startswith(label):
            return key, period
    return None


_MONEY_HEAD = re.compile(
    r"(?:项目资金|资金情况|资金总额|金额单位|单位):?\(?(?P<unit>亿元|万元|元)\)?|\((?P<bare>亿元|万元|元)\)"
)


@lru_cache(maxsize=512)
def money_unit(text: str) -> str | None:
    """The unit that a label such as 项目资金(元) or 单位：万元 declares."""
    if len(text) > 24 or "元" not in text:
        return None
    match = _MONEY_HEAD.search(squeeze(text))
    return match["unit"] or match["bare"] if match else None
