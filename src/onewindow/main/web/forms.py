"""Forms made out of the facts that a step declares: what is typed, what is wrong with it, how it is drawn.

Nothing that was typed is lost: a form is drawn again out of the same values that the kernel is told.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from onewindow.kernel.errors import FactFault
from onewindow.kernel.procedure import Fact, Kind, Step

_PREFIX = "fact-"
_FEW_CHOICES = 5  # drawn as radio buttons; more of them as a list
_SHORT = 200  # longer texts get room for several lines
_MOST_ROWS = 200
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_MOST_SEEN = 2**31 - 1
# What a browser may fill in for somebody whose own facts these are (WCAG 2.2, 1.3.5).
_FILLED_IN = {"contact": "tel", "phone": "tel", "name": "name", "email": "email", "address": "street-address"}


class Option(NamedTuple):
    """One choice of several."""

    value: str
    title: str
    chosen: bool


class Row(NamedTuple):
    """One material and what is wrong with it. `number` counts from 1."""

    number: int
    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field as a template draws it. `shape` names the template; `value` is what was typed."""

    name: str
    title: str
    shape: str
    required: bool
    value: str = ""
    hint: str = ""
    longest: int = 0
    autocomplete: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"components/fields/{self.shape}.html"

    @property
    def first(self) -> str:
        """The id of what is to be mended first."""
        return {"materials": f"{self.name}-1-name", "choice": f"{self.name}-1"}.get(self.shape, self.name)


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes with a form besides facts: it counts once (`key`), and knows what its reader had seen.

    key   idempotency key; seen: the last entry that was shown with the form, None for a new matter
    """

    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    seen: int | None = None


def asked(post: QueryDict) -> Asked:
    """Out of what was sent. Raises BadRequest for what no page of ours would send."""
    key, seen = post.get("key", ""), post.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= 10 else 0
    if not _KEY.fullmatch(key) or (seen and not 0 < number <= _MOST_SEEN):
        raise BadRequest
    return Asked(key, number or None)


def told(step: Step, post: QueryDict) -> dict[str, Any]:
    """What was typed, as the kernel wants to be told; empty fields are left out."""
    found = {fact.key: _typed(fact, post) for fact in step.facts}
    return {key: value for key, value in found.items() if value not in ("", [])}


def _typed(fact: Fact, post: QueryDict) -> Any:
    name = _PREFIX + fact.key
    if fact.kind is not Kind.MATERIALS:
        return post.get(name, "").replace("\r\n", "\n")
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,4}})-(?:name|problem)", re.ASCII)
    numbers = sorted({int(match[1]) for one in post if (match := pattern.fullmatch(one))})
    rows = [
        {part: post.get(f"{name}-{number}-{part}", "").strip() for part in ("name", "problem")}
        for number in numbers
    ]
    return [row for row in rows if any(row.values())][: _MOST_ROWS + 1]


def fields(
    facts: Iterable[Fact],
    typed: Mapping[str, Any],
    faults: Iterable[FactFault] = (),
    *,
    more: str = "",
    own: bool = False,
) -> list[Field]:
    """The fields of a form. `more`: key of a list that gets one more row; `own`: his own facts are asked."""
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.key, []).append(fault.message)
    return [
        _DRAWN[fact.kind](
            fact,
            typed.get(fact.key, ""),
            {
                "name": _PREFIX + fact.key,
                "title": fact.title,
                "required": fact.required,
                "faults": tuple(wrong.get(fact.key, ())),
                "autocomplete": _FILLED_IN.get(fact.key, "") if own else "",
                "hint": _("属个人信息，加密保存，页面上不显示。") if fact.personal else "",
            },
            more == fact.key,
        )
        for fact in facts
    ]


Common = dict[str, Any]


def _text(fact: Fact, value: Any, common: Common, _more: bool) -> Field:
    shape = "line" if fact.longest <= _SHORT else "text"
    return Field(**common, shape=shape, value=value, longest=fact.longest)


def _day(_fact: Fact, value: Any, common: Common, _more: bool) -> Field:
    return Field(**common, shape="day", value=value)


def _days(_fact: Fact, value: Any, common: Common, _more: bool) -> Field:
    return Field(**common, shape="days", value=value)


def _yes(fact: Fact, value: Any, common: Common, _more: bool) -> Field:
    choices = (("yes", _("是")), ("no", _("否")))
    return _choices(choices, fact, value, common)


def _choice(fact: Fact, value: Any, common: Common, _more: bool) -> Field:
    return _choices(fact.choices, fact, value, common)


def _choices(choices: tuple[tuple[str, str], ...], fact: Fact, value: Any, common: Common) -> Field:
    if len(choices) > _FEW_CHOICES:
        choices, shape = (("", _("请选择")), *choices), "list"
    else:
        choices, shape = choices if fact.required else (*choices, ("", _("不填"))), "choice"
    options = tuple(Option(key, title, key == value) for key, title in choices)
    return Field(**common, shape=shape, value=value, options=options)


def _materials(_fact: Fact, value: Any, common: Common, more: bool) -> Field:
    typed = [(row["name"], row["problem"]) for row in value or ()]
    blank = [("", "")] if more or not typed else []
    rows = tuple(Row(number, *row) for number, row in enumerate((*typed, *blank), 1))
    return Field(**common, shape="materials", rows=rows)


_DRAWN = {
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.DAYS: _days,
    Kind.YES: _yes,
    Kind.CHOICE: _choice,
    Kind.MATERIALS: _materials,
}
