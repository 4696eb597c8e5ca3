"""The explained deadline of a matter: every counted and every skipped day, with its reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from onewindow.kernel.deadlines import Deadline, deadline
from onewindow.kernel.legal_time import Counts, Reckoning, Term, Unit
from onewindow.kernel.legal_time import State as ClockState
from onewindow.kernel.legal_time.terms import MARKS
from onewindow.main.api.matters import visible
from onewindow.main.api.openapi import Answer, Endpoint
from onewindow.main.api.service import ApiRequest, sent, serve
from onewindow.main.api.shapes import CARDS, SCHEMAS, listed, maybe, members, ref, text, whole

_day = {"type": "string", "format": "date"}

SCHEMAS["Term"] = members(
    {
        "key": text("时限"),
        "title": text("名称"),
        "amount": whole("长短"),
        "unit": text("单位", enum=[unit.value for unit in Unit]),
        "basis": text("依据"),
        "mark": text("把握", enum=list(MARKS)),
    }
)
SCHEMAS["Reckoning"] = members(
    {
        "due": maybe({**_day, "description": "末日；暂停期间为 null"}),
        "earliest": maybe({**_day, "description": "暂停期间：若今天恢复，末日是哪天"}),
        "total": whole("一共多少（按小时的时限以秒计）"),
        "counted": whole("已经用去多少"),
        "left": whole("还剩多少，逾期为负"),
        "overdue": {"type": "boolean", "description": "已逾期"},
        "days": listed(
            members(
                {
                    "day": _day,
                    "counts": text("计入、不计或逾期", enum=[counts.value for counts in Counts]),
                    "number": whole("第几日；不计为 0"),
                    "reason": text("理由"),
                }
            ),
            "逐日说明",
        ),
    }
)
SCHEMAS["Deadline"] = members(
    {
        "id": text("事务编号"),
        "clock": text("法定时钟", enum=[state.value for state in ClockState]),
        "term": {"anyOf": [ref("Term"), {"type": "null"}], "description": "适用的时限，没有则为 null"},
        "promised": {
            "anyOf": [ref("Reckoning"), {"type": "null"}],
            "description": "按承诺的期限计算；没有起算为 null",
        },
        "legal": {"anyOf": [ref("Reckoning"), {"type": "null"}], "description": "按法定的期限计算"},
        "card": text("牌色", enum=CARDS),
        "card_reason": text("牌色的理由"),
        "trouble": text("算不出的原因，正常为空"),
    }
)


@serve(
    Endpoint(
        "GET",
        "/matters/{matter}/deadline",
        "matters:read",
        "一件事务的期限，逐日说明",
        {200: Answer("期限", ref("Deadline"))},
        problems=(404,),
    )
)
def read_deadline(request: ApiRequest, matter: str) -> HttpResponse:
    """The deadline of a matter, explained."""
    row = visible(request, matter)
    return sent({"id": row.id, "clock": row.clock_state, **_told(deadline(row))})


def _told(found: Deadline) -> dict[str, Any]:
    return {
        "term": None if found.term is None else _term(found.term),
        "promised": None if found.promised is None else _reckoning(found.promised),
        "legal": None if found.legal is None else _reckoning(found.legal),
        "card": "none" if found.card is None else CARDS[found.card.level],
        "card_reason": "" if found.card is None else found.card.reason,
        "trouble": found.trouble,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "key": term.key,
        "title": term.title,
        "amount": term.amount,
        "unit": term.unit.value,
        "basis": f"{term.law} {term.article}",
        "mark": term.mark,
    }


def _reckoning(found: Reckoning) -> dict[str, Any]:
    return {
        "due": None if found.due is None else found.due.isoformat(),
        "earliest": None if found.earliest is None else found.earliest.isoformat(),
        "total": found.total,
        "counted": found.counted,
        "left": found.left,
        "overdue": found.overdue,
        "days": [
            {
                "day": day.day.isoformat(),
                "counts": day.kind.value,
                "number": day.number,
                "reason": day.reason,
            }
            for day in found.days
        ],
    }
