"""What happened to a matter, in words: every entry with who (by role), when, and what was told with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.ledger.commitments import is_commitment
from onewindow.kernel.ledger.entry import EntryValue, StoredEntry
from onewindow.kernel.procedure import Fact, Kind, Procedure, Role
from onewindow.kernel.registry import REGISTRY
from onewindow.main.web.papers import Paper

_LENT = "for"  # the fact that says whose role it was (kernel.moving)


class Told(NamedTuple):
    """A fact in words. `rows`: of a list of materials; `sealed`: a personal fact, shown to nobody unasked."""

    key: str
    title: str
    text: str
    rows: tuple[tuple[str, str], ...] = ()
    sealed: bool = False


class Passage(NamedTuple):
    """An entry in words. `name`: of who took it, for colleagues' eyes; `lent`: in somebody's stead."""

    seq: int
    step: str
    by: str
    name: str
    lent: bool
    at: datetime
    state: str
    facts: list[Told]
    documents: list[Paper]
    basis: str


def passages(
    kind: str, entries: Iterable[StoredEntry], papers: Mapping[str, Paper], names: Mapping[str, str]
) -> list[Passage]:
    """The entries of a matter, in order, as staff reads them.

    papers  documents that the reader may see, by digest; names: of accounts, by reference
    """
    procedure = REGISTRY.procedures[kind]
    return [_passage(procedure, entry.value, papers, names) for entry in entries]


def own_passages(kind: str, entries: Iterable[StoredEntry], papers: Mapping[str, Paper]) -> list[Passage]:
    """The same for whose matter it is: without names, and of deliberation only that there was some."""
    procedure = REGISTRY.procedures[kind]
    return [
        one._replace(step=_("内部审查"), facts=[], documents=[], basis="")
        if procedure.step(entry.value.step).internal
        else one
        for one, entry in ((_passage(procedure, entry.value, papers, {}), entry) for entry in entries)
    ]


def _passage(
    procedure: Procedure, value: EntryValue, papers: Mapping[str, Paper], names: Mapping[str, str]
) -> Passage:
    step = procedure.step(value.step)
    return Passage(
        value.seq,
        step.title,
        Role(value.actor_kind).title,
        names.get(value.actor_id, ""),
        _LENT in value.facts,
        moment.at(value.at),
        procedure.state(value.to_state).title,
        [in_words(fact, value.facts[fact.key]) for fact in step.facts if fact.key in value.facts],
        [papers[digest] for digest in value.documents if digest in papers],
        step.basis,
    )


def in_words(fact: Fact, value: Any) -> Told:
    """A fact as people read it."""
    if is_commitment(value):
        return Told(fact.key, fact.title, "", sealed=True)
    if fact.kind is Kind.MATERIALS:
        return Told(fact.key, fact.title, "", tuple((row["name"], row["problem"]) for row in value))
    return Told(fact.key, fact.title, _text(fact, value))


def _text(fact: Fact, value: Any) -> str:
    if fact.kind is Kind.CHOICE:
        return dict(fact.choices).get(value, str(value))
    if fact.kind is Kind.YES:
        return _("是") if value in (True, "yes", "true", "on", "1") else _("否")
    return str(value)
