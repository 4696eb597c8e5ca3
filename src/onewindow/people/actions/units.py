"""Units are added, renamed, moved and closed by the system administrator; each act is noted for the platform."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import (
    PLATFORM,
    PLATFORM_UNIT,
    Actor,
    FactFault,
    FactsInvalid,
    Matter,
    NotFound,
    NotPossible,
    note,
)
from onewindow.people.models import Assignment, Structure, Unit
from onewindow.people.tree import tree

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,39}", re.ASCII)
LONGEST_NAME = 100


def add_unit(code: str, name: str, kind: str, parent: str, actor: Actor) -> Unit:
    """A new unit. `kind`: of `Unit.Kind`; `parent`: code of the unit above it, "" for none.

    Raises FactsInvalid, NotFound, NotPossible, NotAllowed.
    """
    code, name = code.strip(), name.strip()
    with transaction.atomic():
        Structure.locked()
        faults = [*_code_faults(code), *_name_faults(name)]
        if kind not in Unit.Kind:
            allowed = "、".join(str(label) for label in Unit.Kind.labels)
            faults.append(FactFault("kind", "choice", _("单位类型应选：{allowed}。").format(allowed=allowed)))
        if faults:
            raise FactsInvalid(faults)
        above = _open(parent) if parent else None
        unit = Unit(code=code, name=name, kind=kind, parent=above)
        unit.save(force_insert=True)
        where = above.name if above else _("无上级")
        _note(actor, _("新增单位：{name}（{code}），上级：{where}").format(name=name, code=code, where=where))
    return unit


def rename_unit(code: str, name: str, actor: Actor) -> None:
    """Raises FactsInvalid, NotFound, NotAllowed."""
    name = name.strip()
    if faults := _name_faults(name):
        raise FactsInvalid(faults)
    with transaction.atomic():
        Structure.locked()
        unit = _unit(code)
        before, unit.name = unit.name, name
        unit.save(update_fields=["name"])
        _note(
            actor,
            _("单位改名：{code}，原名：{before}，现名：{name}").format(code=code, before=before, name=name),
        )


def move_unit(code: str, parent: str, actor: Actor) -> None:
    """Put a unit, with all below it, under another. Raises NotFound, NotPossible, NotAllowed."""
    with transaction.atomic():
        Structure.locked()
        unit, above = _unit(code), _open(parent) if parent else None
        if parent in tree().below(code):
            told = _("“{above}”就在“{unit}”之下（或就是它本身），不能作为它的上级。请另选上级单位。")
            raise NotPossible(told.format(above=above, unit=unit))
        unit.parent = above
        unit.save(update_fields=["parent"])
        where = above.name if above else _("无上级")
        _note(
            actor,
            _("单位调整：{name}（{code}），上级：{where}").format(name=unit.name, code=code, where=where),
        )


def close_unit(code: str, actor: Actor) -> None:
    """Nothing new is given to it from today. Its matters, entries and roles of the past stay.

    Raises NotFound, NotAllowed; NotPossible while it has units below it, people, or open matters.
    """
    with transaction.atomic():
        Structure.locked()
        unit = _open(code)
        if hindrance := _hindrance(unit):
            raise NotPossible(_("“{unit}”不能撤销：{hindrance}").format(unit=unit, hindrance=hindrance))
        unit.closed = moment.today()
        unit.save(update_fields=["closed"])
        _note(actor, _("撤销单位：{name}（{code}）").format(name=unit.name, code=code))


def _hindrance(unit: Unit) -> str:
    below = unit.children.filter(closed__isnull=True).first()
    if below is not None:
        return _("它下面还有“{below}”，请先撤销或移走。").format(below=below)
    still = Q(until__isnull=True) | Q(until__gte=moment.today())
    held = Assignment.objects.filter(still, unit=unit).count()
    if held:
        return _("还有{count}项角色授予在这里，请安全管理员先收回。").format(count=held)
    matters = Matter.objects.filter(unit=unit.code).exclude(waits_for="").count()
    if matters:
        return _("还有{count}件没有办结的事务，请先办结。").format(count=matters)
    return ""


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound(_("没有代码为“{code}”的单位，请核对代码。").format(code=code[:40]))
    return unit


def _open(code: str) -> Unit:
    unit = _unit(code)
    if unit.closed is not None:
        raise NotPossible(_("“{unit}”已于{day}撤销，请另选单位。").format(unit=unit, day=unit.closed))
    return unit


def _code_faults(code: str) -> list[FactFault]:
    if not _CODE.fullmatch(code):
        return [
            FactFault("code", "shape", _("单位代码应为1至40位字母、数字和连字符，如 0101 或 license-1。"))
        ]
    if code == PLATFORM_UNIT or Unit.objects.filter(code__iexact=code).exists():
        return [FactFault("code", "taken", _("代码“{code}”已有单位使用，请换一个。").format(code=code))]
    return []


def _name_faults(name: str) -> list[FactFault]:
    if not name:
        return [FactFault("name", "missing", _("请填写单位名称。"))]
    if len(name) > LONGEST_NAME:
        told = _("单位名称最多{most}个字，现有{count}个字。")
        return [FactFault("name", "too-long", told.format(most=LONGEST_NAME, count=len(name)))]
    return []


def _note(actor: Actor, what: str) -> None:
    note(PLATFORM, "unit_changed", actor, {"what": what[:500]})
