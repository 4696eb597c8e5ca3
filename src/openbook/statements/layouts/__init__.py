"""Province layouts: which statements are published, in which order, under which titles.

Each layout is a TOML file in this folder; nothing in the code knows a province.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from openbook.document import Document
from openbook.statements.words import fold


@dataclass(frozen=True, slots=True)
class Layout:
    """A set of statements as one province publishes them. `years` are fiscal years, last 0 = open."""

    id: str
    title: str
    province: str
    stage: str
    years: tuple[int, int]
    kinds: tuple[str, ...]
    titles: tuple[str, ...]
    plain_titles: tuple[str, ...]

    def title_of(self, kind: str) -> str:
        return self.titles[self.kinds.index(kind)]


@cache
def layouts() -> tuple[Layout, ...]:
    found = []
    for entry in sorted(resources.files(__name__).iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(".toml"):
            continue
        raw = tomllib.loads(entry.read_text("utf-8"))
        statements = raw["statement"]
        found.append(
            Layout(
                raw["id"],
                raw["title"],
                raw["province"],
                raw["stage"],
                (raw["years"][0], raw["years"][1]),
                tuple(item["kind"] for item in statements),
                tuple(item["title"] for item in statements),
                tuple(plain_title(item["title"]) for item in statements),
            )
        )
    return tuple(found)


def layout(identifier: str | None) -> Layout | None:
    """The layout with this id, or None."""
    return next((item for item in layouts() if item.id == identifier), None)


_YEAR = re.compile(r"20\d\d年?(?:度)?")
_ORDINAL = re.compile(r"^(?:表[一二三四五六七八九十\d]+|\d+[.、])")
_SCORE_NEEDED = 0.5


def plain_title(title: str) -> str:
    """A title without year, number and the word for the publishing unit, so that wordings compare."""
    text = _ORDINAL.sub("", _YEAR.sub("", fold(title)))
    return (
        text.replace("预算单位", "部门")
        .replace("政府基金", "政府性基金")
        .removeprefix("单位")
        .removeprefix("部门")
    )


def match_layout(document: Document) -> str | None:
    """The layout whose titles and statements fit best; None where less than half of them do."""
    titles = {plain_title(statement.title) for statement in document.statements}
    kinds = {statement.kind for statement in document.statements}
    if not kinds:
        return None
    best: tuple[float, str] | None = None
    for candidate in layouts():
        if candidate.stage != document.stage:
            continue
        named = sum(title in titles for title in candidate.plain_titles) / len(candidate.titles)
        shared = len(kinds & set(candidate.kinds)) / len(kinds | set(candidate.kinds))
        score = 0.7 * named + 0.3 * shared
        if best is None or score > best[0]:
            best = (score, candidate.id)
    return best[1] if best and best[0] >= _SCORE_NEEDED else None
