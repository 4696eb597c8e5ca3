"""What verification finds: a code for programs, a sentence for people, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Each code with what it means, in the words of the handbook.
FAULTS = {
    "altered": "内容与摘要不符,这一条被改过",
    "unreadable": "内容不成其为经过,这一条被改坏了",
    "gap": "中间缺了经过",
    "duplicate": "同一序号有两条",
    "reordered": "序号倒退",
    "wrong-previous": "没有接着前一条的摘要",
    "backwards": "时间早于前一条",
    "rehashed": "摘要链被整体重算过,与日终登记的摘要不同",
    "inserted": "日终之后插入的",
    "missing": "日终时在,现在没有了",
    "wrong-root": "当日各案件算不出签过名的根",
    "wrong-leaves": "日终登记表被改过(经过本身完好)",
    "wrong-count": "当日的经过条数与日根所记不同",
    "not-closed": "早于最后一个日根,却没有日根覆盖",
    "missing-day": "缺少日根",
    "wrong-day-chain": "日根没有接着前一日的日根",
    "wrong-signature": "日根的签名不对",
    "unknown-key": "日根所用的公钥不在受信公钥之中",
    "wrong-key": "换了签名密钥,而前一日的日根没有写明",
    "not-published": "与对外公布的日根不同",
    "wrong-opening": "保存的个人信息与登记时的承诺不符",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was recorded.

    `code`: one of FAULTS; `first` and `seq`: the entry it is about, or the range of entries of which
    at least one is, where no more can be known; all three are None for what concerns a day.
    """

    code: str
    message: str
    matter: str | None = None
    seq: int | None = None
    first: int | None = None
    day: date | None = None


def of_entries(code: str, matter: str, first: int, last: int, more: str = "") -> Fault:
    """A fault of the entries `first` to `last` of a matter."""
    which = f"第 {last} 条" if first == last else f"第 {first} 至 {last} 条"
    text = f"案件 {matter} {which}经过:{FAULTS[code]}{more}。"
    return Fault(code, text, matter=matter, seq=last, first=first)


def of_day(code: str, day: date, more: str = "") -> Fault:
    """A fault of a day."""
    return Fault(code, f"{day}:{FAULTS[code]}{more}。", day=day)
