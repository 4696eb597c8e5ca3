"""The declared identities (勾稽关系), read once from `identities.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from openbook.document import Cell


@dataclass(frozen=True, slots=True)
class Identity:
    """A declared identity; see identities.toml for the meaning of the fields."""

    id: str
    family: str
    form: str
    title: str
    basis: str
    statements: tuple[str, ...] = ()
    total: str = ""
    parts: tuple[str, ...] = ()
    left: str = ""
    right: tuple[str, ...] = ()
    each: str = ""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    sense: str = "="
    evidence: bool = False
    complete: bool = False


@cache
def identities() -> tuple[Identity, ...]:
    raw = tomllib.loads((resources.files("openbook.statements") / "identities.toml").read_text("utf-8"))
    return tuple(_identity(item) for item in raw["identity"])


def _identity(item: dict[str, Any]) -> Identity:
    fields: dict[str, Any] = {}
    for key, value in item.items():
        fields[key] = tuple(value) if isinstance(value, list) else value
    return Identity(**fields)


def a_step_apart(identity: Identity, terms: list[tuple[int, Cell]]) -> bool:
    """At least as much, but for less than a printed step of the coarser of two tables in different units.

    A figure in 0.01 万元 may be a step off so that its own table adds up: that is no contradiction to a
    table in yuan.
    """
    halves = {cell.half for _, cell in terms}
    if identity.sense == "=" or len(halves) == 1:
        return False
    return -2 * sum(halves) <= sum(sign * cell.value for sign, cell in terms) < 0
