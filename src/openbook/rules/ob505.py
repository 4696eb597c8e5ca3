"""OB505: the amount of a project differs between the projects statement and its performance form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import Figure, Unit, show
from openbook.rules.ob5_costs import money, named_as_all, only_cost, speaks_of_all, speaks_of_budget
from openbook.rules.ob5_forms import GROUND_OPEN, LOWER, Use, named
from openbook.rules.ob5_listed import List, Listed, by_name, sentence
from openbook.rules.ob5_projects import (
    Pair,
    add,
    amounts,
    equal,
    figure,
    fold,
    lacking,
    matching,
    year_total,
)

_FEWEST_AGREED = 2  # forms whose cost is the listed amount: so that costs are totals here


def check(context: Context) -> Iterator[Finding]:
    found = matching(context.document)
    names = Counter(fold(pair.form.name) for pair in found.pairs)
    for pair in found.pairs:
        fund = year_total(pair.form)
        right, wrong = pair.project.amount, figure(fund)
        if fund is None or right is None or wrong is None:
            continue
        if any(equal(one, wrong) for one in amounts(context.document, pair)):
            continue
        if names[fold(pair.form.name)] > 1:
            continue  # forms and lines of the same name cannot be told apart without the amount
        bare = [line.amount for line in found.bare if line.amount is not None]
        several = any(equal(add([right, one]), wrong) for one in bare)  # with a line whose name was cut
        yield _finding(pair, context.document, sure=not several)
    if not found.pairs and context.document.statement("projects") is None:
        yield from _sentence(context.document)


def _sentence(document: Document) -> Iterator[Finding]:
    """Without a projects statement: the projects that one sentence names, against the costs of their forms."""
    listed = sentence(document)
    if listed is None:
        return
    costs: dict[str, list[Use]] = defaultdict(list)
    for form in named(document):
        use = only_cost(form)
        if use is not None and form.form.project is not None and not form.form.funds:
            costs[fold(form.name)].append(use)
    left: list[tuple[list[Listed], list[Use]]] = []
    agreed = 0
    for name, group in by_name(listed.entries).items():
        open_entries, open_uses = _unmatched(group, costs[name])
        agreed += len(costs[name]) - len(open_uses)
        left.append((open_entries, open_uses))
    for entries, uses in left:
        for use in uses:
            if entries and (_over(use, entries[0]) or speaks_of_all(use) or named_as_all(use)):
                one = len(entries) == len(uses) == 1
                yield _cost_differs(use, entries[0], listed, sure=one and agreed >= _FEWEST_AGREED)


def _unmatched(entries: list[Listed], uses: list[Use]) -> tuple[list[Listed], list[Use]]:
    """Entries and costs of one name that are left when equal amounts are put together."""
    whole = add([entry.amount for entry in entries])
    open_entries, open_uses = list(entries), []
    for use in uses:
        value = Figure(money(use.target) or 0, 0)
        fits = next((one for one in open_entries if _within(one.amount, value)), None)
        if fits is not None:
            open_entries.remove(fits)
        elif not _within(whole, value):
            open_uses.append(use)
    return open_entries, open_uses


def _within(listed: Figure, limit: Figure) -> bool:
    """Whether the listed amount is the limit, printed: up to a step off, where sums must add up."""
    return abs(listed.value - limit.value) <= 2 * listed.half + limit.half


def _over(use: Use, entry: Listed) -> bool:
    """Whether the limit is above the listed amount; a limit below it may be that of one item."""
    return (money(use.target) or 0) > entry.amount.value and use.target.operator not in LOWER


def _cost_differs(use: Use, entry: Listed, listed: List, *, sure: bool) -> Finding:
    """Which side is wrong is told by the sum of the list: a list that adds up is right."""
    value = money(use.target) or 0
    difference = value - entry.amount.value
    sure = sure and speaks_of_budget(use) and (_over(use, entry) or speaks_of_all(use))
    places = (use.location("suspect"), entry.location("proof"))
    if not listed.complete:
        places = (entry.location("suspect"), use.location("proof"))
    return Finding(
        "OB505",
        f"说明列出的项目“{entry.name}”{'（上年结转）' if entry.carried else ''}为 {entry.text}，"
        f"{use.where}为 {use.target.text}，相差 {show(abs(difference))} 万元。请核对批复的预算数，改正其中一处。",
        places,
        ("form-amount", use.form.key),
        expected=entry.text,
        actual=use.target.text,
        difference=f"{show(difference)}万元",
        severity=Severity.ERROR if sure else Severity.WARNING,
    )


def _finding(pair: Pair, document: Document, *, sure: bool) -> Finding:
    fund = year_total(pair.form)
    right, wrong = pair.project.amount, figure(fund)
    assert fund is not None
    assert right is not None
    assert wrong is not None
    sure = (
        sure
        and pair.sure
        and pair.project.row.statement.reliable
        and (not document.source.scanned or (_twice(pair) and not lacking(document)))
    )
    difference = wrong.value - right.value
    return Finding(
        "OB505",
        f"“{pair.form.name}”在《{pair.project.row.statement.title}》中为 {show(right.value)} 万元，"
        f"绩效目标表的年度资金总额为 {show(wrong.value, Unit.YUAN)} 元（{show(wrong.value)} 万元），"
        f"相差 {show(abs(difference))} 万元。请核对批复的预算数，改正其中一处。",
        (
            Location(
                fund.place,
                f"{pair.form.name}绩效目标表",
                fund.label,
                "年度资金总额",
                show(wrong.value, Unit.YUAN),
                "suspect",
            ),
            pair.project.location("proof"),
        ),
        ("form-amount", pair.form.key),
        expected=f"{show(right.value)}万元",
        actual=f"{show(wrong.value)}万元",
        difference=f"{show(difference)}万元",
        severity=Severity.ERROR if sure else Severity.WARNING,
    )


def _twice(pair: Pair) -> bool:
    """Whether the form prints the amount a second time among its parts, so that it is not misread."""
    total = year_total(pair.form)
    return total is not None and any(
        fund.amount == total.amount for fund in pair.form.form.funds if fund is not total and not fund.period
    )


RULE = Rule(
    code="OB505",
    name="form-amount-differs",
    title="项目金额与绩效目标表不一致",
    severity=Severity.ERROR,
    basis=GROUND_OPEN,
    what="同一个项目，项目支出预算表的金额与绩效目标表的年度资金总额，超过四舍五入的差。"
    "名称只是近似，或者扫描件里金额只出现一次的，为警告。没有项目支出预算表的，用说明中逐个列出的项目金额"
    "与绩效目标表的成本指标比较。",
    why="绩效目标是按这笔钱设的；两处金额不同，目标和预算就不再对应。",
    bad="项目支出预算表: 机房维护费 18.76（万元）\n绩效目标表: 机房维护费 年度资金总额 188,000（元）",
    good="项目支出预算表: 机房维护费 18.80（万元）\n绩效目标表: 机房维护费 年度资金总额 188,000（元）",
    mend="以批复的预算数为准，改正项目支出预算表或绩效目标表。",
    check=check,
)
