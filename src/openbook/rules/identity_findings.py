"""Findings about identities: what the OB2xx rules share, from a located fault to its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openbook.document import Cell
from openbook.findings import Context, Finding, Location, Severity
from openbook.money import Unit, show
from openbook.statements.verdicts import Judged, Repair, Verdict, Verdicts
from openbook.statements.words import fold

_MOST_SUSPECTS = 6
_MOST_PROOFS = 24
_DOUBTFUL_SHARE = 0.3
_DOUBTFUL_NUMBER = 6
MANY_ROWS = 3  # so many rows or parts are not forgotten: a scanner lost a piece of the page


def findings(context: Context, code: str, families: frozenset[str]) -> Iterator[Finding]:
    """One finding for each located fault whose plainest broken equation belongs to `families`."""
    verdicts = context.verdicts
    if verdicts is None or not verdicts.repairs:
        return
    doubtful, astray = doubtful_statements(context, verdicts), _astray(verdicts)
    scanned = context.document.source.scanned
    for repair in verdicts.repairs:
        plainest = _plainest(repair)
        if plainest.equation.identity.family not in families or _blank_total(repair):
            continue
        yield describe(code, repair, plainest, _severity(repair, doubtful, astray, scanned))


def _plainest(repair: Repair) -> Judged:
    """The equation a reader checks most easily: fewest printed figures, inside the suspect's own table."""
    own = repair.suspects[0].row.statement if repair.suspects else None

    def order(item: Judged) -> tuple[bool, bool, int]:
        outside = any(cell.row.statement is not own for _, cell in item.equation.terms)
        figures = sum(1 for _, cell in item.equation.terms if cell.amount)
        return item.equation.identity.evidence, own is not None and outside, figures

    return min(repair.broken, key=order)


def _blank_total(repair: Repair) -> bool:
    """A total left blank is OB106, said in its own words."""
    return bool(repair.suspects) and is_blank_total(repair.suspects[0])


def is_blank_total(cell: Cell) -> bool:
    key = cell.row.key
    return cell.amount is None and (key == "total" or key.endswith((".total", ".current")))


def doubtful_statements(context: Context, verdicts: Verdicts) -> set[str]:
    """Statements of scanned text in which so much is broken that the reading is likelier wrong than the table."""
    if not context.document.source.scanned or not (
        verdicts.repairs or verdicts.conflicts or verdicts.missing
    ):
        return set()
    cached = context.document.cache.get("doubtful")
    if not isinstance(cached, set):
        cached = context.document.cache["doubtful"] = _doubtful(verdicts)
    return cached


def _doubtful(verdicts: Verdicts) -> set[str]:
    broken = Counter(
        kind for item in verdicts.judged if item.verdict is Verdict.BROKEN for kind in _kinds(item)
    )
    many = {kind for kind, count in broken.items() if count >= _DOUBTFUL_NUMBER}
    lost = Counter(missing.statement.kind for missing in verdicts.missing)
    found = _lost_rows(verdicts) | {kind for kind, count in lost.items() if count >= MANY_ROWS}
    if many:
        judged = Counter(kind for item in verdicts.judged for kind in _kinds(item))
        found |= {kind for kind in many if broken[kind] > _DOUBTFUL_SHARE * judged[kind]}
    return found


def _kinds(item: Judged) -> set[str]:
    """The statements an equation speaks of."""
    return {cell.row.statement.kind for _, cell in item.equation.terms}


def _lost_rows(verdicts: Verdicts) -> set[str]:
    """Statements whose accounts lack parts in several places: a scanner lost rows."""
    short: dict[str, set[str]] = {}
    for item in verdicts.judged:
        cell = item.equation.terms[0][1]
        if item.verdict is Verdict.BROKEN and item.equation.identity.form == "tree" and item.residual > 0:
            short.setdefault(cell.row.statement.kind, set()).add(cell.row.key)
    return set(short) if sum(map(len, short.values())) >= MANY_ROWS else set()


def _severity(repair: Repair, doubtful: set[str], astray: set[int], scanned: bool) -> Severity:
    """An error is proven: not by usage alone, not by a table whose columns were guessed or garbled."""
    if scanned and (_moved(repair) or id(repair) in astray):
        return Severity.WARNING
    proven = [item for item in repair.broken if _proves(item, doubtful)]
    return Severity.ERROR if proven else Severity.WARNING


def _astray(verdicts: Verdicts) -> set[int]:
    """Pairs of faults that are one: a figure too many in a row, and a blank in it that lacks just that figure."""
    found: set[int] = set()
    known = [one for one in verdicts.repairs if one.suspects and one.low is not None and one.high is not None]
    for more in known:
        cell = more.suspects[0]
        if not cell.amount or not (more.low or 0) <= 0 <= (more.high or 0):
            continue
        for less in known:
            blank = less.suspects[0]
            if blank.row is cell.row and blank.amount is None and _between(less, cell.amount):
                found |= {id(more), id(less)}
    return found


