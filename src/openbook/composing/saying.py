"""Values of templates: what may be said of a figure, a part of a whole, a project, a functional item.

A template writes Chinese words after a value's name ({{ 收入总计.比上年 }}); `words` of each class says
which words there are and what answers to them. docs/templates.md is written from the same tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from openbook.book.model import Project, Words
from openbook.composing.figures import Amount
from openbook.composing.forms import project_amount
from openbook.composing.telling import Teller, hundredths, inline, unchanged
from openbook.composing.work import Work


class Speaking:
    """A value whose parts have Chinese names in templates. Raises KeyError for a word it does not know."""

    words: ClassVar[dict[str, str]] = {}

    def __getitem__(self, word: str) -> Any:
        return getattr(self, self.words[word])


class Said(Speaking):
    """A figure: printing it states the amount; its parts state more. False where there is no money."""

    words: ClassVar[dict[str, str]] = {
        "名称": "name",
        "上年数": "last_year",
        "增减": "change",
        "增减幅度": "rate",
        "原因": "reason",
        "变了": "changed",
        "比上年": "compared",
        "比上年预算": "compared_by_year",
    }

    def __init__(self, teller: Teller, amount: Amount, topic: str = "") -> None:
        self._teller = teller
        self.amount = amount
        self.topic = topic or amount.topic

    def __str__(self) -> str:
        return self._teller.amount(self.amount)

    def __bool__(self) -> bool:
        return self.amount.exact != 0

    @property
    def name(self) -> str:
        return self.amount.name

    @property
    def last_year(self) -> str:
        """X万元."""
        before = self._before()
        return self._teller.amount(before) if before else ""

    @property
    def change(self) -> str:
        """增加X万元，增长Y% or 持平, without 比上年 and without the reason."""
        before = self._before()
        return self._teller.change(self.amount, before) if before else ""

    @property
    def rate(self) -> str:
        """增加Y% or 持平."""
        before = self._before()
        return self._teller.rate(self.amount, before) if before else ""

    @property
    def reason(self) -> str:
        """Why it changed; "" where it did not."""
        before = self._before()
        return self._teller.reason(self.amount, before, self.topic) if before else ""

    @property
    def changed(self) -> bool:
        before = self._before()
        return before is not None and not unchanged(self.amount, before)

    @property
    def compared(self) -> str:
        """比上年增加X万元，增长Y%，主要原因是… or 与上年持平."""
        return self._compared("比上年", "与上年")

    @property
    def compared_by_year(self) -> str:
        """As `compared`, in words that name the year: 比2023年预算增加…."""
        last = self._teller.book.year - 1
        return self._compared(f"比{last}年预算", f"与{last}年预算")

    def _before(self) -> Amount | None:
        if not self.topic:
            raise ValueError(f"“{self.name}”没有上年数可比")
        return self._teller.before(self.amount, self.topic)

    def _compared(self, head: str, level: str) -> str:
        before = self._before()
        if before is None:
            return ""
        said = self._teller.change(self.amount, before)
        if unchanged(self.amount, before):
            return level + said
        reason = self._teller.reason(self.amount, before, self.topic)
        return f"{head}{said}" + (f"，主要原因是{reason}" if reason else "")


@dataclass(frozen=True)
class Part(Speaking):
    """One part of a whole, with its share."""

    words: ClassVar[dict[str, str]] = {"名称": "name", "金额": "figure", "占比": "share"}

    name: str
    figure: Said
    say: Callable[[], str]

    @property
    def share(self) -> str:
        """Y%."""
        return self.say()

    def __str__(self) -> str:
        return str(self.figure)

    def __bool__(self) -> bool:
        return bool(self.figure)


def composition(teller: Teller, whole: Said, parts: list[Said]) -> list[Part]:
    """The parts with their shares of the whole; shares of a complete whole add up to 100.00 %."""
    shares = hundredths([part.amount for part in parts], whole.amount)

    def saying(part: Said, share: int) -> Callable[[], str]:
        return lambda: teller.share(share, part.amount, whole.amount)

    return [Part(part.name, part, saying(part, share)) for part, share in zip(parts, shares, strict=True)]


class ProjectSaid(Speaking):
    """A project: its name and money."""

    words: ClassVar[dict[str, str]] = {
        "名称": "name",
        "类别": "category",
        "金额": "figure",
        "本年": "current",
        "上年结转": "carryover",
    }

    def __init__(self, work: Work, teller: Teller, project: Project) -> None:
        self._work, self._teller, self._project = work, teller, project
        self.name, self.category = inline(project.name), project.category

    @property
    def figure(self) -> Said:
        return Said(self._teller, project_amount(self._work, self._project))

    @property
    def current(self) -> Said:
        return self._of("current")

    @property
    def carryover(self) -> Said:
        return self._of("carryover")

    def _of(self, period: str) -> Said:
        words = f"project:{self._project.code} {period}"
        return Said(self._teller, self._work.sum_of(self._project.name, words))


class ItemSaid(Speaking):
    """An item of the functional classification: its names, money, purpose."""

    words: ClassVar[dict[str, str]] = {
        "编码": "code",
        "类": "class_name",
        "款": "section_name",
        "项": "item_name",
        "金额": "figure",
        "用途": "purpose",
    }

    def __init__(self, work: Work, figure: Said, code: str) -> None:
        self.figure, self.code = figure, code
        self.class_name = work.facts.function_name(code[:3])
        self.section_name = work.facts.function_name(code[:5])
        self.item_name = work.facts.function_name(code)
        self.purpose = inline(work.book.purposes.get(code, Words()).text).rstrip("。")
