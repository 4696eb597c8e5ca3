"""Sound procedures at random, with terms of every unit, for properties that must hold of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from onewindow.kernel.legal_time import Excluded, Rulebook, Term, Unit
from onewindow.kernel.legal_time.terms import End, Extension
from onewindow.kernel.procedure import START, Clock, Fact, Kind, Procedure, Role, State, Step
from onewindow.kernel.soundness import flaws
from tests.onewindow.legal_time.clocks import DECISION

KIND = "random"
EVERYBODY = (Role.WINDOW, Role.OFFICER, Role.APPROVER)
TERMS = ("t.working", "t.calendar", "t.months", "t.hours")
SHORT = ("s.working", "s.calendar", "s.zero")


def rules() -> Rulebook:
    """Terms of every unit, that may be extended and paused; short ones for steps."""
    excluded = {
        one.key: one
        for one in (Excluded("testing", "检测", "法", "核实"), Excluded("hearing", "听证", "法", "核实"))
    }

    def term(key: str, unit: Unit, amount: int, end: End = End.ROLL) -> Term:
        return replace(
            DECISION,
            key=key,
            unit=unit,
            amount=amount,
            end=end,
            since=date(2000, 1, 1),
            extension=Extension(10, "局长", "法"),
            excluded=tuple(excluded.values()),
        )

    terms = [
        term("t.working", Unit.WORKING, 8),
        term("t.calendar", Unit.CALENDAR, 15),
        term("t.months", Unit.MONTHS, 1),
        term("t.hours", Unit.HOURS, 30),
        term("s.working", Unit.WORKING, 3),
        term("s.calendar", Unit.CALENDAR, 2, End.STAY),
        term("s.zero", Unit.WORKING, 0),
    ]
    return Rulebook(terms, excluded)


_excluded = Fact("excluded", "程序", Kind.CHOICE, choices=(("testing", "检测"), ("hearing", "听证")))
_extended = (Fact("days", "天数", Kind.DAYS), Fact("reason", "理由"))


class _Draft:
    """A procedure in the making."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.steps: list[Step] = []

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def step(
        self, source: State, target: State, clock: Clock = Clock.NONE, *facts: Fact, after: str = ""
    ) -> None:
        limit: dict[str, Any] = {"after": after} if after else self.draw(_limits)
        by = (Role.SYSTEM,) if after else EVERYBODY
        key = f"s{len(self.steps)}"
        self.steps.append(Step(key, f"环节{key}", source, target, by, clock, facts=facts, **limit))

    def opening(self, before: list[State], running: list[State], ended: State) -> None:
        self.step(START, before[0])
        if self.maybe():
            self.step(START, running[0], Clock.START)
        for one, other in pairwise(before):
            self.step(one, other)
        self.step(before[-1], running[0], Clock.START)
        if self.maybe():
            self.step(before[-1], running[-1], Clock.DEEM, after=self.draw(st.sampled_from(SHORT)))
        if self.maybe():
            self.step(before[0], ended)

    def handling(self, running: list[State], ended: State) -> None:
        for one, other in pairwise(running):
            self.step(one, other)
            if self.maybe():
                self.step(other, one)
        for number, one in enumerate(running):
            if self.maybe():
                self.step(one, one, Clock.NONE, Fact("note", "说明", required=False, personal=self.maybe()))
            if self.maybe():
                self.pause(State(f"paused{number}", f"等待{number}"), one, ended)
            if self.maybe():
                self.step(one, self.draw(st.sampled_from(running)), Clock.EXTEND, *_extended)

    def pause(self, paused: State, running: State, ended: State) -> None:
        self.step(running, paused, Clock.PAUSE, _excluded)
        self.step(paused, running, Clock.RESUME)
        if self.maybe():
            self.step(paused, ended, Clock.STOP)


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """Some states before the clock starts, while it runs, while it pauses, after it stopped; steps between them."""
    before = [
        State(f"before{n}", f"受理前{n}", waits_for=Role.WINDOW) for n in range(draw(st.integers(1, 2)))
    ]
    running = [
        State(f"running{n}", f"办理{n}", waits_for=Role.OFFICER) for n in range(draw(st.integers(1, 3)))
    ]
    stopped = [State(f"stopped{n}", f"送达{n}") for n in range(draw(st.integers(0, 1)))]
    ended = State("ended", "办结", final=True)
    draft = _Draft(draw)
    draft.opening(before, running, ended)
    draft.handling(running, ended)
    draft.step(running[-1], (stopped or [ended])[0], Clock.STOP)
    for one in stopped:
        draft.step(one, ended)
    procedure = Procedure(
        KIND, "随机的流程", tuple(draft.steps), term=draw(st.sampled_from(TERMS)), basis="法"
    )
    assert flaws(procedure) == []
    return procedure


_LIMITS: list[dict[str, Any]] = [
    {},
    {},
    {"within": "s.working"},
    {"within": "s.calendar"},
    {"within": "s.working", "lapses": True},
]
_limits = st.sampled_from(_LIMITS)
