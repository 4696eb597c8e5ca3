"""Terms (时限) as dated law: how long, counted how, from what, by which article, and how sure we are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

MARKS = ("核实", "记忆", "不确定", "推断", "建议")
_PROVEN = "核实"


class Unit(Enum):
    """What a term is counted in."""

    WORKING = "working"
    CALENDAR = "calendar"
    HOURS = "hours"  # round the clock, from the moment itself
    MONTHS = "months"

    @property
    def title(self) -> str:
        return _UNIT_TITLES[self]


_UNIT_TITLES = {Unit.WORKING: "个工作日", Unit.CALENDAR: "日", Unit.HOURS: "小时", Unit.MONTHS: "个月"}


class Sense(Enum):
    """What has to happen in the term."""

    WITHIN = "within"  # done by its last day
    AT_LEAST = "at_least"  # not ended before its last day
    BEFORE = "before"  # done so long before a day to come: counted backwards


class End(Enum):
    """What becomes of a last day that is a day of rest."""

    ROLL = "roll"  # the first working day after (民法典 第二百零三条)
    STAY = "stay"
    EARLIER = "earlier"  # the last working day before, for terms counted backwards


class Excluded(NamedTuple):
    """A procedure whose time is not counted (不计时)."""

    key: str
    title: str
    basis: str
    mark: str


class Extension(NamedTuple):
    """How a term may be extended: by at most `amount` of its unit, `times` times.

    late  may be granted after the term has ended
    """

    amount: int
    approver: str
    basis: str
    times: int = 1
    late: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One version of one legal term.

    starts            the event it runs from (or, Sense.BEFORE, up to), in Chinese: 受理
    first_day_counts  whether the day of that event is the first day; by custom it is not
    missed            what the law says of a term let pass: 视为受理
    mark, dated       how sure we are of the rule and of its dates (`MARKS`)
    since, until      first day and last day on which it is law
    """

    key: str
    title: str
    amount: int
    unit: Unit
    sense: Sense
    starts: str
    law: str
    article: str
    mark: str
    since: date
    dated: str
    until: date | None = None
    first_day_counts: bool = False
    end: End = End.ROLL
    extension: Extension | None = None
    excluded: tuple[Excluded, ...] = ()
    missed: str = ""
    area: str = ""  # where a local rule holds, "" for the whole country
    source: str = ""
    note: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether an administrator has to be shown that the figure is not proven."""
        return self.mark != _PROVEN

    @property
    def words(self) -> str:
        """受理后20个工作日内 and the like."""
        length = f"{self.amount}{self.unit.title}"
        if self.sense is Sense.BEFORE:
            return f"{self.starts}{length}前" if self.amount else f"{self.starts}前"
        if self.amount == 0:
            return f"{self.starts}当日"
        return f"{self.starts}后{'不少于' if self.sense is Sense.AT_LEAST else ''}{length}" + (
            "内" if self.sense is Sense.WITHIN else ""
        )

    def excludes(self, key: str) -> Excluded | None:
        """The excluded procedure of a key, if this term knows it."""
        for one in self.excluded:
            if one.key == key:
                return one
        return None


class JointRule(NamedTuple):
    """How several terms handled jointly become one (行政许可法 第二十六条, 第四十二条第二款).

    limit    key of the term that is the most the law allows
    combine  "longest": the longest of the members, at most the limit; "limit": always the limit
    """

    key: str
    limit: str
    combine: str
    basis: str
    mark: str


class TermError(ValueError):
    """Terms that contradict themselves, or one that is not there."""


class Rulebook:
    """All terms, each in the versions of its life, and what the bureau chose among local variants.

    choices: a general key -> the key of the variant that holds here (hotline.handle -> hotline.handle.shandong)
    Raises TermError where two versions overlap or a choice points nowhere.
    """

    def __init__(
        self,
        terms: Iterable[Term],
        excluded: Mapping[str, Excluded],
        joint: Iterable[JointRule] = (),
        choices: Mapping[str, str] | None = None,
    ) -> None:
        self._versions: dict[str, list[Term]] = {}
        for term in sorted(terms, key=lambda one: (one.key, one.since)):
            self._versions.setdefault(term.key, []).append(term)
        self.excluded = dict(excluded)
        self.joint = {rule.key: rule for rule in joint}
        self.choices = dict(choices or {})
        self._check()

    def _check(self) -> None:
        for key, versions in self._versions.items():
            for one, following in pairwise(versions):
                if one.until is None or one.until >= following.since:
                    raise TermError(f"时限“{key}”有两个版本在{following.since}同时有效，请给旧版写上 until。")
        for general, chosen in self.choices.items():
            if chosen not in self._versions:
                raise TermError(f"“{general}”选用了“{chosen}”，没有这个时限。")
        for rule in self.joint.values():
            if rule.limit not in self._versions:
                raise TermError(f"联合办理规则“{rule.key}”的上限“{rule.limit}”不是已有的时限。")

    @property
    def terms(self) -> list[Term]:
        """Every version of every term, by key and date."""
        return [term for versions in self._versions.values() for term in versions]

    def term(self, key: str, day: date) -> Term:
        """The version of a term that is law on a day. Raises TermError, in Chinese, where there is none."""
        versions = self._versions.get(self.choices.get(key, key))
        if versions is None:
            raise TermError(f"没有“{key}”这个时限；请在时限配置里增加，或用 [choices] 选一个地方口径。")
        for term in reversed(versions):
            if term.since <= day and (term.until is None or day <= term.until):
                return term
        raise TermError(
            f"时限“{versions[0].title}”（{key}）在{day}不是有效的法律，最早自{versions[0].since}起施行。"
        )
