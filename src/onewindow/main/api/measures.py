"""Measures: declared figures, computed for units and a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import PLATFORM_UNIT, measured
from onewindow.kernel.errors import NotAllowed
from onewindow.kernel.measures import Figure, Period
from onewindow.kernel.registry import REGISTRY
from onewindow.kernel.sight import BUSINESS
from onewindow.main.api.openapi import Answer, Endpoint
from onewindow.main.api.service import ApiRequest, sent, serve
from onewindow.main.api.shapes import SCHEMAS, WORD, listed, maybe, members, ref, text, whole
from onewindow.main.problems import Fault, Problem

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_day = {"type": "string", "format": "date"}

SCHEMAS["Measures"] = members(
    {
        "first": {**_day, "description": "首日"},
        "last": {**_day, "description": "末日"},
        "units": listed(text("编码"), "计入的单位"),
        "measures": listed(
            members(
                {
                    "key": text("度量"),
                    "title": text("名称"),
                    "unit": text("计量单位"),
                    "value": maybe(text("数值；没有可比的为 null，与 0 不同")),
                    "numerator": whole("分子"),
                    "denominator": maybe(whole("分母；只计数的为 null")),
                    "basis": text("依据"),
                    "mark": text("把握"),
                }
            ),
            "度量",
        ),
    }
)


@serve(
    Endpoint(
        "GET",
        "/measures",
        "measures:read",
        "度量",
        {200: Answer("各项度量在一段时间里的数值", ref("Measures"))},
        parameters={
            "unit": text("只算这个单位；不写则为看得到的全部单位", pattern=WORD),
            "first": text("首日，不写则为本年第一天", pattern=_DAY, format="date"),
            "last": text("末日，不写则为今天", pattern=_DAY, format="date"),
        },
    )
)
def read_measures(request: ApiRequest) -> HttpResponse:
    """Every measure for the units he sees."""
    units = _units(request.actor, request.query.get("unit"))
    period = _period(request.query)
    found = [measured(REGISTRY.measures[key], period, units) for key in sorted(REGISTRY.measures)]
    told = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "units": units,
        "measures": [_told(figure) for figure in found],
    }
    return sent(told)


def _units(actor: Actor, wanted: str | None) -> list[str]:
    mine = frozenset[str]().union(*(actor.grants.get(role, ()) for role in BUSINESS)) - {PLATFORM_UNIT}
    if not mine or (wanted is not None and wanted not in mine):
        raise NotAllowed(_("度量由办理或监督这个单位事务的人员查看。"))
    return sorted(mine) if wanted is None else [wanted]


def _period(query: dict[str, Any]) -> Period:
    today = moment.today()
    first = _read_day(query, "first", date(today.year, 1, 1))
    last = _read_day(query, "last", max(today, first))
    try:
        return Period(first, last)
    except ValueError as error:
        raise Problem(
            "request-invalid", str(error), errors=[Fault("parameter", "last", "day", str(error))]
        ) from None


def _read_day(query: dict[str, Any], name: str, default: date) -> date:
    try:
        return date.fromisoformat(query[name]) if name in query else default
    except ValueError:
        told = _("没有这一天；日期写作 2026-05-08。")
        raise Problem("request-invalid", told, errors=[Fault("parameter", name, "day", told)]) from None


def _told(figure: Figure) -> dict[str, Any]:
    measure = figure.measure
    return {
        "key": measure.key,
        "title": measure.title,
        "unit": measure.unit,
        "value": None if figure.value is None else str(figure.value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "basis": measure.basis,
        "mark": measure.mark,
    }
