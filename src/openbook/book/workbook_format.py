"""How cells of the workbook look. Colour never says anything alone: notes and words say it too."""

from __future__ import annotations

from functools import cached_property
from typing import Any

REQUIRED_FILL, OPTIONAL_FILL, MISSING_FILL = "#1F4E79", "#DCE6F1", "#FCE4D6"
_GREY = "#808080"
_FONT = {"font_name": "微软雅黑", "font_size": 10}
_HEAD = {"bold": True, "border": 1, "border_color": "#A6A6A6", "align": "center", "valign": "vcenter"}
_NUMBERS = {"money": "#,##0.00", "count": "0", "date": "yyyy-mm-dd"}


class Formats:
    """The formats of one workbook, each made when first asked for."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._values: dict[str, Any] = {}

    def make(self, **look: Any) -> Any:
        return self.book.add_format({**_FONT, **look})

    def value(self, kind: str) -> Any:
        """Of a cell that holds a value of a field of this kind."""
        if kind not in self._values:
            wrap = kind == "text"
            shape = _NUMBERS.get(kind, "@")
            self._values[kind] = self.make(num_format=shape, valign="vcenter", text_wrap=wrap)
        return self._values[kind]

    @cached_property
    def required(self) -> Any:
        return self.make(**_HEAD, bg_color=REQUIRED_FILL, font_color="#FFFFFF")

    @cached_property
    def optional(self) -> Any:
        return self.make(**_HEAD, bg_color=OPTIONAL_FILL)

    @cached_property
    def missing(self) -> Any:
        return self.book.add_format({"bg_color": MISSING_FILL})

    @cached_property
    def title(self) -> Any:
        return self.make(bold=True, font_size=14, valign="vcenter")

    @cached_property
    def text(self) -> Any:
        return self.make(text_wrap=True, valign="vcenter")

    @cached_property
    def strong(self) -> Any:
        return self.make(bold=True, valign="vcenter")

    @cached_property
    def link(self) -> Any:
        return self.make(font_color="#0563C1", underline=1, valign="vcenter")

    @cached_property
    def fixed(self) -> Any:
        """What a person does not write: the names of keys."""
        return self.make(bold=True, bg_color="#F2F2F2", valign="vcenter")

    @cached_property
    def about(self) -> Any:
        return self.make(font_color=_GREY, text_wrap=True, valign="vcenter")

    @cached_property
    def example(self) -> Any:
        return self.make(font_color=_GREY, italic=True, valign="vcenter")

    @cached_property
    def money(self) -> Any:
        return self.make(num_format="#,##0.00")
