"""Facts that are told with a step: checked against what the step declares, every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from onewindow.kernel.errors import FactFault, FactsInvalid
from onewindow.kernel.ledger.canonical import Json, check_text
from onewindow.kernel.ledger.errors import LedgerError
from onewindow.kernel.procedure import Fact, Kind, Step

MOST_DAYS = 3650
MOST_MATERIALS = 200
_LONGEST_NAME = 200


class _Wrong(Exception):
    """`args`: stable code, message."""


def checked(step: Step, told: Mapping[str, Any]) -> dict[str, Json]:
    """The facts as they go into the ledger. Raises FactsInvalid with everything that is wrong."""
    faults: list[FactFault] = []
    facts: dict[str, Json] = {}
    for key in sorted(told.keys() - {fact.key for fact in step.facts}):
        message = _("“{step}”不接受“{key}”这一项。").format(step=step.title, key=str(key)[:60])
        faults.append(FactFault(str(key)[:60], "unknown", message))
    for fact in step.facts:
        try:
            value = _value(fact, told.get(fact.key))
        except _Wrong as wrong:
            faults.append(FactFault(fact.key, *wrong.args))
        else:
            if value is not None:
                facts[fact.key] = value
    if faults:
        raise FactsInvalid(faults)
    return facts


def _value(fact: Fact, value: Any) -> Json:
    if isinstance(value, str):
        value = value.strip()
    if value in (None, "", []):
        if fact.required:
            raise _Wrong("missing", _("请填写“{title}”。").format(title=fact.title))
        return None
    return _READ[fact.kind](fact, value)


def _text(fact: Fact, value: Any) -> Json:
    if type(value) is not str:
        raise _Wrong("type", _("“{title}”应为文字。").format(title=fact.title))
    if len(value) > fact.longest:
        told = _("“{title}”最多{most}个字，现有{count}个字。")
        raise _Wrong("too-long", told.format(title=fact.title, most=fact.longest, count=len(value)))
    try:
        check_text(value, f"“{fact.title}”")
    except LedgerError as error:
        raise _Wrong("characters", str(error)) from None
    return value


def _day(fact: Fact, value: Any) -> Json:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        told = _("“{title}”应为日期，如 2026-05-08。").format(title=fact.title)
        raise _Wrong("day", told) from None


def _days(fact: Fact, value: Any) -> Json:
    if type(value) is str and value.isascii() and value.isdecimal() and len(value) <= 5:
        value = int(value)
    if type(value) is not int or not 1 <= value <= MOST_DAYS:
        raise _Wrong(
            "days", _("“{title}”应为天数，1至{most}的整数。").format(title=fact.title, most=MOST_DAYS)
        )
    return value


def _yes(fact: Fact, value: Any) -> Json:
    if value in (True, "true", "on", "yes", "1"):
        return True
    if value in (False, "false", "off", "no", "0"):
        return False
    raise _Wrong("yes", _("“{title}”应为是或否。").format(title=fact.title))


def _choice(fact: Fact, value: Any) -> Json:
    if type(value) is str and value in dict(fact.choices):
        return value
    allowed = "、".join(title for _key, title in fact.choices)
    raise _Wrong("choice", _("“{title}”应选：{allowed}。").format(title=fact.title, allowed=allowed))


def _materials(fact: Fact, value: Any) -> Json:
    """A list of {"name": material, "problem": what is wrong with it}."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_MATERIALS:
        told = _("“{title}”应为1至{most}项材料的清单。").format(title=fact.title, most=MOST_MATERIALS)
        raise _Wrong("materials", told)
    found: list[Json] = []
    for number, item in enumerate(value, 1):
        if not isinstance(item, dict) or item.keys() != {"name", "problem"}:
            told = _("“{title}”第{number}项应写明材料名称和问题。").format(title=fact.title, number=number)
            raise _Wrong("materials", told)
        told = _("“{title}”第{number}项的{part}")
        name = Fact(
            "name", told.format(title=fact.title, number=number, part=_("材料名称")), longest=_LONGEST_NAME
        )
        problem = Fact("problem", told.format(title=fact.title, number=number, part=_("问题")), longest=500)
        found.append({"name": _value(name, item["name"]), "problem": _value(problem, item["problem"])})
    return found


_READ: dict[Kind, Callable[[Fact, Any], Json]] = {
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.DAYS: _days,
    Kind.YES: _yes,
    Kind.CHOICE: _choice,
    Kind.MATERIALS: _materials,
}
