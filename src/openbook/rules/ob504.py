"""OB504: the stated money of projects with targets differs from its parts, the statement or the forms."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import Figure, show
from openbook.rules.ob5_forms import GROUND_OPEN, named
from openbook.rules.ob5_listed import Listed, by_name, numbered
from openbook.rules.ob5_projects import Project, add, equal, figure, fold, lacking, projects, year_total
from openbook.rules.ob5_stated import Stated, stated

_PERCENT = 10**6  # 100 % in 1e-4 percent


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    claims = stated(document)
    published = any(claim.role == "published" for claim in claims)
    for claim in claims:
        if claim.amount is None:
            continue
        yield from _parts(claim, claim.amount)
        if claim.role == "managed":
            yield from _statement(document, claim, claim.amount)
        if claim.role == "published" or not published:
            yield from _forms(document, claim, claim.amount)
        if claim.share is not None:
            yield from _share(document, claim, claim.amount, claim.share)
    listed = numbered(document) if projects(document) else []
    for name, entries in by_name(listed).items():
        yield from _named(document, name, entries)


def _named(document: Document, name: str, entries: list[Listed]) -> Iterator[Finding]:
    """The projects of one name in the list of the explanation, against those of the statement."""
    open_lines = [line for line in projects(document) if fold(line.name) == name and line.amount is not None]
    carried = [line for line in projects(document, "projects_carryover") if fold(line.name) == name]
    lines = open_lines + [line for line in carried if line.amount is not None]
    left = []
    for entry in entries:
        line = next((one for one in open_lines if equal(one.amount, entry.amount)), None)
        if line is not None:
            open_lines.remove(line)
        else:
            left.append(entry)
    whole = add([line.amount for line in lines if line.amount is not None])
    for entry, line in zip(left, open_lines, strict=False):
        if not equal(whole, entry.amount) and not any(equal(one.amount, entry.amount) for one in lines):
            yield _entry_differs(document, entry, line)


def _entry_differs(document: Document, entry: Listed, line: Project) -> Finding:
    assert line.amount is not None
    statement = line.row.statement
    difference = entry.amount.value - line.amount.value
    return Finding(
        "OB504",
        f"说明列出的项目“{entry.name}”为 {entry.text}，《{statement.title}》中为 {show(line.amount.value)} 万元，"
        f"相差 {show(abs(difference))} 万元。请核对批复的预算数，改正其中一处。",
        (entry.location(), line.location("proof")),
        ("listed", line.row.key),
        expected=f"{show(line.amount.value)}万元",
        actual=entry.text,
        difference=f"{show(difference)}万元",
        severity=Severity.ERROR if statement.reliable and not lacking(document) else Severity.WARNING,
    )


def _finding(
    claim: Stated, right: Figure, message: str, proofs: tuple[Location, ...], key: str, severity: Severity
) -> Finding:
    assert claim.amount is not None
    return Finding(
        "OB504",
        message,
        (claim.money(), *proofs),
        ("sum", key, claim.role),
        expected=f"{show(right.value)}万元",
        actual=f"{show(claim.amount.value)}万元",
        difference=f"{show(claim.amount.value - right.value)}万元",
        severity=severity,
    )


def _parts(claim: Stated, amount: Figure) -> Iterator[Finding]:
    parts = [(part, part.amount) for part in claim.parts if part.amount is not None]
    if len(parts) < 2 or len(parts) != len(claim.parts):
        return
    right = add([value for _, value in parts])
    if equal(right, amount):
        return
    shown = " + ".join(part.amount_text for part, _ in parts)
    whole = right.value > amount.value or sum(part.count for part, _ in parts) == claim.count
    yield _finding(
        claim,
        right,
        f"说明称“{claim.text}”{claim.count} 个共 {claim.amount_text}，其中各类金额相加为 {shown} = {show(right.value)} 万元，"
        f"相差 {show(abs(right.value - amount.value))} 万元。请核对总额和各类金额。",
        tuple(part.money("proof") for part, _ in parts),
        "parts",
        Severity.ERROR if whole else Severity.WARNING,
    )


def _statement(document: Document, claim: Stated, amount: Figure) -> Iterator[Finding]:
    """The money of all projects is the total of the projects statement."""
    statement = document.statement("projects")
    lines = projects(document)
    if statement is None or claim.count not in (len(lines), len({fold(line.name) for line in lines})):
        return
    columns = {column.key for column in statement.columns}
    column = "general" if "一般公共预算" in claim.gap and "general" in columns else "total"
    whole = statement.cell("total", column)
    printed = [whole] if whole else [one for line in lines if (one := line.row.cells.get(column))]
    cells = [one for one in printed if one.amount is not None]
    values = [Figure(one.value, one.half) for one in cells]
    if not values or (column == "total" and not whole and len(values) != len(lines)):
        return
    right = add(values)
    listed = [cell for line in lines if (cell := line.row.cells.get(column)) is not None]
    made = add([Figure(one.value, one.half) for one in listed])
    if equal(right, amount) or (equal(made, amount) and not equal(made, right)):
        return  # the lines make the stated sum and not their printed total: that one is wrong
    carried = document.cell("projects_carryover", "total", column)
    if carried is not None and equal(add([right, Figure(carried.value, carried.half)]), amount):
        return  # what was carried over is counted in
    yield _finding(
        claim,
        right,
        f"说明称“{claim.text}”{claim.count} 个共 {claim.amount_text}，《{statement.title}》{len(lines)} 个项目合计 "
        f"{show(right.value)} 万元，相差 {show(abs(right.value - amount.value))} 万元。请核对并改成一致。",
        tuple(Location.of(one) for one in cells[:12]),
        "statement",
        Severity.ERROR if statement.reliable else Severity.WARNING,
    )


def _forms(document: Document, claim: Stated, amount: Figure) -> Iterator[Finding]:
    """The forms attached, where they are as many as stated."""
    forms = [one for one in named(document) if one.form.project is not None]
    funds = [fund for one in forms if (fund := year_total(one)) is not None]
    values = [value for fund in funds if (value := figure(fund)) is not None]
    if not forms or len(forms) != claim.count or len(values) != len(forms):
        return
    right = add(values)
    if equal(right, amount) or ("一般公共预算" in claim.gap and right.value > amount.value):
        return
    yield _finding(
        claim,
        right,
        f"说明称“{claim.text}”{claim.count} 个共 {claim.amount_text}，所附 {len(forms)} 张绩效目标表的年度资金相加为 "
        f"{show(right.value)} 万元，相差 {show(abs(right.value - amount.value))} 万元。请逐张核对金额。",
        tuple(
            Location(fund.place, f"{one.name}绩效目标表", fund.label, "年度", show(value.value), "proof")
            for one, fund, value in zip(forms, funds, values, strict=True)
        )[:20],
        "forms",
        Severity.ERROR if all(one.form.reliable for one in forms) else Severity.WARNING,
    )


def _share(document: Document, claim: Stated, amount: Figure, share: Figure) -> Iterator[Finding]:
    """占项目支出总额的 100%: the amount against the total of the projects statement."""
    cell = document.cell("projects", "total", "total")
    carried = document.cell("projects_carryover", "total", "total")
    if cell is None or not cell.amount or cell.amount <= 0:
        return
    wholes = [cell.amount, cell.amount + (carried.amount or 0)] if carried is not None else [cell.amount]
    if any(_fits(amount, whole, cell.half, share) for whole in wholes):
        return
    real = amount.value * _PERCENT // cell.amount
    yield Finding(
        "OB504",
        f"说明称公开绩效目标的金额 {claim.amount_text} 占项目支出总额的 {claim.share_text}，"
        f"按《{cell.row.statement.title}》合计 {cell.text} 计算应为 {real // 10_000}.{real // 100 % 100:02d}%。请核对金额和占比。",
        (claim.money(), Location.of(cell)),
        ("share", claim.role),
        expected=f"{real // 10_000}.{real // 100 % 100:02d}%",
        actual=claim.share_text,
        severity=Severity.ERROR if cell.row.statement.reliable else Severity.WARNING,
    )


def _fits(amount: Figure, whole: int, half: int, share: Figure) -> bool:
    least = (amount.value - amount.half) * _PERCENT // (whole + half)
    most = -(-(amount.value + amount.half) * _PERCENT // max(1, whole - half))
    return least - share.half <= share.value <= most + share.half


RULE = Rule(
    code="OB504",
    name="target-sum-differs",
    title="绩效目标涉及的金额前后不一致",
    severity=Severity.ERROR,
    basis=GROUND_OPEN,
    what="说明里写的绩效管理项目金额，与同一句里各类金额之和、与项目支出预算表合计、与所附绩效目标表年度资金之和比较，"
    "占比按金额重算；逐项列出的项目金额与项目支出预算表比较。只有个数相同、所比的确是同一批项目时才比较金额；印出位数的四舍五入差不算。",
    why="同一批项目只有一个总额。",
    bad="绩效目标管理的项目2个，金额30.00万元。其中：其他运转类项目1个，18.76万元；特定目标类项目1个，50.00万元。",
    good="绩效目标管理的项目2个，金额68.76万元。其中：其他运转类项目1个，18.76万元；特定目标类项目1个，50.00万元。",
    mend="以项目支出预算表为准，改正说明中的金额和占比，或者改正绩效目标表里的金额。",
    check=check,
)
