"""How permits go: each course is the whole way of one, told in working days. Pure data.

A matter that was opened long ago has gone its whole way; one of last week stands in the middle of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

APPLICANT, WINDOW, OFFICER, APPROVER = "applicant", "window", "officer", "approver"


@dataclass(frozen=True)
class Turn:
    """One step. `after`: working days after the step before; `at`: time of day; `by`: of the four above."""

    after: int
    at: str
    step: str
    by: str
    facts: dict[str, Any] = field(default_factory=dict)


def _accepted(after: int = 1) -> Turn:
    return Turn(after, "10:05", "accept", WINDOW)


def _proposed(after: int, opinion: str = "grant", grounds: str = "材料齐全，符合法定条件") -> Turn:
    return Turn(after, "15:30", "propose", OFFICER, {"opinion": opinion, "grounds": grounds})


def _granted(after: int = 1, issued: int = 1, manner: str = "window") -> tuple[Turn, Turn]:
    return (
        Turn(after, "16:20", "decide", APPROVER),
        Turn(issued, "09:40", "issue", WINDOW, {"manner": manner}),
    )


_MISSING = [
    {"name": "场所使用证明", "problem": "租赁合同缺出租方签字"},
    {"name": "健康证明", "problem": "已过有效期"},
]
_REMEDY = "如不服本决定，可自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼"

SMOOTH = (_accepted(), _proposed(4), *_granted())
QUICK = (_accepted(), _proposed(1), *_granted(0, 1, "electronic"))
CORRECTED = (
    Turn(2, "11:10", "correct", WINDOW, {"missing": _MISSING}),
    Turn(5, "09:25", "resubmit", APPLICANT, {"note": "已补齐"}),
    _accepted(),
    _proposed(5),
    *_granted(1, 2),
)
REVIEWED_BY_EXPERTS = (
    _accepted(),
    Turn(3, "14:00", "send_out", OFFICER, {"excluded": "expert-review", "note": "委托三名专家"}),
    Turn(8, "16:45", "take_back", OFFICER, {"result": "专家评审通过"}),
    _proposed(3),
    *_granted(),
)
INSPECTED = (
    _accepted(),
    Turn(2, "09:30", "send_out", OFFICER, {"excluded": "inspection"}),
    Turn(4, "17:00", "take_back", OFFICER, {"result": "现场检验合格"}),
    _proposed(2),
    *_granted(2, 1, "post"),
)
EXTENDED = (
    _accepted(),
    Turn(14, "10:30", "ask_extension", OFFICER, {"days": 10, "reason": "涉及两个部门的意见尚未回复"}),
    Turn(1, "11:40", "extend", APPROVER, {"days": 10, "reason": "情况属实，同意延期"}),
    _proposed(10),
    *_granted(2),
)
NOT_EXTENDED = (
    _accepted(),
    Turn(6, "10:30", "ask_extension", OFFICER, {"days": 10, "reason": "近期办件较多"}),
    Turn(1, "09:50", "deny_extension", APPROVER, {"reason": "不是法定的延期理由"}),
    _proposed(4),
    *_granted(),
)
DENIED = (
    _accepted(),
    _proposed(6, "deny", "经营场所不在规划许可的用途之内"),
    Turn(2, "15:10", "deny", APPROVER, {"reason": "不符合法定条件", "remedy": _REMEDY}),
)
REFUSED = (Turn(2, "10:15", "refuse", WINDOW, {"reason": "依法不需要取得行政许可"}),)
WITHDRAWN = (Turn(1, "14:35", "withdraw", APPLICANT, {"note": "暂不经营"}),)
WITHDRAWN_LATER = (_accepted(), Turn(3, "11:05", "withdraw_accepted", APPLICANT, {"note": "改在外地申请"}))
FORGOTTEN_AT_THE_WINDOW = (_proposed(9), *_granted())  # the law accepts it after five working days
LATE = (_accepted(), _proposed(24), *_granted(2))
NEVER_REVIEWED = (_accepted(),)
SENT_BACK = (
    _accepted(),
    _proposed(3),
    Turn(1, "16:00", "send_back", APPROVER, {"reason": "请补充现场照片"}),
    _proposed(3),
    *_granted(),
)

COURSES = (
    SMOOTH, CORRECTED, REVIEWED_BY_EXPERTS, QUICK, EXTENDED, DENIED, SMOOTH, FORGOTTEN_AT_THE_WINDOW, INSPECTED, LATE,
    QUICK, SENT_BACK, REFUSED, REVIEWED_BY_EXPERTS, SMOOTH, WITHDRAWN, CORRECTED, NOT_EXTENDED, WITHDRAWN_LATER, SMOOTH,
)  # fmt: skip

# Working days before the story's last day on which each matter was opened: thinly over half a year, thickly of late.
OPENED = (
    *range(140, 60, -8),
    *range(58, 24, -3),
    *range(22, -1, -1),
    *range(14, -1, -1),
)  # fmt: skip
# Opened so many working days ago, and left by the officer ever since: what the supervisor's board is for.
ABANDONED = (38, 27, 23, 18, 8, 11, 6)

# Title, unit that handles it, days promised (None: the legal term itself).
ITEMS = (
    ("食品经营许可（新办）", "market", 10),
    ("公共场所卫生许可", "social", 15),
    ("道路货物运输经营许可", "market", 12),
    ("林木采伐许可", "invest", None),
    ("建筑工程施工许可", "invest", 7),
    ("特种设备使用登记", "quality", 10),
    ("小餐饮登记", "town", 5),
    ("民办职业培训学校设立审批", "social", None),
    ("取水许可", "invest", 15),
    ("药品经营许可（零售）", "quality", 12),
    ("户外广告设置许可", "market", 10),
    ("农药经营许可", "village", None),
)
