"""Matters for tests of pages."""

from __future__ import annotations

from datetime import datetime

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import Matter, Subject, begin, move
from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.procedure import Role

UNIT = "section"


def acting(role: Role, unit: str = UNIT) -> Actor:
    return Actor(f"a-{role.value}", role.title, {role: frozenset({unit})})


CLERK, OFFICER, APPROVER = acting(Role.WINDOW), acting(Role.OFFICER), acting(Role.APPROVER)


def submitted(
    owner: str = "p-1", title: str = "食品经营许可", unit: str = UNIT, promised: int | None = None
) -> Matter:
    someone = Actor("a-someone", "", parties=frozenset({owner}))
    subject = Subject(unit, title, owner, promised)
    return begin("permit", "submit", someone, {"contact": "00000000000"}, subject=subject).matter


def accepted(**about) -> Matter:
    matter = submitted(**about)
    return move(matter.pk, "accept", acting(Role.WINDOW, matter.unit)).matter


def reviewed(**about) -> Matter:
    matter = accepted(**about)
    told = {"opinion": "grant", "grounds": "符合条件"}
    return move(matter.pk, "propose", acting(Role.OFFICER, matter.unit), told).matter


def at(text: str):
    """Within, it is that moment."""
    return moment.set_to(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


MISSING = {
    "missing": [
        {"name": "经营场所平面图", "problem": "没有标注面积，请补标后盖章"},
        {"name": "健康证明", "problem": "已过有效期，请换新的"},
    ]
}


def a_bureau_at_work(owner: str) -> dict[str, str]:
    """Matters in every state, at the beginning of June 2026; ids by name. `owner`: whose most of them are."""
    found: dict[str, str] = {}
    with at("2026-04-20 09:30"):
        late = accepted(owner=owner, title="人力资源服务许可", promised=15)
        found["late"] = late.pk
    with at("2026-05-14 15:10"):
        move(late.pk, "propose", OFFICER, {"opinion": "grant", "grounds": "现场核查符合条件。"})
    with at("2026-05-19 10:00"):
        move(late.pk, "send_back", APPROVER, {"reason": "核查记录缺一名核查人签字，请补。"})
    with at("2026-05-08 09:00"):
        paused = accepted(owner=owner, title="食品经营许可（大型餐馆）", promised=15)
        found["paused"] = paused.pk
    with at("2026-05-20 16:40"):
        move(
            paused.pk, "send_out", OFFICER, {"excluded": "expert-review", "note": "消防分区由三名专家评审。"}
        )
    with at("2026-05-11 09:00"):
        extended = accepted(owner=owner, title="药品经营许可")
        found["extended"] = extended.pk
    with at("2026-05-25 09:00"):
        told = {"days": "5", "reason": "须向原发证机关核实。"}
        move(extended.pk, "ask_extension", OFFICER, told)
        move(extended.pk, "extend", APPROVER, told)
    with at("2026-05-18 11:00"):
        found["running"] = accepted(owner=owner, title="劳务派遣经营许可").pk
        warned = accepted(title="公共场所卫生许可", promised=12)
        found["warned"] = warned.pk
        found["yellow"] = accepted(title="烟草专卖零售许可", promised=11).pk
    with at("2026-05-22 09:00"):
        found["overrun"] = submitted(title="户外广告设置许可", owner="p-2").pk
    with at("2026-05-28 10:00"):
        correcting = submitted(owner=owner, title="小餐饮登记")
        move(correcting.pk, "correct", CLERK, MISSING)
        found["correcting"] = correcting.pk
    with at("2026-05-29 10:00"):
        decided = reviewed(owner=owner, title="道路运输经营许可")
        found["reviewed"] = reviewed(title="特种设备使用登记").pk
        move(decided.pk, "decide", APPROVER)
        found["decided"] = decided.pk
        done = reviewed(owner=owner, title="民办学校办学许可")
        move(done.pk, "decide", APPROVER)
        move(done.pk, "issue", CLERK, {"manner": "window"})
        found["done"] = done.pk
    with at("2026-06-01 16:00"):
        found["submitted"] = submitted(owner=owner, title="出版物零售许可").pk
    return found
