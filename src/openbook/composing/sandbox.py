"""Where templates run: they see what they are given, change nothing, and print figures and words alone."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from openbook.composing.saying import Part, Said

_MOST_TURNS = 1_000_000  # of all loops over numbers together
_STRINGS = frozenset({"startswith", "endswith", "strip", "removeprefix", "removesuffix", "split", "replace"})
_WIDE = ("center", "indent", "format", "wordwrap")  # filters that make long texts of short ones


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no expression can fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
            raise SecurityError(f"这里不能用 {operator}")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """`str.format` is no safe attribute either: it pads to any width."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return super().is_safe_attribute(obj, attr, value) and (not isinstance(obj, str) or attr in _STRINGS)


class _Turns:
    """`range`, as often as all loops of a document may turn."""

    def __init__(self) -> None:
        self.left = _MOST_TURNS

    def __call__(self, *bounds: int) -> range:
        found = range(*bounds)
        self.left -= len(found) + 1
        if self.left < 0:
            raise ValueError("循环的次数太多")
        return found


def sandbox() -> Sandbox:
    """A new one for each document."""
    made = Sandbox(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, finalize=_printable
    )
    made.globals = {"range": _Turns(), "namespace": made.globals["namespace"]}
    for name in _WIDE:
        del made.filters[name]
    return made


def _printable(value: Any) -> Any:
    """Figures, words, counts. What else there is has no words of its own: a list, a project, a fraction."""
    if isinstance(value, str | int | Said | Part | Undefined) and not isinstance(value, bool):
        return value
    raise TypeError("这里印不出文字：要写出它的哪一项，如 名称、金额")
