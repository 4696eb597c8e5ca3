"""OB505: the amount of a project differs between the projects statement and its performance form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import Unit, show
from openbook.rules.ob5_forms import GROUND_OPEN
from openbook.rules.ob5_projects import Pair, amounts, equal, figure, fold, matching, year_total


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
        yield _finding(pair, context.document.source.scanned)


def _finding(pair: Pair, scanned: bool) -> Finding:
    fund = year_total(pair.form)
    right, wrong = pair.project.amount, figure(fund)
    assert fund is not None
    assert right is not None
    assert wrong is not None
    sure = pair.sure and pair.project.row.statement.reliable and (not scanned or _twice(pair))
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
    "名称只是近似，或者扫描件里金额只出现一次的，为警告。",
    why="绩效目标是按这笔钱设的；两处金额不同，目标和预算就不再对应。",
    bad="项目支出预算表: 机房维护费 18.76（万元）\n绩效目标表: 机房维护费 年度资金总额 188,000（元）",
    good="项目支出预算表: 机房维护费 18.80（万元）\n绩效目标表: 机房维护费 年度资金总额 188,000（元）",
    mend="以批复的预算数为准，改正项目支出预算表或绩效目标表。",
    check=check,
)
