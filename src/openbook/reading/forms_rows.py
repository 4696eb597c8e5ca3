"""Rows of indicators of a performance form.

Two layouts are printed. In the single one each column has a role (Hebei, Shanghai). In the double one
the whole period stands to the left and the budget year to the right (Shanxi), and a scanner shifts
rows by a cell or two, so cells are known there by the labels that precede them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from openbook.document import Indicator, Target, Text
from openbook.reading import forms_labels as labels
from openbook.reading.forms_targets import looks_like_value, target
from openbook.source import NOWHERE, Place, RawCell

Filled = list[tuple[int, RawCell]]


@dataclass(slots=True)
class Layout:
    """What the header row of the indicators says about the columns."""

    roles: dict[int, str] = field(default_factory=dict)  # of the single layout
    double: bool = True
    distance: int = 3  # cells between the two second-level labels of the double layout
    start: int = 2  # column of the first second-level label
    bare: bool = False  # the left half has no column for its second-level label


@dataclass(slots=True)
class Half:
    """One side of a row: a second-level label with the name and value after it."""

    level: str | None
    name: RawCell | None = None
    value: RawCell | None = None
    sure: bool = True
    printed: bool = False  # whether the side stands in the row at all


def filled(row: list[RawCell]) -> Filled:
    return [(index, cell) for index, cell in enumerate(row) if cell.text]


def is_indicator(cells: Filled) -> bool:
    """Whether a whole second-level label stands where a row of indicators has it."""
    return any(labels.whole(cell.text) for _, cell in cells[:3])


def layout_of(cells: Filled) -> Layout | None:
    """The layout, if the row is the header of the indicators."""
    roles = [named for index, cell in cells for named in labels.heads(index, cell.text)]
    kinds = [role for _, role in roles]
    if "name" not in kinds or ("value" not in kinds and "level2" not in kinds):
        return None
    seconds = [index for index, role in roles if role == "level2"]
    names = [index for index, role in roles if role == "name"]
    double = len(names) > 1 or ("ground" not in kinds and "level1" in kinds and kinds.count("value") > 1)
    if double:
        distance = names[1] - names[0] if len(names) > 1 else 3
        start = seconds[0] if seconds else names[0]
        return Layout(double=True, distance=distance, start=start, bare=len(seconds) < len(names))
    return Layout(roles=dict(roles), double=False)


def widen(layout: Layout, cells: Filled) -> bool:
    """Take a second header row (符号, 值, 单位 under 指标值) into a single layout."""
    roles = [(index, role) for index, cell in cells if (role := labels.head(cell.text))]
    if layout.double or len(roles) != len(cells) or not {"operator", "unit"} & {role for _, role in roles}:
        return False
    layout.roles.update(roles)
    return True


class Indicators:
    """Collects the indicators of one form, row after row."""

    def __init__(self) -> None:
        self.layout: Layout | None = None
        self.found: list[Indicator] = []
        self.level: str | None = None

    def row(self, row: list[RawCell], cells: Filled) -> bool:
        """Take the row; False if it holds no indicator."""
        if self.layout is not None and not self.layout.double:
            double = _evident(cells)
            if double is None:
                return self._single(row)
            self.layout = double
        return self._double(row, cells)

    # --- each column has a role ---

    def _single(self, row: list[RawCell]) -> bool:
        assert self.layout is not None
        roles = self.layout.roles
        shift = _shift(row, roles)
        if shift:
            roles = {index + shift: role for index, role in roles.items()}
        cells: dict[str, RawCell] = {}
        for index, role in roles.items():
            if 0 <= index < len(row) and row[index].text:
                cells[role] = row[index]
        label = cells.pop("level2", None)
        level = labels.level2(label.text) if label else None
        cells.pop("level1", None)
        cells.pop("weight", None)
        if not cells:
            return label is not None
        if "name" not in cells and "value" not in cells:
            return self._wrapped(cells)
        self._add(cells, level, sure=not shift and (label is None or level is not None))
        return True

    def _add(self, cells: dict[str, RawCell], level: str | None, *, sure: bool) -> None:
        if level is not None:
            self.level = level
        name, value = cells.get("name"), cells.get("value")
        parts = [cells[role].text for role in ("operator", "value", "unit") if role in cells]
        place = value.place if value else (name.place if name else NOWHERE)
        self.found.append(
            Indicator(
                labels.LEVEL1.get(self.level or "", ""),
                self.level or "",
                Text(name.text, name.place) if name else Text("", place),
                None,
                target("".join(parts) if value else "", place),
                description=_text(cells.get("description")),
                ground=_text(cells.get("ground")),
                reliable=sure and name is not None and self.level is not None,
            )
        )

    def _wrapped(self, cells: dict[str, RawCell]) -> bool:
        """The rest of a description that a page break cut off."""
        more = cells.get("description")
        if more is None or not self.found:
            return False
        last = self.found[-1]
        if last.description is not None:
            last.description = last.description._replace(text=last.description.text + more.text)
        return True

    # --- two halves side by side ---

    def _double(self, row: list[RawCell], cells: Filled) -> bool:
        layout = self.layout or Layout()
        rest = _without_sides(cells)
        if not rest:
            return bool(cells)
        halves = _halves(rest, layout, len(row))
        if halves is None:
            if self.level is None:
                return False
            halves = _continued(rest, layout, self.level)
        left, right = halves
        if left.level is None and right.level is None:
            return False
        self.level = left.level or right.level
        for half in halves:
            half.level = half.level or self.level
        self._merge(left, right)
        return True

    def _merge(self, left: Half, right: Half) -> None:
        if left.name and right.name and left.printed and right.printed and not _same(left.name, right.name):
            self._put(left, Half(left.level))
            self._put(Half(right.level), right)
        elif left.name or left.value or right.name or right.value:
            self._put(left, right)

    def _put(self, left: Half, right: Half) -> None:
        names = [half.name for half in (left, right) if half.name is not None]
        values = [half.value for half in (left, right) if half.value is not None]
        level = left.level or right.level or ""
        place = (names or values)[0].place
        name = max(names, key=lambda cell: len(cell.text)) if names else None
        self.found.append(
            Indicator(
                labels.LEVEL1.get(level, ""),
                level,
                Text(name.text, name.place) if name else Text("", place),
                _target(left, place),
                _target(right, place),
                reliable=left.sure and right.sure and name is not None,
            )
        )


def _evident(cells: Filled) -> Layout | None:
    """The double layout, where a row shows it although the header lost its right half."""
    if not any(labels.whole(cell.text) for _, cell in cells[3:]):
        return None
    cells = _without_sides(cells)
    if len(cells) < 4 or (level := labels.level2(cells[0][1].text)) is None:
        return None
    for index, cell in cells[3:]:
        if labels.whole(cell.text) and labels.level2(cell.text) == level:
            return Layout(distance=index - cells[0][0], start=cells[0][0])
    return None


def _text(cell: RawCell | None) -> Text | None:
    return Text(cell.text, cell.place) if cell else None


def _target(half: Half, place: Place) -> Target | None:
    if half.value is not None:
        return target(half.value.text, half.value.place)
    if not half.printed:
        return None
    return target("", half.name.place if half.name else place)


def _same(left: RawCell, right: RawCell) -> bool:
    """Whether two names are one, of which a scanner or a narrow cell may have cut the end."""
    a, b = labels.squeeze(left.text), labels.squeeze(right.text)
    return a.startswith(b) or b.startswith(a) or (len(a) == len(b) and _close(a, b))


def _close(a: str, b: str) -> bool:
    wrong = sum(x != y for x, y in zip(a, b, strict=True))
    return wrong <= max(1, len(a) // 5)


def _shift(row: list[RawCell], roles: dict[int, str]) -> int:
    """By how many cells the row stands right (or left) of its header, judged by its second-level label."""
    want = next((index for index, role in roles.items() if role == "level2"), None)
    if want is None:
        return 0
    if want < len(row) and labels.level2(row[want].text):
        return 0
    for index in (want + 1, want - 1, want + 2, want - 2):
        if 0 <= index < len(row) and labels.whole(row[index].text):
            return index - want
    return 0


def _without_sides(cells: Filled) -> Filled:
    """The row without 绩效指标 and the first-level label at its left."""
    start = 0
    while start < len(cells):
        text = cells[start][1].text
        following = cells[start + 1][1].text if start + 1 < len(cells) else ""
        side = start == 0 and cells[0][0] <= 1 and labels.is_side(text)
        top = cells[start][0] <= 3 and labels.level1(text) and not looks_like_value(following)
        if not (side or top):
            break
        start += 1
    return cells[start:]


def _halves(cells: Filled, layout: Layout, width: int) -> tuple[Half, Half] | None:
    """Split by the second-level labels; None where the row has none."""
    first_index, first = cells[0]
    level = labels.level2(first.text)
    right = _right_label(cells, level, layout)
    if right is None:
        if level is None:
            return None
        left = _half(level, cells[1:])
        cut = first_index > layout.start or len(cells) > 3
        left.sure = left.sure and len(cells) <= 3
        # The right half is not in the row: pushed out by a shift, or lost by the scanner.
        return left, Half(None, sure=not cut)
    split, other = right
    if split == 0:
        return Half(None), _half(other, cells[1:])
    before = cells[:split]
    if level is None and len(before) and other.startswith(labels.squeeze(first.text)):
        level = other
    if level is not None and not (layout.bare and len(before) == 2):
        left = _half(level, before[1:])
    else:
        left = _half(other, before)
        left.sure = left.sure and len(before) == 2
    half = _half(other, cells[split + 1 :])
    # No room for a value: the row was shifted and its end is lost.
    if half.value is None and cells[-1][0] >= width - (1 if half.name else 2):
        half.printed = half.sure = False
    return left, half


def _right_label(cells: Filled, level: str | None, layout: Layout) -> tuple[int, str] | None:
    """Position among the cells of the right half's second-level label."""
    first = cells[0][0]
    far = max(2, (layout.distance + 1) // 2)
    best: tuple[int, str] | None = None
    for position, (index, cell) in enumerate(cells):
        found = labels.level2(cell.text)
        if found is None or (position == 0 and level is not None):
            continue
        whole = labels.whole(cell.text)
        if position and index - first < far and not (level is None and whole):
            continue
        if level is not None and found != level and not whole:
            continue
        if found == level:
            return position, found
        if whole and (best is None or level is None):
            best = position, found
    return best


def _half(level: str, cells: Filled) -> Half:
    texts = [cell for _, cell in cells]
    half = Half(level, printed=True)
    if len(texts) == 1:
        if looks_like_value(texts[0].text):
            half.value, half.sure = texts[0], False
        else:
            half.name = texts[0]
    elif texts:
        half.name, half.value = texts[0], texts[-1]
        half.sure = len(texts) == 2
    return half


def _continued(cells: Filled, layout: Layout, level: str) -> tuple[Half, Half]:
    """A further indicator under the second-level label of the row above."""
    if len(cells) == 4:
        return _half(level, cells[:2]), _half(level, cells[2:])
    middle = layout.start + layout.distance
    left = [one for one in cells if one[0] < middle]
    right = [one for one in cells if one[0] >= middle]
    sides = [_half(level, side) if side else Half(None) for side in (left, right)]
    for half in sides:
        half.sure = False
    return sides[0], sides[1]
