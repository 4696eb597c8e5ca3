"""Formats of cells, each made once, and text that fits into a cell."""

from __future__ import annotations

from typing import Any

from openbook.writing.printable import printable

SONG, HEI = "宋体", "黑体"
_LONGEST = 32_767  # characters of a cell
_CUT = "……（过长，其余见文档）"


class Formats:
    """The formats of a workbook by their properties: Excel takes 64,000 of them, few are used."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:
        """A format with these properties, in 宋体 of 10 points where they do not say otherwise."""
        whole = {"font_name": SONG, "font_size": 10, "valign": "vcenter", **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]


def number_format(decimals: int, *, grouped: bool = True, blank_zero: bool = False) -> str:
    """Fixed decimals, digits in groups of three where `grouped`, nothing for zero where `blank_zero`."""
    plain = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    return f"{plain};-{plain};" if blank_zero else plain


def fitting(text: str) -> str:
    """The text as a cell takes it; one that is too long says that it goes on."""
    text = printable(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT
