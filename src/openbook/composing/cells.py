"""The figures of all statements at once: true sums, and the printed values that add up.

Every cell is the sum of a set of facts. Facts that stand in exactly the same cells form an atom; the
atoms are rounded together (`openbook.rounding`), and each printed cell is the sum of its rounded atoms:
whatever holds between sums of facts holds between printed cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openbook.composing.facts import ROWS, Fact, chosen
from openbook.composing.plan import Facts, Plan, Row
from openbook.disclosure import Cell, Origin, step
from openbook.money import Unit
from openbook.rounding import Problem, controlled
from openbook.rounding.apportion import share_out


@dataclass(slots=True)
class Sums:
    """Printed values by set of facts, for one resolution; `far`: sets beyond one step of the truth."""

    unit: Unit
    decimals: int
    printed: dict[int, int]
    exact: dict[int, int]
    far: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Spec:
    """A cell before it has a value."""

    address: str
    facts: int
    unit: Unit
    decimals: int
    row: Row
    column: str
    plan: Plan


def specs_of(plans: Iterable[Plan], facts: Facts) -> list[Spec]:
    """Every figure of every statement, with its set of facts."""
    found = []
    for plan in plans:
        template = plan.template
        halves = plan.halves()
        for printed_row in plan.rows:
            for row, columns in zip(printed_row, halves, strict=False):
                if row is None or row.accounts or (row.key == "total" and not row.facts and len(halves) > 1):
                    continue
                for column in columns:
                    if column.words is not None:
                        members = row.facts & facts.choose(column.words)
                        address = f"{template.kind}/{row.key}/{column.key}"
                        found.append(
                            Spec(address, members, template.unit, template.decimals, row, column.key, plan)
                        )
    return found


def round_sets(facts: Facts, sets: Mapping[int, int], unit: Unit, decimals: int) -> Sums:
    """Round all sets of facts together; `sets` maps each to the number of places it is printed."""
    wanted = [members for members in sets if members]
    atoms = _atoms(wanted)
    exact_of = {members: sum(fact.amount for fact in facts.members(members)) for members in (*wanted, *atoms)}
    holders: dict[int, list[int]] = {members: [] for members in wanted}
    for index, atom in enumerate(atoms):
        for members in wanted:
            if atom & members:
                holders[members].append(index)
    rounded = controlled(
        Problem(
            atoms=tuple(exact_of[atom] for atom in atoms),
            cells=tuple(tuple(holders[members]) for members in wanted),
            step=step(unit, decimals),
            weights=tuple(sets[members] for members in wanted),
        )
    )
    printed = dict(zip(wanted, rounded.printed, strict=True))
    far = [wanted[index] for index in rounded.relaxed]
    return Sums(unit, decimals, {0: 0, **printed}, {0: 0, **{m: exact_of[m] for m in wanted}}, far)


def _atoms(sets: Iterable[int]) -> list[int]:
    """The finest sets that tell the given ones apart, in the order of their first fact."""
    everything = 0
    for members in sets:
        everything |= members
    groups = [everything] if everything else []
    for members in sets:
        groups = [part for group in groups for part in (group & members, group & ~members) if part]
    return sorted(groups, key=lambda group: group & -group)


def cells_of(specs: list[Spec], sums: Mapping[tuple[Unit, int], Sums], facts: Facts) -> dict[str, Cell]:
    """The cells of the statements, with where each figure comes from and what it is the sum of."""
    by_address = {spec.address: spec for spec in specs}
    revenue = _revenue_facts(facts)
    cells: dict[str, Cell] = {}
    for spec in specs:
        rounded = sums[spec.unit, spec.decimals]
        cells[spec.address] = Cell(
            spec.address,
            rounded.exact[spec.facts],
            rounded.printed[spec.facts],
            spec.unit,
            spec.decimals,
            _origins(spec, facts, revenue),
            _parts(spec, by_address),
            spec.decimals == 0,
        )
    return cells


def _revenue_facts(facts: Facts) -> list[Fact]:
    """The book's revenue lines in the shape of facts, so that the same words choose among them."""
    return [
        Fact(Origin("revenue", index), line.amount, line.unit, True, "", "", line.source, "", "", line.period)
        for index, line in enumerate(facts.book.revenue)
    ]


