"""Indicators out of a form whose table a scanner flattened into one line of text.

Only what is certain is recovered: a second-level label, the word after it as the name, and the one
value before the next label. What a wrapped cell tore apart is left out.
"""

from __future__ import annotations

import re

from openbook.document import Indicator, Text
from openbook.reading import forms_labels as labels
from openbook.reading.forms_targets import looks_like_value, target
from openbook.source import Paragraph

_LABEL = re.compile(
    r"(?:数量|质量|时效|(?:经济|社会|生态)?效益|可持续影响|(?:经济|社会|生态环境)?成本|服务对象满意度)指标(?=\s)"
)
_VALUE = re.compile(
    r"[≥≤≪＞＜><=]\s?\d[\d,.]*\s?(?:%|百分比|[^\s\d%]{0,6})|(?<![\d.])\d{1,3}(?:\.\d+)?\s?%|20\d\d\s?年底前"
)
_LONGEST = 20_000
_FEWEST_LABELS = 3


def flattened(text: str) -> bool:
    return "三级指标" in text and "指标值" in text and len(_LABEL.findall(text[:_LONGEST])) >= _FEWEST_LABELS


def recover(block: Paragraph) -> list[Indicator]:
    """The indicators that can be told from a flattened table."""
    text = block.text[:_LONGEST]
    start = text.find("指标值")
    found: list[Indicator] = []
    marks = [match for match in _LABEL.finditer(text, start) if labels.level2(match[0])]
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        indicator = _indicator(block, text, mark, end)
        if indicator is not None:
            found.append(indicator)
    return found


def _indicator(block: Paragraph, text: str, mark: re.Match[str], end: int) -> Indicator | None:
    level = labels.level2(mark[0])
    rest = text[mark.end() : end]
    words = rest.split(None, 1)
    if level is None or len(words) < 2 or looks_like_value(words[0]):
        return None
    at = mark.end() + rest.index(words[0])
    values = list(_VALUE.finditer(text, at + len(words[0]), end))
    if len(values) != 1:
        return None
    value = values[0]
    name = Text(words[0], block.place(at, at + len(words[0])))
    year = target(value[0].strip(), block.place(value.start(), value.end()))
    return Indicator(labels.LEVEL1[level], level, name, None, year, reliable=False)
