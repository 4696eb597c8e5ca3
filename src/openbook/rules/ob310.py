"""OB310: the items explained one by one do not cover the statement."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Cell, Claim, Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob3_claims import GROUND, of_this_year, span, stated, wan

_LEAST_ITEMS = 2
_ITEM_DIGITS = 7
_KINDS = ("general_expenditure", "fund_expenditure", "state_capital")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    items = _items(document)
    if len(items) < _LEAST_ITEMS:
        return
    cells = _rows(document, _kinds(items))
    if not cells:
        return
    yield from _unknown(items)
    missing = [cell for code, cell in cells.items() if f"item:{code}" not in items]
    known = all(not claim.guess for claim in items.values())
    if missing and known:
        yield _missing(items, missing)
    excess = _excess(document, items)
    if excess:
        yield excess


def _items(document: Document) -> dict[str, Claim]:
    """The first amount of each functional item."""
    found: dict[str, Claim] = {}
    for claim in stated(document, "amount"):
        if (claim.concept or "").startswith("item:") and of_this_year(document, claim):
            found.setdefault(claim.concept or "", claim)
    return found


def _kinds(items: dict[str, Claim]) -> tuple[str, ...]:
    """Under a heading on the general budget only its own items are explained."""
    topics = {claim.section.topic if claim.section else None for claim in items.values()}
    return _KINDS[:1] if topics == {"general"} else _KINDS


def _rows(document: Document, kinds: tuple[str, ...]) -> dict[str, Cell]:
    """Items (项) with a figure in the statements of appropriations."""
    found: dict[str, Cell] = {}
    for kind in kinds:
        statement = document.statement(kind)
        for row in statement.rows if statement and statement.reliable else ():
            cell = row.cells.get("total")
            if row.code and len(row.code) == _ITEM_DIGITS and cell and cell.amount:
                found[row.code] = cell
    return found


def _unknown(items: dict[str, Claim]) -> Iterator[Finding]:
    for claim in items.values():
        if claim.guess and claim.value:
            yield Finding(
                "OB310",
                f"说明写了{claim.subject}{claim.text}，但一般公共预算支出表和政府性基金支出表中找不到这个科目。"
                "请核对科目名称和所属的类、款。",
                (Location.claim(claim),),
                ("item-not-in-statement", claim.concept or ""),
                actual=claim.subject,
            )


def _missing(items: dict[str, Claim], missing: list[Cell]) -> Finding:
    names = "、".join(f"{cell.row.code} {cell.row.name}（{wan(cell.value)}）" for cell in missing)
    last = list(items.values())[-1]
    return Finding(
        "OB310",
        f"逐项说明财政拨款支出时，表中有金额的{names}没有说明。请补上这{'几' if len(missing) > 1 else '一'}项。",
        (Location.claim(last), *(Location.of(cell) for cell in missing)),
        ("item-not-explained", *sorted(cell.row.code or "" for cell in missing)),
        expected=names,
    )


def _excess(document: Document, items: dict[str, Claim]) -> Finding | None:
    """The items explained are parts of the total: together they cannot be more."""
    wholes = [
        claim
        for claim in stated(document, "amount")
        if claim.concept in ("exp.appropriation", "exp.general") and of_this_year(document, claim)
    ]
    if not wholes or any(claim.guess for claim in items.values()):
        return None
    whole = max(wholes, key=lambda claim: claim.value or 0)
    low = sum(span(claim).low for claim in items.values())
    total = sum(claim.value or 0 for claim in items.values())
    if low <= span(whole).high:
        return None
    return Finding(
        "OB310",
        f"逐项说明的{len(items)}个科目合计{wan(total)}，比{whole.subject}{whole.text}多"
        f"{wan(total - (whole.value or 0))}。部分之和不会大于合计，请逐项与预算表核对。",
        (Location.claim(whole), *(Location.claim(claim, "proof") for claim in items.values())),
        ("items-exceed-total", whole.concept or ""),
        expected=whole.text,
        actual=wan(total),
        difference=wan(total - (whole.value or 0)),
        severity=Severity.ERROR,
    )


RULE = Rule(
    code="OB310",
    name="items-do-not-cover-statement",
    title="逐项说明的科目与预算表不符",
    severity=Severity.WARNING,
    basis=GROUND,
    what="按“某（类）某（款）某（项）”逐项说明时，漏了表中有金额的科目，写了表中没有的科目，"
    "或者各科目之和大于财政拨款支出（错误）。",
    why="逐项说明应当与支出表一一对应，多了少了都说不清钱的去向。",
    bad="支出表: 2080502 53.84、2080599 0.70\n说明: 只写了“事业单位离退休（项）”53.84万元",
    good="支出表: 2080502 53.84、2080599 0.70\n说明: 两个科目都写到",
    mend="照一般公共预算支出表和政府性基金支出表逐项补全，删去表中没有的。",
    check=check,
)
