"""A book as written, before anything in it is understood: rows of text with their places.

The folder and the workbook are two ways to write the same `RawBook`; only here do they meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from openbook.book.model import Fault, Spot


@dataclass(slots=True)
class RawRow:
    """One row of a table: field key -> text as typed, "" left out. `file` and `row` say where it stands.

    `heads` gives the column head of a key where it is not the one of `openbook.book.tables` (TOML keys),
    `rows` the row of a key where each has its own (TOML files, upright sheets).
    """

    values: dict[str, str]
    file: str
    row: int | None = None
    heads: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def spot(self, key: str | None = None, head: str | None = None) -> Spot:
        """Where the value of `key` stands; `head` is the head of its column."""
        column = self.heads.get(key or "", head) if key or head else None
        return Spot(self.file, self.rows.get(key or "", self.row), column)


@dataclass(slots=True)
class RawBook:
    """All tables by key of `openbook.book.tables` ("book" holds one row), and the longer texts."""

    path: str
    tables: dict[str, list[RawRow]] = field(default_factory=dict)
    texts: dict[str, RawRow] = field(default_factory=dict)  # key of TEXTS -> row whose "text" holds it
    faults: list[Fault] = field(default_factory=list)  # of reading: files that are no CSV, unknown columns
