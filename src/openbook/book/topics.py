"""What may be compared with last year: the key of a figure in `prior` and in `reasons`.

A key is one of these topics or a functional account of seven digits.
"""

from __future__ import annotations

TOPICS = {
    "revenue": "收入总计",
    "expenditure": "支出总计",
    "appropriation": "财政拨款收支总计",
    "basic": "基本支出",
    "project": "项目支出",
    "general": "一般公共预算当年支出",
    "fund": "政府性基金预算支出",
    "capital": "国有资本经营预算支出",
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "purchase": "公务用车购置费",
    "running": "公务用车运行维护费",
    "operating": "机关运行经费",
    # sums of the above: never typed, but they too change and want a reason
    "three_public": "“三公”经费",
    "vehicle": "公务用车购置及运行费",
}
SUMS = {
    "three_public": ("abroad", "reception", "purchase", "running"),
    "vehicle": ("purchase", "running"),
}
BY_NAME = {name: key for key, name in TOPICS.items()}


def reason_key(item: str, unit: str = "") -> str:
    """The key of a reason: that of the whole department is its item alone."""
    return f"{item} {unit}" if unit else item
