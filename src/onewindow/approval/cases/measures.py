"""What permits are measured by: the figures that the budgets of such bureaus promise."""

from __future__ import annotations

from onewindow.kernel.measures import Measure, Taken

_ENDS = ("decide", "deny")
_ACCEPTED = Taken("permit", ("accept", "deem_accepted"))
_DECIDED = Taken("permit", _ENDS)

MEASURES = (
    Measure("permit.accepted", "行政许可受理量", "件", _ACCEPTED, basis="绩效目标表“数量指标”"),
    Measure("permit.decided", "行政许可办结量", "件", _DECIDED, basis="绩效目标表“数量指标”"),
    Measure(
        "permit.on-time",
        "行政许可按期办结率",
        "%",
        Taken("permit", _ENDS, late=False),
        _DECIDED,
        basis="绩效目标表“时效指标”；行政许可法 第四十二条",
    ),
    Measure(
        "permit.deemed",
        "逾期未一次告知而视为受理的比例",
        "%",
        Taken("permit", ("deem_accepted",)),
        _ACCEPTED,
        basis="行政许可法 第三十二条第一款第四项",
    ),
)
