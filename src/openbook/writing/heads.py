"""Where the words of a head part: in a narrow column a line ends between two of them, never within one."""

from __future__ import annotations

import re

from openbook.writing.fonts import width

# Words that heads of budget tables are made of; before each of them a line may end.
_WORDS = (
    "预算 收入 支出 拨款 资金 经费 合计 安排 编码 名称 管理 经营 基金 补助 上缴 结转 结余 财政 专户 公共 资本"
    " 单位 指标 效益 满意度 影响 对象 确定 依据 描述 分类 科目 经济 机关 运行 维护 购置 采购 目录 序号 份额"
    " 金额 中小 企业 上级 实施 制度 措施 方式 代码 目标 情况 性质 规格 保障 形式"
).split()
_BEFORE = re.compile(f"(?={'|'.join(_WORDS)})")


def parts(text: str) -> list[str]:
    """The text in its words; together they are the text. A single sign stays with what follows it.

    ``"政府性基金预算"`` -> ``["政府性", "基金", "预算"]``.
    """
    found: list[str] = []
    for piece in _BEFORE.split(text):
        if found and len(found[-1]) < 2:
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found


def height(text: str, room: float) -> int:
    """Lines the text takes where a line holds `room` em and ends between words only; at least one."""
    count, taken = 1, 0.0
    for piece in parts(text):
        wide = width(piece)
        if taken and taken + wide > room:
            count, taken = count + 1, 0.0
        taken += wide
        if taken > room:  # a word wider than its column is broken
            count += int(taken // room)
            taken %= room
    return count
