"""Tables without lines between their columns: figures that stand flush, one below the other.

Only what follows a title (…表) is looked at, and whatever does not fit is left as text: a table
that is not found costs a warning, a figure in the wrong column would be a false accusation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from openbook.reading.pdf_grid import Grid, Slot
from openbook.reading.pdf_heads import (
    FLUSH,
    WRAP,
    Column,
    Head,
    Matched,
    find_heads,
    is_money,
    is_number,
    match_heads,
)
from openbook.reading.pdf_table import Content
from openbook.reading.pdf_text import Words, gather_lines, is_page_number, make_rows

LEAST = 3  # lines with the same two columns of figures
APART = 0.6  # em between a figure and its neighbour
NEAR = 1.35  # em between the lines of one cell
SPACE = 5.0  # em between two lines of one table
MAX_LINES, MAX_WORDS, MAX_HEADS = 2_000, 100, 12  # of a table, of a line, lines of heads
_TOUCH = 0.15  # em: what is nearer overlaps
_CAPTION = re.compile(r"[^。；，！？…]{2,60}表\s?(?:[（(][^（）()]{1,20}[)）])?")
_PROSE = re.compile("[。；！？…]")
_LABEL = re.compile(r"(?:单位|部门|名称|日期|时间|年度|编制|金额)[^:：]{0,6}[:：]")  # 编制单位：… 单位：元
Printed = list[tuple[int, int, list[Words]]]  # of a row: first column, number of columns, text


class Line(NamedTuple):
    """A printed line with the figures that stand by themselves in it."""

    top: float
    bottom: float
    words: list[Words]
    numbers: list[Words]


class Aligned(NamedTuple):
    """A table without lines, as a grid."""

    grid: Grid
    content: Content
    heads: list[Head]  # of its columns
    lines: list[Line]
    goes_on: bool  # it began on a page before


class Found(NamedTuple):
    """What a page holds: tables, the words in none of them, and whether a table goes on unread."""

    tables: list[Aligned]
    rest: list[Words]
    broken: bool


def find_aligned(words: list[Words], width: float, height: float, known: Aligned | None) -> Found:
    """Tables among the words of a page; `known` is one that the last page ended with."""
    if not known and sum(map(is_number, words)) < 2 * LEAST:
        return Found([], words, broken=False)
    tables: list[Aligned] = []
    rest: list[Words] = []
    broken = False
    behind = False  # whether what comes next may belong to the last table
    for block in _blocks(gather_lines(words), rest, width, height):
        table = None
        if block.titled or (known and block.opens):
            table = _Reader(block.lines, None if block.titled else known).read()
        elif behind and _has_rows(block.lines):
            rest += _words(tables.pop().lines)  # the rest of the table did not fit
        behind = table is not None
        if table is None:
            broken |= bool(known) and block.opens and _has_rows(block.lines)
            rest += _words(block.lines)
        else:
            tables.append(table)
            used = set(map(id, table.lines))
            rest += _words([line for line in block.lines if id(line) not in used])
    return Found(tables, rest, broken)


def _words(lines: list[Line]) -> list[Words]:
    return [word for line in lines for word in line.words]


def _has_rows(lines: list[Line]) -> bool:
    """Whether a line has an amount by itself, or two that stand close to something else."""
    return any(
        any(map(is_money, line.numbers)) or sum(map(is_money, line.words)) > 1
        for line in lines
        if len(line.words) > 1
    )


def _line(words: list[Words]) -> Line:
    words.sort(key=lambda word: word.left)
    numbers = []
    for index, word in enumerate(words):
        if is_number(word):
            gap = APART * (word.bottom - word.top)
            before = index == 0 or word.left - words[index - 1].right > gap
            if before and (index + 1 == len(words) or words[index + 1].left - word.right > gap):
                numbers.append(word)
    return Line(min(word.top for word in words), max(word.bottom for word in words), words, numbers)


class _Block(NamedTuple):
    """Neighbouring lines without prose."""

    lines: list[Line]
    titled: bool  # a title stands over them
    opens: bool  # nothing stands over them on their page


def _blocks(lines: list[list[Words]], rest: list[Words], width: float, height: float) -> Iterator[_Block]:
    """Lines that may be a table; all others go to the rest."""
    block: list[Line] = []
    titled, opens = False, True
    for words in lines:
        line = _line(words)
        if _is_edge(line, height):
            rest += words
            continue
        text = "".join(word.text for word in words)
        titles = _CAPTION.fullmatch(text) is not None
        apart = titles or _is_prose(line, text, width)
        if block and (apart or (_is_far(block[-1], line) and not _has_rows([line]))):
            yield _Block(block, titled, opens)
            block, titled, opens = [], False, False
        if apart:
            titled, opens = titles, False
            rest += words
        else:
            block.append(line)
    if block:
        yield _Block(block, titled, opens)


def _is_far(above: Line, below: Line) -> bool:
    return below.top - above.bottom > SPACE * (below.bottom - below.top)


def _is_prose(line: Line, text: str, width: float) -> bool:
    if _PROSE.search(text):
        return not any(map(is_money, line.numbers))
    return "，" in text and not line.numbers and line.words[-1].right - line.words[0].left > 0.5 * width


def _is_edge(line: Line, height: float) -> bool:
    return len(line.words) <= 5 and is_page_number(make_rows(line.words)[0], height)


class _Reader:
    """Lines below a title: heads, rows, and perhaps something behind them."""

    def __init__(self, lines: list[Line], known: Aligned | None) -> None:
        self.lines, self.known = lines, known
        self.size = median(line.bottom - line.top for line in lines)

    def read(self) -> Aligned | None:
        """The table; None unless all of it fits."""
        if len(self.lines) > MAX_LINES or max(len(line.words) for line in self.lines) > MAX_WORDS:
            return None
        core = self._core()
        if not core and not self.known:
            return None
        reach = self._range(core)
        if reach is None:
            return None
        first, last = self._names(*reach, self._columns(self._rows(*reach)))
        rows = self._rows(first, last)
        columns = self._columns(rows)
        outside = self.lines[:first] + self.lines[first + sum(map(len, rows)) :]
        if any(map(is_money, _words(outside))) or not self._fits(columns, core):
            return None
        labels = [
            index
            for index, line in enumerate(self.lines[:first])
            if _LABEL.search("".join(word.text for word in line.words))
        ]
        start = labels[-1] + 1 if labels else 0
        if first - start > MAX_HEADS:
            return None
        leaves, groups = find_heads([line.words for line in self.lines[start:first]], columns, self.size)
        heads = leaves or (self.known.heads if self.known else [])
        matched = match_heads(heads, columns, self.size) if heads else None
        if matched is None or (self.known and len(matched) != len(self.known.grid.xs) - 1):
            return None
        heads = [head for _, head in matched if head]
        grid, content = _build(matched, groups, bool(leaves), rows)
        lines = self.lines[start:first] + [line for row in rows for line in row]
        return Aligned(grid, content, heads, lines, self.known is not None)

    def _core(self) -> list[float]:
        """Right edges of two columns or more, of which lines in turn have figures."""
        lines = [line for line in self.lines if line.numbers]
        for index in range(len(lines) - LEAST + 1):
            window = lines[index : index + LEAST]
            if min(len(line.numbers) for line in window) < 2:
                continue
            edges = [[word.right for word in line.numbers] for line in window[1:]]
            shared = [
                word
                for word in window[0].numbers
                if all(_nearest(one, word.right) <= FLUSH * self.size for one in edges)
            ]
            if len(shared) >= 2 and any(map(is_money, shared)):
                return [word.right for word in shared]
        return self._two_sides(lines)

    def _two_sides(self, lines: list[Line]) -> list[float]:
        """Right edges where one side of a table has figures in few lines: 收入 beside 支出."""
        money = [word for line in lines for word in line.numbers if is_money(word)]
        columns: list[list[Words]] = []
        for word in sorted(money, key=lambda word: word.right):
            if columns and self._flush(columns[-1][-1], word):
                columns[-1].append(word)
            else:
                columns.append([word])
        full = max(map(len, columns), default=0)
        both = sum(1 for line in lines if sum(map(is_money, line.numbers)) > 1)
        if full < LEAST or len(columns) < 2 or both < 2 or min(map(len, columns)) < 2:
            return []
        return [column[-1].right for column in columns]

    def _flush(self, one: Words, other: Words) -> bool:
        return abs(one.right - other.right) <= FLUSH * self.size

    def _range(self, core: list[float]) -> tuple[int, int] | None:
        """The first and the last line with a figure of a row."""
        near = FLUSH * self.size
        of_rows = [
            index
            for index, line in enumerate(self.lines)
            if any(is_money(word) or _nearest(core, word.right) <= near for word in line.numbers)
        ]
        return (of_rows[0], of_rows[-1]) if of_rows else None

    def _names(self, first: int, last: int, columns: list[Column]) -> tuple[int, int]:
        """The first and the last row, which may be names alone.

        Heads stand over figures too, or closer together; a note has a colon.
        """
        texts = [column for column in columns if not column.is_figures]
        tops = [line.top for line in self.lines]
        step = self._step(first, last)
        while first > 1 and self._is_name(first - 1, texts):
            if tops[first - 1] - tops[first - 2] < min(0.8 * step, WRAP * self.size):
                break
            first -= 1
        while last + 1 < len(tops) and tops[last + 1] - tops[last] < 1.5 * step:
            if not self._is_name(last + 1, texts) or self._has_colon(last + 1):
                break
            last += 1
        return first, last

    def _step(self, first: int, last: int) -> float:
        """The least distance between two lines with figures."""
        tops = [line.top for line in self.lines[first : last + 1] if line.numbers]
        return min((b - a for a, b in pairwise(tops)), default=2 * self.size)

    def _is_name(self, index: int, texts: list[Column]) -> bool:
        words = self.lines[index].words
        return all(any(one.left < word.right and word.left < one.right for one in texts) for word in words)

    def _has_colon(self, index: int) -> bool:
        return any("：" in word.text or ":" in word.text for word in self.lines[index].words)

    def _rows(self, first: int, last: int) -> list[list[Line]]:
        """Lines of each row: a line without figures that is near to one with figures belongs to it."""
        middles = [(line.top + line.bottom) / 2 for line in self.lines]
        anchors = [index for index in range(first, last + 1) if self.lines[index].numbers]
        step = self._step(first, last)
        near = NEAR * self.size if step >= WRAP * self.size else step / 2
        rows: list[list[Line]] = []
        home = -1
        heights = [middles[anchor] for anchor in anchors]
        for index in range(first, len(self.lines)):
            place = bisect_left(heights, middles[index])
            around = anchors[max(place - 1, 0) : place + 1]
            closest = min(around, key=lambda anchor: abs(middles[anchor] - middles[index]))
            if abs(middles[closest] - middles[index]) > near:
                if index > last:
                    break
                closest = -2 - index  # a row of its own
            if closest == home:
                rows[-1].append(self.lines[index])
            else:
                rows.append([self.lines[index]])
            home = closest
        return rows

    def _columns(self, rows: list[list[Line]]) -> list[Column]:
        """Where something stands in any row, seen from above."""
        columns: list[Column] = []
        words = [word for row in rows for line in row for word in line.words]
        for word in sorted(words, key=lambda word: word.left):
            if columns and word.left - columns[-1].right < _TOUCH * self.size:
                columns[-1].right = max(columns[-1].right, word.right)
            else:
                columns.append(Column(word.left, word.right))
            columns[-1].words.append(word)
        return columns

    def _fits(self, columns: list[Column], core: list[float]) -> bool:
        """Whether every column of money holds nothing else, and names stand beside them."""
        for column in columns:
            edges = sum(column.left < edge <= column.right + 0.1 for edge in core)
            if edges > 1 or ((edges or column.is_money) and not column.is_figures):
                return False
            if column.is_money and not self._is_flush(column):
                return False
        return any(not column.is_figures for column in columns)

    def _is_flush(self, column: Column) -> bool:
        near = 2 * FLUSH * self.size
        return all(column.right - word.right <= near for word in column.words if is_money(word))


def _nearest(edges: list[float], at: float) -> float:
    """How far the nearest of the edges is, which are in order."""
    place = bisect_left(edges, at)
    return min((abs(edge - at) for edge in edges[max(place - 1, 0) : place + 1]), default=float("inf"))


def _build(
    matched: Matched, groups: list[list[Head]], leaves: bool, rows: list[list[Line]]
) -> tuple[Grid, Content]:
    """A grid of plain cells, and heads that cover several columns."""
    columns = [column for column, _ in matched]
    xs = [columns[0].left - 2, *((a.right + b.left) / 2 for a, b in pairwise(columns)), columns[-1].right + 2]
    stack: list[Printed] = [[(*_reach(head, matched), head.words) for head in heads] for heads in groups]
    if leaves:
        stack.append([(index, 1, head.words) for index, (_, head) in enumerate(matched) if head])
    home = {word.first: index for index, column in enumerate(columns) for word in column.words}
    for row in rows:
        cells: dict[int, list[Words]] = {}
        for line in row:
            for word in line.words:
                cells.setdefault(home[word.first], []).append(word)
        stack.append([(index, 1, words) for index, words in cells.items()])
    return _grid([round(x, 1) for x in xs], stack)


def _reach(head: Head, matched: Matched) -> tuple[int, int]:
    """The first column a head stands over, and how many there are."""
    over = [
        index
        for index, (column, own) in enumerate(matched)
        if head.left < max(column.right, own.right if own else 0)
        and head.right > min(column.left, own.left if own else column.left)
    ]
    return (over[0], over[-1] - over[0] + 1) if over else (0, 1)


def _grid(xs: list[float], stack: list[Printed]) -> tuple[Grid, Content]:
    spans = [
        (
            min(word.top for *_, words in row for word in words),
            max(word.bottom for *_, words in row for word in words),
        )
        for row in stack
    ]
    ys = [spans[0][0] - 2, *((a[1] + b[0]) / 2 for a, b in pairwise(spans)), spans[-1][1] + 2]
    slots: list[Slot] = []
    owner: list[list[int]] = []
    content: Content = {}
    for number, row in enumerate(stack):
        owners = [-1] * (len(xs) - 1)
        for column, reach, words in row:
            span = min([reach, *(other - column for other, *_ in row if other > column)])
            content.setdefault(len(slots), []).extend(words)
            owners[column : column + span] = [len(slots)] * span
            slots.append(Slot(number, column, span, 1))
        for column, index in enumerate(owners):
            if index < 0:
                owners[column] = len(slots)
                slots.append(Slot(number, column, 1, 1))
        owner.append(owners)
    return Grid(xs, [round(y, 1) for y in ys], slots, owner), content