def _origins(spec: Spec, facts: Facts, revenue: list[Fact]) -> tuple[Origin, ...]:
    """The lines of the book that the figure is the sum of; revenue lines where it speaks of revenue."""
    if spec.row.key.startswith("rev."):
        words = f"{spec.plan.template.scope} {ROWS[spec.row.key]}"
        return tuple(fact.origin for fact in chosen(revenue, words) if fact.unit in facts.units)
    return tuple(dict.fromkeys(fact.origin for fact in facts.members(spec.facts)))


def _parts(spec: Spec, specs: Mapping[str, Spec]) -> tuple[str, ...]:
    """Cells of the same statement that the figure is the sum of: the rows below it, else the columns beside."""
    kind = spec.plan.template.kind
    below = [f"{kind}/{key}/{spec.column}" for key in spec.row.parts]
    if _partition(spec, below, specs):
        return tuple(address for address in below if address in specs)
    if spec.column in ("total", "current"):
        columns = [c.key for c in spec.plan.columns if c.words is not None and c.key != spec.column]
        beside = [f"{kind}/{spec.row.key}/{key}" for key in columns if key not in ("total", "current")]
        beside = [address for address in beside if address in specs and specs[address].facts]
        for trial in (beside, [a for a in beside if not a.endswith("/carryover")]):
            if _partition(spec, trial, specs):
                return tuple(trial)
    return ()


def _partition(spec: Spec, parts: Iterable[str], specs: Mapping[str, Spec]) -> bool:
    """Whether the parts that are printed make up the whole, none of it twice."""
    union, count = 0, 0
    for address in parts:
        part = specs.get(address)
        if part is None:
            continue
        if union & part.facts:
            return False
        union |= part.facts
        count += 1
    return count > 0 and union == spec.facts and bool(spec.facts)


def account_cells(
    plans: Iterable[Plan], facts: Facts, sums: Mapping[tuple[Unit, int], Sums]
) -> dict[str, Cell]:
    """Figures by revenue account: the printed total, shared out level by level so that it adds up."""
    cells: dict[str, Cell] = {}
    for plan in plans:
        rows = {half.key: half for row in plan.rows for half in row if half is not None and half.accounts}
        if "total" not in rows:
            continue
        template = plan.template
        total = sums[template.unit, template.decimals].printed[facts.choose(template.scope)]
        printed = {"total": total}
        for key in ["total", *(key for key in rows if key != "total")]:
            parts = rows[key].parts
            if parts:
                exact = [_account_sum(rows[part], facts) for part in parts]
                exact.append(_account_sum(rows[key], facts) - sum(exact))  # lines of the account itself
                shares = share_out(printed[key], exact, step(template.unit, template.decimals))
                printed.update(zip(parts, shares, strict=False))
        for key, row in rows.items():
            address = f"{template.kind}/{key}/amount"
            cells[address] = Cell(
                address,
                _account_sum(row, facts),
                printed[key],
                template.unit,
                template.decimals,
                tuple(Origin("revenue", index) for index in row.accounts),
                tuple(f"{template.kind}/{part}/amount" for part in row.parts if _complete(row, rows)),
                template.decimals == 0,
            )
    return cells


def _complete(row: Row, rows: Mapping[str, Row]) -> bool:
    """Whether every revenue line of the row stands in one of its parts."""
    return {index for part in row.parts for index in rows[part].accounts} == set(row.accounts)


def _account_sum(row: Row, facts: Facts) -> int:
    return sum(facts.book.revenue[index].amount for index in row.accounts)
