"""Topics and concepts of the explanation, read from data and compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_DROPPED = "“”\"'‘’「」『』《》〈〉()（）[]【】 \t\r\n\u3000\u00a0*"
_FOLD = str.maketrans("０１２３４５６７８９", "0123456789", _DROPPED)


def fold(text: str) -> str:
    """A name without quotation marks, brackets and blanks: ``“三公” 经费`` -> ``三公经费``."""
    return text.translate(_FOLD)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest that fits. One first letter is looked at once for all of them."""
    beginnings: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        beginnings.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in beginnings.items())


class CellPath(NamedTuple):
    """Where a cell stands: kind of statement, key of row, key of column."""

    kind: str
    row: str
    column: str


Candidate = tuple[CellPath, ...]  # cells to be added


class Topic(NamedTuple):
    """A part of the explanation, see `topics.toml`."""

    key: str
    title: re.Pattern[str]
    closed: bool
    silent: bool
    page: bool
    default: str | None


class SumRule(NamedTuple):
    """A total and its complete parts, as concepts; `also` are parts only where they are listed."""

    whole: frozenset[str]
    parts: frozenset[str]
    section: str | None
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Concepts:
    """All of `concepts.toml`."""

    words: dict[str, str]  # folded wording -> concept
    pattern: re.Pattern[str]
    cells: dict[str, dict[str, tuple[Candidate, ...]]]  # concept -> topic -> candidates
    sums: tuple[SumRule, ...]
    complete: tuple[tuple[str, ...], ...]
    economic_classes: frozenset[str]  # folded names
    totals: frozenset[str]  # concepts that are never a part of another total
    loose: frozenset[str]  # concepts whose words mean something else after other words
    owners: tuple[str, ...]  # beginnings of the concepts that keep their meaning before loose words
    homes: dict[str, frozenset[str]]  # concept -> the totals it is a part of

    def candidates(self, concept: str, topic: str | None) -> tuple[Candidate, ...]:
        """Cells that may hold a figure of `concept` in a part of that topic."""
        by_topic = self.cells.get(concept)
        if not by_topic:
            return ()
        found = by_topic.get(topic or "")
        return found if found is not None else by_topic.get("*", ())


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def topics() -> tuple[Topic, ...]:
    """Topics in the order of precedence."""
    return tuple(
        Topic(
            entry["key"],
            re.compile(entry["title"]),
            entry.get("closed", False),
            entry.get("silent", False),
            entry.get("page", False),
            entry.get("default"),
        )
        for entry in _load("topics.toml")["topic"]
    )


@cache
def topic_of(key: str | None) -> Topic | None:
    """The topic with this key."""
    for topic in topics():
        if topic.key == key:
            return topic
    return None


def _candidate(path: str, code: str = "") -> Candidate:
    return tuple(CellPath(*part.replace("{}", code).split("/")) for part in path.split("+"))


@cache
def concepts() -> Concepts:
    """Concepts with their wordings and cells."""
    data = _load("concepts.toml")
    words: dict[str, str] = {}
    cells: dict[str, dict[str, tuple[Candidate, ...]]] = {}
    for key, entry in data["concept"].items():
        words.update((fold(word), key) for word in entry["words"])
        cells[key] = {topic: tuple(map(_candidate, paths)) for topic, paths in entry["cells"].items()}
    for code, names in data["class"].items():
        key = f"class:{code}"
        words.update((fold(name), key) for name in names)
        cells[key] = {
            topic: tuple(_candidate(path, code) for path in paths)
            for topic, paths in data["class_cells"].items()
        }
    homes: dict[str, frozenset[str]] = {}
    for entry in data["sum"]:
        for part in entry["parts"]:
            homes[part] = homes.get(part, frozenset()) | frozenset(entry["whole"])
    return Concepts(
        words,
        re.compile(any_of(words)),
        cells,
        tuple(
            SumRule(
                frozenset(entry["whole"]),
                frozenset(entry["parts"]),
                entry.get("section"),
                frozenset(entry.get("also", ())),
            )
            for entry in data["sum"]
        ),
        tuple(tuple(entry["words"]) for entry in data["complete"]),
        frozenset(map(fold, data["economic"]["classes"])),
        frozenset(data["totals"]["concepts"]),
        frozenset(data["loose"]["concepts"]),
        tuple(data["loose"]["owners"]),
        homes,
    )
