"""Whether a procedure makes sense: asked of every procedure when the platform starts.

A matter is followed through every state and every state of its clock at once; what cannot be reached,
cannot be left, may be done by nobody, or lets a clock run on for ever, is a flaw.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from onewindow.kernel.procedure import (
    DAYS_KEY,
    EXCLUDED_KEY,
    REASON_KEY,
    START,
    Clock,
    Procedure,
    Role,
    State,
    Step,
)

OFF, RUNNING, PAUSED, STOPPED = "未起算", "计时中", "暂停", "已停止"

# clock before -> effect -> clock after; what is not here is impossible
_EFFECTS = {
    (OFF, Clock.NONE): OFF,
    (RUNNING, Clock.NONE): RUNNING,
    (PAUSED, Clock.NONE): PAUSED,
    (STOPPED, Clock.NONE): STOPPED,
    (OFF, Clock.START): RUNNING,
    (OFF, Clock.DEEM): RUNNING,
    (RUNNING, Clock.PAUSE): PAUSED,
    (PAUSED, Clock.RESUME): RUNNING,
    (RUNNING, Clock.EXTEND): RUNNING,
    (RUNNING, Clock.STOP): STOPPED,
    (PAUSED, Clock.STOP): STOPPED,
}


class Flaw(NamedTuple):
    """Something wrong with a procedure: a stable code, and what it is, in words for its author."""

    code: str
    message: str


class _At(NamedTuple):
    state: State
    clock: str


def flaws(procedure: Procedure) -> list[Flaw]:
    """Everything that is wrong; [] for a sound procedure."""
    found = [*_names(procedure), *_untold(procedure)]
    reached, impossible = _walk(procedure)
    found += impossible
    found += _unreached(procedure, {at.state for at in reached})
    found += _stuck(procedure, reached)
    found += _running_on(procedure, reached)
    return list(dict.fromkeys(found))


def _names(procedure: Procedure) -> Iterator[Flaw]:
    keys = [step.key for step in procedure.steps]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Flaw("PR01", f"环节“{key}”声明了两次")
    by_key: dict[str, State] = {}
    for state in procedure.states:
        if by_key.setdefault(state.key, state) != state:
            yield Flaw("PR02", f"状态“{state.key}”有两种写法")
    for step in procedure.steps:
        if not step.by:
            yield Flaw("PR03", f"环节“{step.title}”没有人可以办理")
        for state in step.sources:
            if state.final:
                yield Flaw("PR04", f"“{state.title}”是终结状态，却还有环节“{step.title}”")
    if not any(START in step.sources for step in procedure.steps):
        yield Flaw("PR05", "没有从开始出发的环节")


def _untold(procedure: Procedure) -> Iterator[Flaw]:
    """Steps that the clock cannot follow, because nothing would tell it what it needs."""
    needed = {Clock.PAUSE: (EXCLUDED_KEY,), Clock.EXTEND: (DAYS_KEY, REASON_KEY)}
    for step in procedure.steps:
        told = {fact.key for fact in step.facts if fact.required}
        for key in needed.get(step.clock, ()):
            if key not in told:
                yield Flaw("PR11", f"环节“{step.title}”要{_verb(step)}，须声明必填事实“{key}”")
        if step.after and step.by != (Role.SYSTEM,):
            yield Flaw("PR12", f"环节“{step.title}”到期由系统办理，办理人只能是系统")
        if step.after and any(fact.required for fact in step.facts):
            yield Flaw("PR15", f"环节“{step.title}”到期由系统办理，不能有必填的事实：没有人会填")
        if step.lapses and not step.within:
            yield Flaw("PR13", f"环节“{step.title}”逾期失效，却没有写期限")
        if step.clock is Clock.DEEM and START in step.sources:
            yield Flaw("PR14", f"环节“{step.title}”自收到之日起算，之前须有收到材料的环节")


def _walk(procedure: Procedure) -> tuple[dict[_At, None], list[Flaw]]:
    """Every state with every clock it can be reached with, and the steps that the clock forbids there."""
    start = _At(START, OFF)
    reached: dict[_At, None] = {start: None}
    impossible: list[Flaw] = []
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for step in procedure.steps_from(at.state):
            after = _EFFECTS.get((at.clock, step.clock))
            if after is None:
                where = f"“{at.state.title}”（时钟{at.clock}）"
                impossible.append(Flaw("PR06", f"环节“{step.title}”在{where}不能{_verb(step)}"))
                continue
            to = _At(step.target, after)
            if to not in reached:
                reached[to] = None
                waiting.append(to)
    return reached, impossible


def _verb(step: Step) -> str:
    return {
        Clock.START: "起算",
        Clock.DEEM: "视为起算",
        Clock.PAUSE: "暂停计时",
        Clock.RESUME: "恢复计时",
        Clock.EXTEND: "延长",
        Clock.STOP: "停止计时",
    }[step.clock]


def _unreached(procedure: Procedure, reached: set[State]) -> Iterator[Flaw]:
    for state in procedure.states:
        if state not in reached:
            yield Flaw("PR07", f"状态“{state.title}”到不了")


def _stuck(procedure: Procedure, reached: dict[_At, None]) -> Iterator[Flaw]:
    """States that are no end and cannot come to one."""
    ends = {at for at in reached if at.state.final}
    before: dict[_At, list[_At]] = {}
    for at in reached:
        for step in procedure.steps_from(at.state):
            after = _EFFECTS.get((at.clock, step.clock))
            if after is not None:
                before.setdefault(_At(step.target, after), []).append(at)
    good = set(ends)
    waiting = list(ends)
    while waiting:
        for at in before.get(waiting.pop(), ()):
            if at not in good:
                good.add(at)
                waiting.append(at)
    for at in reached:
        if at not in good and at.state is not START:
            yield Flaw("PR08", f"到了“{at.state.title}”（时钟{at.clock}）就办不完了")


def _running_on(procedure: Procedure, reached: dict[_At, None]) -> Iterator[Flaw]:
    """A clock that still runs, or waits, when everything is over."""
    for at in reached:
        if at.state.final and at.clock in (RUNNING, PAUSED):
            yield Flaw("PR09", f"到了“{at.state.title}”时钟还在{at.clock}：有一条路上没有停止计时的环节")
    starts = any(step.clock in (Clock.START, Clock.DEEM) for step in procedure.steps)
    if starts and not procedure.term:
        yield Flaw("PR10", "有起算的环节，却没有写适用哪一个期限")
