"""The whole document from its template: what a bureau may edit without code.

A template is text in lines: ``# ``, ``## ``, ``### `` are headings, an empty line ends a paragraph,
``**…**`` is bold, ``{{ name }}`` states a figure, ``{% for %}`` and ``{% if %}`` are Jinja's. The names
are Chinese; docs/templates.md lists them. Whatever a template says of money is a claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from openbook.book.model import Fault, Spot
from openbook.composing.telling import (
    BREAK,
    CLOSE,
    MARKS,
    NUMBER,
    Teller,
    number_of,
    numbered,
    runs_of,
    whole,
)
from openbook.disclosure import Block, Heading, Paragraph

_TEMPLATE = "explanation.md"
_MOST_CHARACTERS = 2_000_000
_QUOTED = re.compile(r"'([^']*)'")
_PUT = re.compile(f"{BREAK}{NUMBER}{CLOSE}")
_CHINESE = re.compile("[一-龥]")
# what a template may fail with, besides Jinja's own errors
_WRONG = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError, MemoryError)


@dataclass(slots=True)
class Blocks:
    """Blocks that a template's functions put in: statements, forms, charts, texts of the book."""

    found: list[list[Block]] = field(default_factory=list)

    def put(self, blocks: list[Block]) -> str:
        """A line of its own that stands for the blocks."""
        self.found.append(blocks)
        return f"\n\n{BREAK}{numbered(len(self.found) - 1)}{CLOSE}\n\n"


def render(source: str, names: dict[str, Any], teller: Teller, blocks: Blocks, *, own: bool) -> list[Block]:
    """The blocks of a template; what is wrong with it goes to the teller's faults.

    `own`: a bureau wrote it. What fails in a layout's template is a fault of the program, and raised.
    """
    from jinja2 import TemplateError

    try:
        text = _rendered(source.translate(MARKS), names)
    except (TemplateError, *_WRONG) as error:
        if not own:
            raise
        _fault(teller, _told(error), getattr(error, "lineno", None) or _line(error))
        return []
    if any(not _stands_alone(line, blocks) for line in text.splitlines()):
        _fault(teller, "里的报表、表、图要单独成一行，也不能再加工。", None)
        return []
    if not whole(_PUT.sub("", text), len(teller.claims)):
        _fault(teller, "里的数只能照印，不能再加工（如取一部分、倒过来）。", None)
        return []
    return list(_blocks(text, teller, blocks))


def _rendered(source: str, names: dict[str, Any]) -> str:
    """Raises whatever is wrong with the template, ValueError where what it prints has no end."""
    from openbook.composing.sandbox import sandbox

    found: list[str] = []
    size = 0
    for piece in sandbox().from_string(source).generate(names):
        size += len(piece)
        if size > _MOST_CHARACTERS:
            raise ValueError(f"编出的文字超过 {_MOST_CHARACTERS // 10_000} 万字，多半是循环太多")
        found.append(piece)
    return "".join(found)


def _told(error: BaseException) -> str:
    """What is wrong with a template, after the words 说明模板."""
    from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

    said = str(error)
    named = _QUOTED.findall(said)
    if isinstance(error, RecursionError):
        return "里的宏没有尽头。"
    if isinstance(error, MemoryError):
        return "编出的文字太长，多半是循环太多。"
    if isinstance(error, UndefinedError):
        return f"用了没有的名字“{named[-1] if named else said}”。"
    if _CHINESE.search(said):
        return f"写法有误（{said}）。"
    if isinstance(error, SecurityError):
        return f"不能用“{named[0] if named else said}”。"
    if isinstance(error, TemplateSyntaxError):
        return f"写法有误（{said}）。"
    if "no loader" in said:
        return "不能引入别的文件。"
    return f"写法有误：这里的值不能这样用（{said}）。"


def _stands_alone(line: str, blocks: Blocks) -> bool:
    """Whether a line holds nothing that was put in, or that alone."""
    put = _PUT.fullmatch(line.strip())
    return BREAK not in line if put is None else number_of(put[1]) < len(blocks.found)


def _line(error: BaseException) -> int | None:
    """The line of the template where the error came up."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _fault(teller: Teller, message: str, line: int | None) -> None:
    mend = "请对照 docs/templates.md 改正；删去账簿里的说明模板则用套式自带的。"
    teller.faults.append(Fault("BK503", f"说明模板{message}", mend, Spot(_TEMPLATE, line)))


def _blocks(text: str, teller: Teller, blocks: Blocks) -> list[Block]:
    found: list[Block] = []
    waiting: list[str] = []
    counted = 0

    def flush() -> None:
        if waiting:
            runs = runs_of("".join(waiting), teller.claims)
            if any(run.text for run in runs):
                found.append(Paragraph(runs))
            waiting.clear()

    for line in text.splitlines():
        stripped = line.strip()
        if put := _PUT.fullmatch(stripped):
            flush()
            found.extend(blocks.found[number_of(put[1])])
        elif stripped.startswith("#"):
            flush()
            counted += 1
            words = stripped.lstrip("#")
            level = min(len(stripped) - len(words), 3)
            plain = "".join(run.text for run in runs_of(words.strip(), teller.claims))
            found.append(Heading(level, plain, f"section-{counted}"))
        elif stripped:
            waiting.append(stripped)
        else:
            flush()
    flush()
    return found


def paragraphs(text: str, origin: str) -> list[Block]:
    """A longer text of the book as it was typed: its lines are paragraphs, ``#`` lines small headings in bold."""
    found: list[Block] = []
    for line in text.translate(MARKS).splitlines():
        stripped = line.strip()
        heading = stripped.startswith("#")
        stripped = stripped.lstrip("#").strip()
        if stripped:
            runs = runs_of(stripped.replace("**", ""), ())
            if heading:
                runs = tuple(run._replace(bold=True) for run in runs)
            found.append(Paragraph(runs, origin=origin))
    return found