def _between(repair: Repair, amount: int) -> bool:
    return repair.low is not None and repair.high is not None and repair.low <= amount <= repair.high


def _moved(repair: Repair) -> bool:
    """Whether what is missing is a whole figure that stands beside a blank: a scanner may have moved it."""
    if repair.low is not None or len(repair.broken) < 2:
        return False
    rows: dict[int, list[Cell]] = {}
    for item in repair.broken:
        for _, cell in item.equation.terms:
            rows.setdefault(id(cell.row), []).append(cell)
    return any(
        cell.amount and all(abs(abs(item.residual) - cell.value) <= item.slack for item in repair.broken)
        for cells in rows.values()
        if any(cell.amount is None for cell in cells)
        for cell in cells
    )


_BY_USAGE = frozenset({"X33", "X34"})


def _proves(item: Judged, doubtful: set[str]) -> bool:
    identity = item.equation.identity
    if identity.evidence or identity.id in _BY_USAGE:
        return False
    return all(
        cell.row.statement.reliable and cell.row.statement.kind not in doubtful
        for _, cell in item.equation.terms
    )


def describe(code: str, repair: Repair, plainest: Judged, severity: Severity) -> Finding:
    """The fault in words, with the suspect first and every figure of the broken equations as proof."""
    unit = unit_of(plainest)
    left, right = sides(plainest)
    sense = "应不小于" if plainest.equation.at_least else "应等于"
    equation = f"{plainest.equation.identity.title}：左边 {show(left, unit)}，右边 {show(right, unit)}，{sense}而相差"
    message = f"{equation} {show(abs(left - right), unit)} {unit.value}，超出四舍五入所能解释的 {show(plainest.slack, unit)}。"
    certain = len(repair.suspects) == 1
    expected = actual = difference = None
    if repair.suspects and repair.low is not None and repair.high is not None:
        suspect = repair.suspects[0]
        value = printed_between(repair.low, repair.high, suspect.half)
        own = suspect.row.statement.unit
        expected = f"{show(value, own)} {own.value}"
        actual = f"{show(suspect.value, own)} {own.value}" if suspect.amount is not None else ""
        difference = f"{show(suspect.value - value, own)} {own.value}"
        if certain:
            blank = "空白" if suspect.amount is None else f"印作 {suspect.text}"
            message = (
                f"{suspect.describe()}{blank}，按其余数字推算应为 {expected}（相差 {difference}）。{message}"
            )
    names = "；".join(cell.describe() for cell in repair.suspects[:_MOST_SUSPECTS])
    if names and repair.low is None:
        message += f"没有哪个数字单独改正即可全部相符，最少的改法包括改正：{names}。"
    elif names and not certain:
        message += f"改正下列任一数字即可全部相符：{names}。"
    if len(repair.broken) > 1:
        message += f"因此不成立的勾稽关系共 {len(repair.broken)} 条。"
    return Finding(
        code,
        message,
        locations(repair.suspects, repair.broken),
        ("identity", *plainest.equation.key, *(_name(cell) for cell in repair.suspects[:1])),
        expected if certain else f"{show(right, unit)} {unit.value}",
        actual if certain else f"{show(left, unit)} {unit.value}",
        difference if certain else f"{show(left - right, unit)} {unit.value}",
        severity,
        plainest.equation.identity.basis,
    )


def _name(cell: Cell) -> str:
    return f"{cell.row.statement.kind}/{cell.row.key}/{cell.column.key}"


def locations(suspects: list[Cell], broken: list[Judged]) -> tuple[Location, ...]:
    """Suspects first, then every figure of the broken equations that is printed, once each."""
    listed = {id(cell) for cell in suspects[:_MOST_SUSPECTS]}
    found = [Location.of(cell, "suspect") for cell in suspects[:_MOST_SUSPECTS]]
    for item in broken:
        for position, (_, cell) in enumerate(item.equation.terms):
            if id(cell) not in listed and (cell.amount is not None or position == 0):
                listed.add(id(cell))
                found.append(Location.of(cell, "proof"))
    return tuple(found[: _MOST_PROOFS + len(suspects)])


def unit_of(item: Judged) -> Unit:
    """The unit most of the equation is printed in."""
    return Counter(cell.row.statement.unit for _, cell in item.equation.terms).most_common(1)[0][0]


def sides(item: Judged) -> tuple[int, int]:
    """Sum of the left and of the right side in li."""
    left = sum(cell.value for sign, cell in item.equation.terms if sign > 0)
    return left, left - item.residual


def printed_between(low: int, high: int, half: int) -> int:
    """The printed value nearest the middle of an interval, on the grid a cell of this resolution has."""
    step = 2 * half
    middle = (low + high) // 2
    value = (middle + half) // step * step
    return value if low <= value <= high else middle


def cell_title(cell: Cell) -> str:
    return fold(cell.row.statement.title)
