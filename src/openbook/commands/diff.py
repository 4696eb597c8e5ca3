"""`openbook diff`: what differs between two books, two builds, or a book and a published document."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

from openbook.commands.diff_dump import dump
from openbook.commands.diff_text import Telling
from openbook.commands.inputs import WrongUse
from openbook.commands.streams import colour
from openbook.comparing.compare import compare
from openbook.comparing.sides import Side, open_side
from openbook.reading.errors import Unreadable, in_words
from openbook.reporting.terminal import Paint, visible

MOST_SHOWN = 60  # of one kind, unless all are asked for


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    old: str
    new: str
    form: str = "text"
    unit: str = ""
    every: bool = False


def run(request: Request) -> int:
    """Compare and tell. 0 the same, 1 different; raises WrongUse."""
    old, new = _open(request.old), _open(request.new)
    try:
        found = compare(old, new, request.unit)
    except Unreadable as error:
        raise WrongUse(str(error)) from None
    if request.form == "json":
        told = json.dumps(dump(old, new, found), ensure_ascii=False, indent=1)
        sys.stdout.write(told.encode("utf-8", "backslashreplace").decode() + "\n")
    else:
        paint = Paint(colour(sys.stdout))
        telling = Telling(old, new, found, sys.maxsize if request.every else MOST_SHOWN)
        for style, text in telling.lines():
            sys.stdout.write((paint(style, visible(text)) if style else visible(text)) + "\n")
    return 0 if found.same else 1


def _open(path: str) -> Side:
    try:
        return open_side(path)
    except Unreadable as error:
        raise WrongUse(str(error) if path in str(error) else f"{path} 无法读取：{error}") from None
    except OSError as error:
        raise WrongUse(f"{path} 打不开：{in_words(error)}") from None
