"""Everything known while one disclosure is composed: the book, its cells, named figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from openbook.book.model import BudgetBook
from openbook.composing.cells import Spec, Sums, account_cells, cells_of, round_sets, specs_of
from openbook.composing.facts import chosen, facts_of
from openbook.composing.figures import Amount, LastYear, Named, amount_of, named_figures
from openbook.composing.layout import Build
from openbook.composing.plan import Facts, Plan, plan_statement
from openbook.disclosure import Cell
from openbook.money import Unit

_WAN = (Unit.WAN, 2)


@dataclass(slots=True)
class Work:
    """One disclosure in the making. `far`: addresses that could not be kept within one step."""

    book: BudgetBook
    build: Build
    level: str
    unit: str  # whose disclosure it is, "" for the department's
    facts: Facts
    plans: list[Plan]
    cells: dict[str, Cell]
    last_year: LastYear
    sets: dict[int, str]  # set of facts -> an address that prints it
    prose: Sums  # sums in the step of the main statements, of figures that only prose speaks of
    far: list[str] = field(default_factory=list)

    def figure(self, named: Named) -> Amount:
        """A named figure: the cell that prints it, else the sum of its facts."""
        for address in named.cells:
            if address in self.cells:
                return amount_of(self.cells[address], named.name, named.topic)
        return self.sum_of(named.name, named.words, named.topic)

    def sum_of(self, name: str, words: str, topic: str = "") -> Amount:
        """The sum of the facts that `words` choose; they must be among `prose_words`."""
        return self.set_amount(self.facts.choose(words), name, topic, words)

    def set_amount(self, members: int, name: str, topic: str = "", words: str = "") -> Amount:
        address = self.sets.get(members)
        if address is not None:
            return amount_of(self.cells[address], name, topic)
        sums = self.prose
        origins = tuple(dict.fromkeys(fact.origin for fact in self.facts.members(members)))
        cell = Cell(
            f"sum/{words or name}",
            sums.exact[members],
            sums.printed[members],
            sums.unit,
            sums.decimals,
            origins,
        )
        self.cells.setdefault(cell.address, cell)
        return amount_of(self.cells[cell.address], name, topic)


def begin(book: BudgetBook, build: Build, level: str, unit: str) -> Work:
    """Plan every statement, sum and round all figures. `unit`: the unit to speak of, "" for all of them."""
    units = {unit} if unit else {one.name for one in book.units}
    facts = Facts(book, [fact for fact in facts_of(book) if fact.unit in units], units)
    plans = [plan_statement(template, build, facts, level) for template in build.templates]
    specs = specs_of(plans, facts)
    places: dict[tuple[Unit, int], dict[int, int]] = {}
    for spec in specs:
        sets = places.setdefault((spec.unit, spec.decimals), {})
        sets[spec.facts] = sets.get(spec.facts, 0) + 1
    main = (build.templates[0].unit, build.templates[0].decimals)
    for members in _prose_sets(book, facts):
        places.setdefault(main, {}).setdefault(members, 1)
    sums = {step: round_sets(facts, sets, *step) for step, sets in places.items()}
    cells = cells_of(specs, sums, facts)
    cells.update(account_cells(plans, facts, sums))
    return Work(
        book, build, level, unit, facts, plans, cells, LastYear(book, unit), _printed_sets(specs, main), sums[main],
        [spec.address for spec in specs if spec.facts in sums[spec.unit, spec.decimals].far],
    )  # fmt: skip


def _printed_sets(specs: list[Spec], main: tuple[Unit, int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for spec in specs:
        if (spec.unit, spec.decimals) == main:
            found.setdefault(spec.facts, spec.address)
    return found


def _prose_sets(book: BudgetBook, facts: Facts) -> list[int]:
    """Sets that only the prose or the forms speak of: rounded with the rest, so that they agree with it."""
    found = [facts.choose(named.words) for named in named_figures().values()]
    found += [
        facts.choose(f"appropriation spent {code}") for code in {fact.function: None for fact in facts.facts}
    ]
    for project in book.projects:
        found += [facts.choose(f"project:{project.code}")]
        found += [facts.choose(f"project:{project.code} {period}") for period in ("current", "carryover")]
    return [members for members in dict.fromkeys(found) if members]


def functions_in(work: Work, words: str) -> dict[str, int]:
    """The items of the functional classification that the chosen facts speak of, with their sets."""
    found: dict[str, int] = {}
    for fact in chosen(work.facts.facts, words):
        found[fact.function] = found.get(fact.function, 0) | work.facts.where([fact])
    return dict(sorted(found.items()))
