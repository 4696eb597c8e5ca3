"""OB302: a share does not come out of the amounts it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.intervals import ONE, Span, share_holds, show_percent
from openbook.narrative.vocabulary import fold
from openbook.rules.ob3_claims import GROUND, called, cells_span, key_of, known, of_this_year, stated

_WHOLES = {
    "revenue": (("summary", "rev.total", "amount"), ("summary", "rev.current", "amount")),
    "expenditure": (("expenditure", "total", "total"), ("summary", "exp.current", "current")),
    "change": (("summary", "rev.total", "amount"), ("expenditure", "total", "total")),
    "overview": (("summary", "rev.total", "amount"), ("expenditure", "total", "total")),
    "general": (("general_expenditure", "total", "total"),),
}


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    complete = _adding_up(document)
    for claim in stated(document, "share"):
        part, whole = claim.of, claim.whole
        if part is None or whole is None or part.hedged or whole.hedged or _names_other_whole(claim):
            continue
        if not of_this_year(document, part) or not of_this_year(document, whole):
            continue
        half = claim.half * (2 if id(claim) in complete else 1)
        share = Span((claim.value or 0) - half, (claim.value or 0) + half)
        others = [other for other in claim.others if not other.hedged]
        wholes = [known(whole), *map(known, others), *_natural(document, claim)]
        if not any(share_holds(known(part), other, share) for other in wholes):
            yield _finding(claim, part, whole)


def _adding_up(document: Document) -> set[int]:
    """Shares that together are exactly 100 %: one of them may carry the tail of the others' rounding."""
    groups: dict[tuple[int, int, int], list[Claim]] = {}
    for claim in stated(document, "share"):
        if claim.whole is not None:
            groups.setdefault((id(claim.whole), id(claim.paragraph), claim.listing), []).append(claim)
    whole = [group for group in groups.values() if sum(claim.value or 0 for claim in group) == ONE]
    return {id(claim) for group in whole for claim in group}


def _names_other_whole(claim: Claim) -> bool:
    """占一般公共预算支出60%: a total of its own that is not the leading one."""
    words = fold(claim.basis).removeprefix("比").removesuffix("为").removesuffix("约").removesuffix("的")
    return len(words) > 2 and words not in ("总收入", "总支出", "总额", "收入总额", "支出总额")


def _natural(document: Document, claim: Claim) -> list[Span]:
    """Totals of the statements that a share may also be measured against."""
    topic = claim.section.topic if claim.section else None
    found: list[Span] = []
    for path in _WHOLES.get(topic or "", ()):
        cell = document.cell(*path)
        if cell is not None and cell.amount:
            found.append(cells_span([cell]))
    return found


def _finding(claim: Claim, part: Claim, whole: Claim) -> Finding:
    right = show_percent(part.value or 0, whole.value or 1)
    return Finding(
        "OB302",
        f"说明中{called(claim)}{part.text}占{whole.text}的{right}，写成了{claim.text}。"
        "请按“本项金额÷合计金额”重新计算占比。",
        (Location.claim(claim), Location.claim(part, "proof"), Location.claim(whole, "proof")),
        ("share", *key_of(claim)),
        expected=right,
        actual=claim.text,
        severity=Severity.WARNING if claim.guess else Severity.ERROR,
    )


RULE = Rule(
    code="OB302",
    name="wrong-share",
    title="说明中的占比算错",
    severity=Severity.ERROR,
    basis=GROUND,
    what="“占……%”与同一句中的本项金额、合计金额对不上。按金额和占比各自四舍五入的范围判断，"
    "范围内有一组真数能算出所写占比的，不算错；各项占比合计恰为100%的，允许其中一项为凑足100%差不到一个末位。",
    why="占比是读者看结构的依据，算错了结构就看错了。",
    bad="2023年度支出预算2,804.37万元，其中：基本支出504.82万元，占28.00%；项目支出2,299.56万元，占82.00%",
    good="2023年度支出预算2,804.37万元，其中：基本支出504.82万元，占18.00%；项目支出2,299.56万元，占82.00%",
    mend="用本项金额除以合计金额，保留两位小数。",
    check=check,
)
