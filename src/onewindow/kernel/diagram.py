"""A procedure draws itself: a Mermaid diagram and a table, for docs/procedures/."""

from __future__ import annotations

from onewindow.kernel.procedure import START, Clock, Procedure, State

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
    """The page of a procedure in Markdown: its diagram and every step with who, clock and basis."""
    return "\n".join(
        [f"# {procedure.title}", "", "```mermaid", *_diagram(procedure), "```", "", *_table(procedure), ""]
    )


def _diagram(procedure: Procedure) -> list[str]:
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state.title}" as {_id(state)}' for state in procedure.states]
    for step in procedure.steps:
        mark = f"（{_MARKS[step.clock]}）" if _MARKS[step.clock] else ""
        lines += [f"    {_id(source)} --> {_id(step.target)}: {step.title}{mark}" for source in step.sources]
    lines += [f"    {_id(state)} --> [*]" for state in procedure.states if state.final]
    return lines


def _id(state: State) -> str:
    return "[*]" if state is START else state.key


def _table(procedure: Procedure) -> list[str]:
    lines = ["| 环节 | 从 | 到 | 谁办 | 时钟 | 依据 |", "|---|---|---|---|---|---|"]
    for step in procedure.steps:
        sources = "、".join(source.title for source in step.sources)
        roles = "、".join(role.title for role in step.by)
        lines.append(
            f"| {step.title} | {sources} | {step.target.title} | {roles} | {_MARKS[step.clock]} | {step.basis} |"
        )
    return lines
