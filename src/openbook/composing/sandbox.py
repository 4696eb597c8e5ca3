"""Where templates run: they see what they are given, change nothing, and print figures and words alone."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from openbook.composing.saying import Part, Said


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no expression can fill the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
            raise SecurityError(f"不能用 {operator}")
        return super().call_binop(context, operator, left, right)


def sandbox() -> Sandbox:
    return Sandbox(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, finalize=_printable
    )


def _printable(value: Any) -> Any:
    """Figures, words, counts. What else there is has no words of its own: a list, a project, a fraction."""
    if isinstance(value, str | int | Said | Part | Undefined) and not isinstance(value, bool):
        return value
    raise TypeError("这里印不出文字：要写出它的哪一项，如 名称、金额")
