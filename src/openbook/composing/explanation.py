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
from openbook.composing.telling import BREAK, CLOSE, MARKS, Teller, runs_of
from openbook.disclosure import Block, Heading, Paragraph

_TEMPLATE = "explanation.md"
_QUOTED = re.compile(r"'([^']*)'")
_PUT = re.compile(f"{BREAK}(\\d{{1,6}}){CLOSE}")


@dataclass(slots=True)
class Blocks:
    """Blocks that a template's functions put in: statements, forms, charts, texts of the book."""

    found: list[list[Block]] = field(default_factory=list)

    def put(self, blocks: list[Block]) -> str:
        """A line of its own that stands for the blocks."""
        self.found.append(blocks)
        return f"\n\n{BREAK}{len(self.found) - 1}{CLOSE}\n\n"


def render(source: str, names: dict[str, Any], teller: Teller, blocks: Blocks, *, own: bool) -> list[Block]:
    """The blocks of a template; what is wrong with it goes to the teller's faults.

    `own`: a bureau wrote it. What fails in a layout's template is a fault of the program, and raised.
    """
    from jinja2 import TemplateError
    from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

    from openbook.composing.sandbox import sandbox

    try:
        text = sandbox().from_string(source.translate(MARKS)).render(names)
    except TemplateSyntaxError as error:
        _fault(teller, f"第 {error.lineno} 行写法有误（{error.message}）。", error.lineno)
        return []
    except (UndefinedError, SecurityError) as error:
        named = _QUOTED.findall(error.message or "")
        _fault(teller, f"用了没有的名字“{named[-1] if named else ''}”。", _line(error))
        return []
    except RecursionError as error:
        _fault(teller, "里的宏没有尽头。", _line(error))
        return []
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
        if not own:
            raise
        _fault(teller, f"写法有误（{error}）。", _line(error))
        return []
    if any(not _stands_alone(line, blocks) for line in text.splitlines()):
        _fault(teller, "里的报表、表、图要单独成一行，也不能再加工。", None)
        return []
    return list(_blocks(text, teller, blocks))


def _stands_alone(line: str, blocks: Blocks) -> bool:
    """Whether a line holds nothing that was put in, or that alone."""
    put = _PUT.fullmatch(line.strip())
    return BREAK not in line if put is None else int(put[1]) < len(blocks.found)


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
            found.extend(blocks.found[int(put[1])])
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
