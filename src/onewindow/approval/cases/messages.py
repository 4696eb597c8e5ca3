"""What an applicant is told when a step is taken: by text message, in the step's own transaction.

Every text says which case, what happened, where the case stands, the last day that follows and the article.
Whom it goes to is found when it is sent (`main.addresses`): who has no number is on the outbox's desk, visible.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from onewindow.approval.cases.procedure import PROCEDURE
from onewindow.kernel import moment
from onewindow.kernel.api import Matter, Taken, post
from onewindow.kernel.procedure import DAYS_KEY, EXCLUDED_KEY, REASON_KEY

CHANNEL = "sms"
_TITLE, _FREE, _MATERIALS = 30, 60, 3  # most characters of a title, of what somebody wrote; most materials
Facts = dict[str, Any]


def tell(taken: Taken) -> None:
    """Tell whoever's matter it is of the step that was just taken. A reaction: see `main.wiring`."""
    post(CHANNEL, f"matter:{taken.matter.id}", text(taken), about=taken.matter.id)


def text(taken: Taken) -> str:
    """What is told of a step. Raises KeyError for a step of which nobody is told."""
    matter, facts = taken.matter, taken.entry.facts
    happened, follows = _TOLD[taken.entry.step]
    step = PROCEDURE.step(taken.entry.step)
    return _("您的“{title}”申请（编号{number}）{happened}。现为“{state}”{follows}。依据：{basis}。").format(
        title=_cut(matter.title, _TITLE),
        number=matter.id,
        happened=happened(facts),
        state=PROCEDURE.state(matter.state).title,
        follows=follows(matter),
        basis=step.basis,
    )


# --- what happened --------------------------------------------------------------------------


def _submitted(_facts: Facts) -> str:
    return _("已提交")


def _accepted(_facts: Facts) -> str:
    return _("已受理")


def _to_correct(facts: Facts) -> str:
    missing = facts["missing"]
    named = "；".join(
        f"{_cut(one['name'], _TITLE)}（{_cut(one['problem'], _TITLE)}）" for one in missing[:_MATERIALS]
    )
    more = _("等{count}项").format(count=len(missing)) if len(missing) > _MATERIALS else ""
    return _("需要补正：{named}{more}").format(named=named, more=more)


def _deemed(_facts: Facts) -> str:
    return _("未在法定期限内告知补正，自收到材料之日起视为受理")


def _refused(facts: Facts) -> str:
    return _("不予受理，理由：{reason}").format(reason=_cut(facts[REASON_KEY], _FREE))


def _sent_out(facts: Facts) -> str:
    title = _choice("send_out", EXCLUDED_KEY, facts[EXCLUDED_KEY])
    return _("转入{title}，所需时间不计入办理期限").format(title=title)


def _taken_back(facts: Facts) -> str:
    return _("的特别程序已结束，结论：{result}，期限接着计算").format(result=_cut(facts["result"], _FREE))


def _extended(facts: Facts) -> str:
    return _("经负责人批准延长{days}个工作日，理由：{reason}").format(
        days=facts[DAYS_KEY], reason=_cut(facts[REASON_KEY], _FREE)
    )


def _granted(_facts: Facts) -> str:
    return _("已准予许可")


def _denied(facts: Facts) -> str:
    return _("不予许可，理由：{reason}。{remedy}").format(
        reason=_cut(facts[REASON_KEY], _FREE), remedy=_cut(facts["remedy"], _FREE).rstrip("。")
    )


def _issued(facts: Facts) -> str:
    return _("已颁发送达（{manner}）").format(manner=_choice("issue", "manner", facts["manner"]))


# --- what follows ---------------------------------------------------------------------------


def _nothing(_matter: Matter) -> str:
    return ""


def _answer(matter: Matter) -> str:
    if matter.step_due is None:
        return ""
    return _("，最迟{day}告知您是否受理，逾期未告知即视为受理").format(day=_day(matter.step_due))


def _correction(_matter: Matter) -> str:
    return _("，请补正后再提交")


def _decision(matter: Matter) -> str:
    if matter.due is None:
        return _("，最后期限待工作日历公布后可查询")
    return _("，最迟{day}作出决定").format(day=_day(matter.due))


def _delivery(matter: Matter) -> str:
    if matter.step_due is None:
        return ""
    return _("，最迟{day}颁发送达").format(day=_day(matter.step_due))


def _pause(_matter: Matter) -> str:
    return _("，特别程序结束后期限接着计算")


_TOLD: dict[str, tuple[Callable[[Facts], str], Callable[[Matter], str]]] = {
    "submit": (_submitted, _answer),
    "correct": (_to_correct, _correction),
    "accept": (_accepted, _decision),
    "deem_accepted": (_deemed, _decision),
    "refuse": (_refused, _nothing),
    "send_out": (_sent_out, _pause),
    "take_back": (_taken_back, _decision),
    "extend": (_extended, _decision),
    "decide": (_granted, _delivery),
    "deny": (_denied, _nothing),
    "issue": (_issued, _nothing),
}
STEPS = tuple(_TOLD)


def _choice(step: str, fact: str, key: str) -> str:
    facts = {one.key: one for one in PROCEDURE.step(step).facts}
    return dict(facts[fact].choices)[key]


def _day(day: date) -> str:
    if day.year != moment.today().year:
        return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
    return _("{month}月{day}日").format(month=day.month, day=day.day)


def _cut(value: str, most: int) -> str:
    line = " ".join(value.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
