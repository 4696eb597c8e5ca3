"""What the apps have declared: procedures, who reacts to a step, measures. Filled once, when the platform starts.

`main.wiring` fills it from the folders of the apps; an unsound procedure stops the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onewindow.kernel.procedure import Procedure
from onewindow.kernel.soundness import flaws

if TYPE_CHECKING:
    from onewindow.kernel.measures import Measure
    from onewindow.kernel.moving import Taken

Reaction = Callable[["Taken"], None]


class Unsound(ValueError):
    """A procedure that makes no sense, or two of one kind."""


@dataclass
class Registry:
    """`reactions`: (kind, step) -> what is called after the step, in its transaction, in order."""

    procedures: dict[str, Procedure] = field(default_factory=dict)
    reactions: dict[tuple[str, str], tuple[Reaction, ...]] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)

    def declare(self, procedure: Procedure) -> None:
        """Raises Unsound."""
        found = flaws(procedure)
        if found:
            told = "；".join(f"{flaw.code} {flaw.message}" for flaw in found)
            raise Unsound(f"流程“{procedure.title}”（{procedure.kind}）：{told}")
        if self.procedures.setdefault(procedure.kind, procedure) != procedure:
            raise Unsound(f"有两个流程都叫“{procedure.kind}”")

    def react(self, reactions: Mapping[tuple[str, str], Iterable[Reaction]]) -> None:
        """Raises Unsound for a step that does not exist."""
        for (kind, step), who in reactions.items():
            if kind not in self.procedures or step not in {one.key for one in self.procedures[kind].steps}:
                raise Unsound(f"没有“{kind}”的环节“{step}”，却登记了对它的反应")
            self.reactions[kind, step] = (*self.reactions.get((kind, step), ()), *who)

    def measure(self, measure: Measure) -> None:
        """Raises Unsound for two measures of one key."""
        if self.measures.setdefault(measure.key, measure) != measure:
            raise Unsound(f"有两个度量都叫“{measure.key}”")


REGISTRY = Registry()
