"""Money in the cost indicators of performance forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.document import Target
from openbook.money import LI_PER_WAN, LI_PER_YUAN
from openbook.rules.ob5_forms import Named, Use

_SCALE = {"元": LI_PER_YUAN, "万元": LI_PER_WAN, "万": LI_PER_WAN}
_FEWEST_YUAN = 1000  # a bare number smaller than this is hardly money
_NAMED_AS_ALL = re.compile(
    r"(?:成本|费用|经费|支出|金额|资金|控制数|总额|投入|预算)(?:总额|总数|控制|情况|指标|预算|数)?\Z|总成本|总费用|项目成本"
)
_NAMED_AS_PART = re.compile(
    r"单价|单位|标准|每|人均|平均|均|单次|次均|率|节约|节省|降低|交通|租金|差旅|会议|培训|印刷|其中"
)
_DECIMALS = re.compile(r"\d[.．](\d{1,6})")
_WHOLE = re.compile(r"总成本|总费用|总支出|总额|总金额|预算控制|预算额度|预算金额|预算内|项目成本")


def costs(form: Named) -> Iterator[Use]:
    """Money in the cost indicators: of the year, or of the form where it has no halves."""
    for indicator in form.form.indicators:
        if "成本" not in indicator.level2 or not indicator.reliable:
            continue
        target = indicator.year_target if indicator.year_target is not None else indicator.target
        if target is not None and money(target) is not None:
            side = "年度" if indicator.target is not None else ""
            yield Use(form, indicator, target, side, name=indicator.name.text.replace(" ", ""))


def money(target: Target) -> int | None:
    """The target in li; None where it is no amount or the cost of a single thing (元/次)."""
    if target.number is None:
        return None
    scale = _SCALE.get(target.unit)
    if scale is None and not target.unit and target.number >= _FEWEST_YUAN * 10_000:
        scale = LI_PER_YUAN
    return target.number * scale // 10_000 if scale else None


def step(target: Target) -> int:
    """The printed resolution in li: 11.6万 is any amount that rounds to it."""
    decimals = _DECIMALS.search(target.text)
    divisor = int("1" + "0" * len(decimals[1])) if decimals else 1
    return max(1, _SCALE.get(target.unit, LI_PER_YUAN) // divisor)


def only_cost(form: Named) -> Use | None:
    """The cost of a form that has one amount among its cost indicators."""
    found = list(costs(form))
    return found[0] if len(found) == 1 else None


def named_as_all(use: Use) -> bool:
    """Whether the name is that of a total and not of the cost of one thing or one item."""
    return _NAMED_AS_ALL.search(use.name) is not None and not _NAMED_AS_PART.search(use.name)


def speaks_of_all(use: Use) -> bool:
    """Whether the words of a cost indicator say that it limits all of the project's money."""
    return _WHOLE.search(_said(use)) is not None


def speaks_of_budget(use: Use) -> bool:
    """Whether its words say that the limit is the budget of the year, not the cost of several years."""
    return "预算" in _said(use)


def _said(use: Use) -> str:
    indicator = use.indicator
    texts = [indicator.name, indicator.description, indicator.ground]
    return " ".join(text.text.replace(" ", "") for text in texts if text is not None)
