"""Procedures (流程) as data: the states of one kind of matter, and the steps between them.

A procedure says everything that is to be known of a step: from which state to which, who may take it,
what must be told with it, what it does to the clock, and the article it rests on. `kernel.move` is the
only code that takes one; screens, diagrams and checks read the same data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Clock(Enum):
    """What a step does to the legal clock of its matter."""

    NONE = "none"
    START = "start"
    PAUSE = "pause"  # time that the law does not count (行政许可法 第四十五条)
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"
    DEEM = "deem"  # starts as if accepted on the day of receipt (行政许可法 第三十二条第一款第四项)


class Role(Enum):
    """Who takes a step. A person holds roles in a unit; `APPLICANT` is whose matter it is or his agent."""

    APPLICANT = "applicant"
    WINDOW = "window"
    OFFICER = "officer"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"  # the platform itself, when a term has passed
    SYSTEM_ADMIN = "system-admin"  # the three administrators of classified protection, kept apart (三员分立)
    SECURITY_ADMIN = "security-admin"
    AUDIT_ADMIN = "audit-admin"
    SELF = "self"  # whose journal it is

    @property
    def title(self) -> str:
        return _ROLE_TITLES[self]


_ROLE_TITLES = {
    Role.APPLICANT: "申请人",
    Role.WINDOW: "窗口人员",
    Role.OFFICER: "审查人员",
    Role.APPROVER: "审批负责人",
    Role.SUPERVISOR: "监督人员",
    Role.SYSTEM: "系统",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.SELF: "本人",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state of a matter. `final`: nothing follows; `waits_for`: whose turn it is, for work queues."""

    key: str
    title: str
    final: bool = False
    waits_for: Role | None = None


START = State("", "开始")  # before the first step: a matter in it does not exist yet


class Kind(Enum):
    """What a fact that goes with a step is."""

    TEXT = "text"
    DAY = "day"
    DAYS = "days"  # a count of working days
    YES = "yes"
    CHOICE = "choice"
    MATERIALS = "materials"  # a list of materials with what is wrong with each


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that must be told with a step.

    choices   key -> title, for Kind.CHOICE
    personal  goes into the ledger as a commitment; the value itself is kept sealed, and can be erased
    longest   most characters of a text
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    personal: bool = False
    longest: int = 2000


# What a step that pauses or extends the clock must be told, under these keys.
EXCLUDED_KEY, DAYS_KEY, REASON_KEY = "excluded", "days", "reason"


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed move.

    clock     its effect on the matter's own term. PAUSE is told `excluded` (which excluded procedure), EXTEND
              `days` and `reason`
    within    key of a term (`kernel.legal_time`) in which it must be taken, from when the state was entered
    lapses    it may not be taken any more once `within` has passed
    after     key of a term: the platform takes the step by itself when the state has lasted longer
    once      may be taken only once in the life of a matter (the one-time correction notice)
    basis     the article it rests on
    internal  deliberation: whose matter it is sees that something was recorded, not what
    """

    key: str
    title: str
    source: State | tuple[State, ...]
    target: State
    by: tuple[Role, ...]
    clock: Clock = Clock.NONE
    within: str = ""
    lapses: bool = False
    after: str = ""
    facts: tuple[Fact, ...] = ()
    once: bool = False
    basis: str = ""
    internal: bool = False

    @property
    def sources(self) -> tuple[State, ...]:
        return self.source if isinstance(self.source, tuple) else (self.source,)


class NoSuchStep(KeyError):
    """A procedure has no step of this key."""


@dataclass(frozen=True)
class Procedure:
    """The declared states and steps of one kind of matter.

    term   key of the term its clock runs for
    basis  the law it carries out
    """

    kind: str
    title: str
    steps: tuple[Step, ...]
    term: str = ""
    basis: str = ""

    def step(self, key: str) -> Step:
        """Raises NoSuchStep."""
        for step in self.steps:
            if step.key == key:
                return step
        raise NoSuchStep(key)

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Every state, in the order in which steps name them; the start is none."""
        found: dict[State, None] = {}
        for step in self.steps:
            found.update(dict.fromkeys((*step.sources, step.target)))
        found.pop(START, None)
        return tuple(found)

    def state(self, key: str) -> State:
        """Raises KeyError."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, State]:
        """Where two states have one key, which is a flaw, the first."""
        return {state.key: state for state in reversed((START, *self.states))}

    def steps_from(self, state: State) -> Iterator[Step]:
        return (step for step in self.steps if state in step.sources)
