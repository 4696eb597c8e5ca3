"""Columns that no line parts, and which words stand at their head."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from openbook.reading.pdf_text import Words

FLUSH = 0.3  # em by which figures of one column may miss each other
_JOIN = 0.6  # em between words of one head
_SPREAD = 3.5  # em between the characters of a word drawn apart: 合　计
_INDENT = 1.0  # em between parts of one text
WRAP = 1.5  # em from one line of a head to its next
_PARTS = "类款"  # heads by themselves: 类 款 项, parts of an account code
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?%?")
_DASHES = frozenset("-—–/")


@dataclass(slots=True)
class Column:
    """What stands below one another in all rows."""

    left: float
    right: float
    words: list[Words] = field(default_factory=list)

    @property
    def is_money(self) -> bool:
        return any(map(is_money, self.words))

    @property
    def is_figures(self) -> bool:
        return all(is_number(word) or word.text in _DASHES for word in self.words)


@dataclass(slots=True)
class Head:
    """The name of a column, or of several."""

    left: float
    right: float
    top: float
    words: list[Words]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def is_over(self, other: Head | Column) -> bool:
        return self.left < other.right and other.left < self.right


Matched = list[tuple[Column, Head | None]]


def is_number(word: Words) -> bool:
    text = word.text
    return (text[-1].isdigit() or text[-1] == "%") and _NUMBER.fullmatch(text) is not None


def is_money(word: Words) -> bool:
    return ("." in word.text or "," in word.text) and is_number(word)


def find_heads(
    lines: list[list[Words]], columns: list[Column], size: float
) -> tuple[list[Head], list[list[Head]]]:
    """Heads with nothing but figures below them, and above them those of several columns, line by line."""
    leaves: list[Head] = []
    groups: list[list[Head]] = []
    for line in reversed(lines):
        over: list[Head] = []
        for head in _line_heads(line, columns, size):
            below = [leaf for leaf in leaves if head.is_over(leaf)]
            if not below:
                leaves.append(head)
            elif len(below) == 1 and below[0].top - head.top < WRAP * size:
                leaf = below[0]
                leaf.left, leaf.right = min(leaf.left, head.left), max(leaf.right, head.right)
                leaf.top, leaf.words = head.top, head.words + leaf.words
            else:
                over.append(head)
        if over:
            groups.insert(0, over)
    leaves.sort(key=lambda leaf: leaf.middle)
    return leaves, groups


def _line_heads(line: list[Words], columns: list[Column], size: float) -> list[Head]:
    heads: list[Head] = []
    edges = [column.right for column in columns]
    for word in line:
        if heads:
            last = heads[-1]
            single = len(word.text) == 1 and len(last.words[-1].text) == 1
            single &= bisect_left(edges, last.right) == bisect_left(edges, word.right)
            single &= last.words[-1].text not in _PARTS
            if word.left - last.right < (_SPREAD if single else _JOIN) * size:
                last.right = word.right
                last.words.append(word)
                continue
        heads.append(Head(word.left, word.right, word.top, [word]))
    return heads


def match_heads(leaves: list[Head], columns: list[Column], size: float) -> Matched | None:
    """Each column with its head, and columns where nothing stands below a head.

    Figures stand flush right in their column, so that the middle of its head lies left of their
    right edge and right of that of the column before. None where that leaves a doubt.
    """
    free = list(leaves)
    owned: list[Head | None] = []
    low = float("-inf")
    for column in columns:
        if column.is_figures:
            high = column.right + FLUSH * size
            candidates = [leaf for leaf in free if low < leaf.middle <= high]
            over = [leaf for leaf in candidates if leaf.is_over(column)]
            if (
                candidates
                and not over
                and candidates[-1].top < max(leaf.top for leaf in candidates) - size / 2
            ):
                return None
            candidates = over or candidates[-1:]
            low = column.right
        else:
            candidates = [leaf for leaf in free if leaf.is_over(column)]
            low = column.left
        owned.append(max(candidates, key=lambda leaf: leaf.top, default=None))
        free = [leaf for leaf in free if leaf is not owned[-1]]
    _name_texts(columns, owned, free)
    if any(head is None and column.is_money for column, head in zip(columns, owned, strict=True)):
        return None
    free = _without_groups(free, leaves, columns, size)
    if any(leaf.is_over(column) for leaf in free for column in columns):
        return None
    matched = _without_gaps(list(zip(columns, owned, strict=True)), size)
    matched += [(Column(leaf.left, leaf.right), leaf) for leaf in free]
    matched.sort(key=lambda pair: pair[0].left)
    return matched


def _without_gaps(matched: Matched, size: float) -> Matched:
    """Texts of one column that a blank parts in every row: 合　计 or 一、　收入."""
    joined = matched[:1]
    for column, head in matched[1:]:
        before, first = joined[-1]
        near = column.left - before.right < _INDENT * size
        if near and (head is None or first is None) and not (column.is_figures or before.is_figures):
            whole = Column(before.left, column.right, before.words + column.words)
            joined[-1] = (whole, head or first)
        else:
            joined.append((column, head))
    return joined


def _without_groups(free: list[Head], leaves: list[Head], columns: list[Column], size: float) -> list[Head]:
    """Without what stands over the heads of two columns, between them."""
    lowest = max(leaf.top for leaf in leaves)
    kept = []
    for leaf in free:
        index = leaves.index(leaf)
        beside = leaves[max(index - 1, 0) : index] + leaves[index + 1 : index + 2]
        inside = len(beside) > 1 and all(other.top - leaf.top >= size for other in beside)
        over = lowest - leaf.top >= size and any(leaf.is_over(column) for column in columns)
        if not inside and not over:
            kept.append(leaf)
    return kept


def _name_texts(columns: list[Column], owned: list[Head | None], free: list[Head]) -> None:
    """A head beside short names that stand flush left in a wide column."""
    for index, column in enumerate(columns):
        if owned[index] is not None or column.is_figures:
            continue
        end = columns[index + 1].left if index + 1 < len(columns) else float("inf")
        for leaf in free:
            if column.left <= leaf.middle < end:
                owned[index] = leaf
                free.remove(leaf)
                break
