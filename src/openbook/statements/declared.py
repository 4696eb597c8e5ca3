"""The declared identities (勾稽关系), read once from `identities.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


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
