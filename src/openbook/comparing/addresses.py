"""Addresses of figures and the names in them: kind, row, column; units and projects that were renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openbook.book.model import BudgetBook
from openbook.writing.data import Published, PublishedCell

_LABEL = re.compile(r"^《(?P<title>.*?)》“(?P<row>.*)”行“(?P<column>.*)”栏$")


def split(address: str) -> tuple[str, str, str]:
    """Statement kind, row key, column key; a name in the row key may hold a slash itself."""
    kind, _, rest = address.partition("/")
    row, _, column = rest.rpartition("/")
    return kind, row, column


def labelled(label: str) -> tuple[str, str, str]:
    """Title, row and column as a figure's label tells them; "" for what no statement shows."""
    found = _LABEL.match(label)
    return (found["title"], found["row"], found["column"]) if found else ("", "", "")


def project_code(row: str) -> str:
    """The code in a row key ``project:UNIT:CODE``, "" in others."""
    return row.rpartition(":")[2] if row.startswith("project:") else ""


def project_names(cells: Mapping[str, PublishedCell]) -> dict[str, str]:
    """The name of each project that a statement lists, by its code."""
    found: dict[str, str] = {}
    for address, cell in cells.items():
        if code := project_code(split(address)[1]):
            found.setdefault(code, labelled(cell.label)[1])
    return found


@dataclass(frozen=True, slots=True)
class Renames:
    """What the old side calls otherwise: old project code -> new one, old unit name -> new one."""

    projects: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def unit(self, name: str) -> str:
        return self.units.get(name, name)

    def project(self, code: str) -> str:
        return self.projects.get(code, code)

    def address(self, address: str) -> str:
        """The old side's address as the new side would write it."""
        if address.startswith("sum/project:"):
            code, blank, rest = address.removeprefix("sum/project:").partition(" ")
            return f"sum/project:{self.project(code)}{blank}{rest}"
        kind, row, column = split(address)
        if row.startswith("unit:"):
            row = f"unit:{self.unit(row.removeprefix('unit:'))}"
        elif row.startswith("project:"):
            unit, _, code = row.removeprefix("project:").rpartition(":")
            row = f"project:{self.unit(unit)}:{self.project(code)}"
        else:
            return address
        return f"{kind}/{row}/{column}"


def renames_of_books(old: BudgetBook, new: BudgetBook) -> Renames:
    """Projects of one name are one project, whatever their codes; then those of one code. Units by name, code."""
    projects = pairs_of(
        [(project.code, project.name) for project in old.projects],
        [(project.code, project.name) for project in new.projects],
    )
    units = _renamed_units(old, new)
    return Renames(projects, units)


def renames_of_builds(old: Published, new: Published) -> Renames:
    """Of two builds the projects' names are known where a statement lists them."""
    before, after = project_names(old.cells), project_names(new.cells)
    return Renames(pairs_of(before.items(), after.items()))


def pairs_of(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Code of the old -> code of the new: both the same, else the name, else the code; each only once."""
    left, right = list(old), list(new)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for parts in (slice(0, 2), slice(1, 2), slice(0, 1)):  # both, the name, the code
        for before in left:
            if before[0] in found:
                continue
            free = (one for one in right if one[0] not in taken)
            after = next((one for one in free if one[parts] == before[parts]), None)
            if after is not None:
                found[before[0]] = after[0]
                taken.add(after[0])
    gone = [code for code, _ in left if code not in found]
    return found | {code: f"{code}（原）" for code in gone if code in taken}


def _renamed_units(old: BudgetBook, new: BudgetBook) -> dict[str, str]:
    names = {unit.name for unit in new.units}
    before = {unit.name for unit in old.units}
    by_code = {unit.code: unit.name for unit in new.units if unit.code and unit.name not in before}
    return {
        unit.name: by_code[unit.code] for unit in old.units if unit.name not in names and unit.code in by_code
    }
