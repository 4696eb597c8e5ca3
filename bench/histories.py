"""Histories of permits for benchmarks: each a plausible life, drawn from a seed, about ten entries long."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from onewindow.kernel.legal_time import SHANGHAI
from onewindow.kernel.loading import History, Past
from onewindow.kernel.moving import Subject
from onewindow.kernel.procedure import Role

TITLES = ("食品经营许可", "公共场所卫生许可", "道路运输经营许可", "取水许可", "城镇污水排入排水管网许可")
UNITS = 40
PEOPLE = 5000
OPEN = 0.2  # share of matters that are not over
_FIRST = datetime(2023, 1, 3, 9, tzinfo=SHANGHAI)
_LAST = datetime(2026, 10, 30, 9, tzinfo=SHANGHAI)
_HOUR = 3_600_000_000
Told = tuple[str, Role, dict[str, Any]]
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def histories(count: int, seed: int = 1) -> Iterator[History]:
    """`count` histories; the same for the same seed."""
    rng = random.Random(seed)
    span = int((_LAST - _FIRST).total_seconds()) // 3600
    for _number in range(count):
        is_open = rng.random() < OPEN
        hours = span - rng.randrange(1200) if is_open else rng.randrange(span - 4000)
        start = _FIRST + timedelta(hours=hours)
        matter = f"{start:%y%m%d}-{''.join(rng.choices(_ALPHABET, k=10))}"
        unit = f"u-{rng.randrange(UNITS):02d}"
        subject = Subject(
            unit, rng.choice(TITLES), f"p-{rng.randrange(PEOPLE):05d}", rng.choice((None, 10, 15))
        )
        yield History("permit", matter, subject, tuple(_life(rng, start, is_open)))


def _life(rng: random.Random, start: datetime, is_open: bool) -> Iterator[Past]:
    at = int(start.timestamp()) * 1_000_000 + rng.randrange(_HOUR)
    steps = _steps(rng)
    if is_open:
        steps = steps[: rng.randrange(1, len(steps))]
    for step, role, facts in steps:
        yield Past(step, role, f"a-{role.value}-{rng.randrange(100):02d}", at, facts)
        at += rng.randrange(_HOUR, 20 * _HOUR)


def _steps(rng: random.Random) -> list[Told]:
    """A life of eight to seventeen steps; with the open ones, ten entries a matter on the average."""
    steps: list[Told] = [("submit", Role.APPLICANT, {})]
    if rng.random() < 0.5:
        steps.append(("correct", Role.WINDOW, {"missing": [{"name": "营业执照", "problem": "已过期"}]}))
        steps.append(("resubmit", Role.APPLICANT, {"note": "已补正"}))
    steps.append(("accept", Role.WINDOW, {}))
    for _round in range(1 + (rng.random() < 0.6)):
        steps.append(("send_out", Role.OFFICER, {"excluded": "expert-review"}))
        steps.append(("take_back", Role.OFFICER, {"result": "符合要求"}))
    if rng.random() < 0.3:
        steps.append(("ask_extension", Role.OFFICER, {"days": 10, "reason": "需现场核查"}))
        steps.append(("extend", Role.APPROVER, {"days": 10, "reason": "情况属实"}))
    for _round in range(1 + (rng.random() < 0.3)):
        steps.append(("propose", Role.OFFICER, {"opinion": "deny", "grounds": "面积不足"}))
        steps.append(("send_back", Role.APPROVER, {"reason": "请再核实"}))
    steps.append(("propose", Role.OFFICER, {"opinion": "grant", "grounds": "材料齐全，符合条件"}))
    steps.append(("decide", Role.APPROVER, {}))
    steps.append(("issue", Role.WINDOW, {"manner": "electronic"}))
    return steps
