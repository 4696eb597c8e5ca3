"""A procedure draws itself: a Mermaid diagram, its steps, what each is told, for docs/procedures/."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.kernel.procedure import START, Clock, Fact, Procedure, State, Step

_MARKS = {
    Clock.NONE: "",
    Clock.START: "起算",
    Clock.DEEM: "自收到起算",
    Clock.PAUSE: "暂停",
    Clock.RESUME: "恢复",
    Clock.EXTEND: "延长",
    Clock.STOP: "停止",
}


def page(procedure: Procedure) -> str:
    """The page of a procedure in Markdown. Made by `make docs`; a test holds it to the code."""
    about = [f"依据：{procedure.basis}。"] if procedure.basis else []
    about += [f"期限：`{procedure.term}`。"] if procedure.term else []
    parts = [
        f"# {procedure.title} `{procedure.kind}`",
        "".join(about),
        "\n".join(["```mermaid", *_diagram(procedure), "```"]),
        "\n".join(_table(procedure)),
        "\n".join(_facts(procedure)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _diagram(procedure: Procedure) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state in procedure.states:
        yield f'    state "{state.title}" as {_id(state)}'
    for step in procedure.steps:
        mark = f"（{_MARKS[step.clock]}）" if _MARKS[step.clock] else ""
        for source in step.sources:
            if source != step.target:  # what does not move it is in the table
                yield f"    {_id(source)} --> {_id(step.target)}: {step.title}{mark}"
    for state in procedure.states:
        if state.final:
            yield f"    {_id(state)} --> [*]"


def _id(state: State) -> str:
    return "[*]" if state is START else state.key


def _table(procedure: Procedure) -> Iterator[str]:
    yield "| 环节 | 从 | 到 | 谁办 | 时钟 | 时限 | 依据 |"
    yield "|---|---|---|---|---|---|---|"
    for step in procedure.steps:
        sources = "、".join(source.title for source in step.sources)
        roles = "、".join(role.title for role in step.by)
        cells = (
            f"{step.title} `{step.key}`",
            sources,
            step.target.title,
            roles,
            _MARKS[step.clock],
            _time(step),
            step.basis,
        )
        yield f"| {' | '.join(cells)} |"


def _time(step: Step) -> str:
    told = []
    if step.within:
        told.append(f"`{step.within}` 内" + ("，逾期不得再办" if step.lapses else ""))
    if step.after:
        told.append(f"超过 `{step.after}` 由系统办理")
    if step.once:
        told.append("只一次")
    return "；".join(told)


def _facts(procedure: Procedure) -> Iterator[str]:
    if not any(step.facts for step in procedure.steps):
        return
    yield "| 环节 | 要说明的事实 |"
    yield "|---|---|"
    for step in procedure.steps:
        if step.facts:
            yield f"| {step.title} | {'；'.join(map(_fact, step.facts))} |"


def _fact(fact: Fact) -> str:
    marks = [fact.kind.value, "" if fact.required else "可不填", "个人信息" if fact.personal else ""]
    return f"{fact.title} `{fact.key}`（{'，'.join(mark for mark in marks if mark)}）"
