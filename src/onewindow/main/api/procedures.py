"""Procedures as programs read them: states, steps, and what each step wants to be told as JSON Schema."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from onewindow.kernel.errors import NotFound
from onewindow.kernel.facts import MOST_DAYS, MOST_MATERIALS
from onewindow.kernel.procedure import Clock, Fact, Kind, Procedure, State, Step
from onewindow.kernel.registry import REGISTRY
from onewindow.main.api.openapi import Answer, Endpoint
from onewindow.main.api.service import ApiRequest, sent, serve
from onewindow.main.api.shapes import ROLES, SCHEMAS, listed, maybe, members, ref, text

_STATE = members(
    {
        "key": text("状态"),
        "title": text("名称"),
        "final": {"type": "boolean", "description": "终结"},
        "waits_for": maybe({**text("等谁办理"), "enum": [*ROLES, None]}),
    }
)
_STEP = members(
    {
        "key": text("环节"),
        "title": text("名称"),
        "from": listed(text("状态，开始为空"), "从哪些状态"),
        "to": text("到哪个状态"),
        "by": listed(text("角色", enum=ROLES), "谁办理"),
        "clock": text("对法定时钟的作用", enum=[clock.value for clock in Clock]),
        "within": text("应在哪个时限内办理，没有则为空"),
        "lapses": {"type": "boolean", "description": "逾期不能再办"},
        "after": text("逾哪个时限由系统办理，没有则为空"),
        "once": {"type": "boolean", "description": "只能办一次"},
        "basis": text("依据"),
        "facts": {"type": "object", "description": "填写的内容：JSON Schema；x-personal 为个人信息"},
    }
)
_BRIEF = {"kind": text("事务种类"), "title": text("名称"), "term": text("适用的时限"), "basis": text("依据")}
SCHEMAS["Procedures"] = members({"procedures": listed(members(_BRIEF), "流程")})
SCHEMAS["Procedure"] = members({**_BRIEF, "states": listed(_STATE, "状态"), "steps": listed(_STEP, "环节")})


@serve(
    Endpoint(
        "GET", "/procedures", "matters:read", "流程列表", {200: Answer("各种事务的流程", ref("Procedures"))}
    )
)
def list_procedures(request: ApiRequest) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """What kinds of matters there are."""
    return sent({"procedures": [_brief(REGISTRY.procedures[kind]) for kind in sorted(REGISTRY.procedures)]})


@serve(
    Endpoint(
        "GET",
        "/procedures/{kind}",
        "matters:read",
        "一种事务的流程",
        {200: Answer("状态和环节", ref("Procedure"))},
        problems=(404,),
    )
)
def read_procedure(request: ApiRequest, kind: str) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """States and steps of a kind of matter."""
    procedure = REGISTRY.procedures.get(kind)
    if procedure is None:
        raise NotFound(_("没有“{kind}”这种事务。").format(kind=kind[:40]))
    states, steps = map(_state, procedure.states), map(_step, procedure.steps)
    return sent({**_brief(procedure), "states": list(states), "steps": list(steps)})


def _brief(procedure: Procedure) -> dict[str, Any]:
    return {name: getattr(procedure, name) for name in _BRIEF}


def _state(state: State) -> dict[str, Any]:
    waits_for = state.waits_for.value if state.waits_for else None
    return {"key": state.key, "title": state.title, "final": state.final, "waits_for": waits_for}


def _step(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": step.title,
        "from": [source.key for source in step.sources],
        "to": step.target.key,
        "by": [role.value for role in step.by],
        "clock": step.clock.value,
        "within": step.within,
        "lapses": step.lapses,
        "after": step.after,
        "once": step.once,
        "basis": step.basis,
        "facts": facts_schema(step),
    }


def facts_schema(step: Step) -> dict[str, Any]:
    """What a step wants to be told, as JSON Schema."""
    properties = {fact.key: _fact(fact) for fact in step.facts}
    optional = tuple(fact.key for fact in step.facts if not fact.required)
    return members(properties, optional=optional)


def _fact(fact: Fact) -> dict[str, Any]:
    found = {"title": fact.title, **_OF_KIND[fact.kind]}
    if fact.kind is Kind.TEXT:
        found |= {"minLength": int(fact.required), "maxLength": fact.longest}
    if fact.kind is Kind.CHOICE:
        found["oneOf"] = [{"const": key, "title": title} for key, title in fact.choices]
    if fact.personal:
        found["x-personal"] = True
    return found


_OF_KIND: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.DAYS: {"type": "integer", "minimum": 1, "maximum": MOST_DAYS},
    Kind.YES: {"type": "boolean"},
    Kind.CHOICE: {"type": "string"},
    Kind.MATERIALS: {
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_MATERIALS,
        "items": members({"name": {"type": "string"}, "problem": {"type": "string"}}),
    },
}
