"""A disclosure as one page: no script, no request, every figure of the prose a link to its cell."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from openbook.disclosure import (
    Chart,
    Contents,
    Cover,
    Disclosure,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from openbook.writing.data_grid import describe, names
from openbook.writing.html_charts import embed
from openbook.writing.html_tables import identity, view, widths

if TYPE_CHECKING:
    from jinja2 import Template

# Control signs are no text; signs that turn the direction of writing could make a figure read otherwise.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_WATERMARK = "内部审核"
_LOWEST = 6  # headings of a page


class Piece(NamedTuple):
    """A part of the page: `kind` is the macro of the template that writes `value`."""

    kind: str
    value: object
    fresh: bool  # on a new page of paper


class Head(NamedTuple):
    """A heading with the level it has on the page."""

    level: int
    text: str
    id: str


class Words(NamedTuple):
    """A stretch of text; `target` is the id of the cell its figure comes from, `source` that cell in words."""

    text: str
    bold: bool
    target: str
    source: str


class Text(NamedTuple):
    """A paragraph."""

    style: str
    words: list[Words]


class Figure(NamedTuple):
    """A chart, drawn."""

    chart: Chart
    id: str
    drawing: str


@dataclass(slots=True)
class Entry:
    """A line of the contents with the lines below it."""

    text: str
    id: str
    below: list[Entry] = field(default_factory=list)


def write_html(disclosure: Disclosure, path: Path) -> None:
    """Write the page to `path`: UTF-8, the same bytes for the same disclosure. Raises OSError."""
    path.write_bytes(page(disclosure).encode("utf-8"))


def page(disclosure: Disclosure) -> str:
    """The page as text."""
    from markupsafe import Markup

    covers = [block for block in disclosure.blocks if isinstance(block, Cover)]
    titles = [block.title for block in disclosure.blocks if isinstance(block, Contents)]
    css = _style(disclosure)
    digest = b64encode(sha256(css.encode("utf-8")).digest()).decode("ascii")
    return _template().render(
        disclosure=disclosure,
        cover=covers[0] if covers else Cover(disclosure.title),
        contents_title=titles[0] if titles else "",
        entries=_entries(disclosure),
        pieces=_Page(disclosure).pieces(),
        css=Markup(css),  # noqa: S704 - our own style sheet
        digest=digest,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_clean,
    )
    return environment.from_string(_resource("page.html"))


def _resource(name: str) -> str:
    return files("openbook.writing").joinpath(name).read_text(encoding="utf-8")


def _clean(value: object) -> object:
    return _UNSEEN.sub("", value) if type(value) is str else value


def _style(disclosure: Disclosure) -> str:
    draft = f'.draft::after{{content:"{_WATERMARK}"}}\n' if disclosure.draft else ""
    return _resource("page.css") + draft + widths(disclosure.tables())


def _entries(disclosure: Disclosure) -> list[Entry]:
    """Parts, below each its headings and tables."""
    entries: list[Entry] = []
    named = names(disclosure.tables())
    for block in disclosure.blocks:
        if isinstance(block, Heading):
            entry = Entry(block.text, identity("part", block.id))
        elif isinstance(block, Table) and block.in_contents:
            entry = Entry(named[block.id], identity("table", block.id))
        else:
            continue
        top = isinstance(block, Heading) and block.level == 1
        (entries if top or not entries else entries[-1].below).append(entry)
    return entries


class _Page:
    """Turns blocks into pieces, in order."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.claims = {claim.id: claim for claim in disclosure.claims}
        self.described = describe(disclosure)
        self.named = names(disclosure.tables())
        self.shown: set[str] = set()
        self.level = 1  # of the last heading; the page's title is the first

    def pieces(self) -> list[Piece]:
        from markupsafe import Markup

        pieces: list[Piece] = []
        fresh = False
        for block in self.disclosure.blocks:
            if isinstance(block, Heading):
                self.level = min(block.level + 1, self.level + 1, _LOWEST)
                head = Head(self.level, block.text, identity("part", block.id))
                pieces.append(Piece("heading", head, fresh))
            elif isinstance(block, Paragraph):
                words = [self.words(run) for run in block.runs]
                pieces.append(Piece("paragraph", Text(block.style, words), fresh))
            elif isinstance(block, Table):
                shown = view(block, self.named[block.id], min(self.level + 1, _LOWEST), self.shown)
                pieces.append(Piece("table", shown, fresh))
            elif isinstance(block, Chart):
                name = identity("chart", block.id)
                drawing = Markup(embed(block, name))  # noqa: S704 - our own drawing, made safe
                pieces.append(Piece("chart", Figure(block, name, drawing), fresh))
            fresh = isinstance(block, PageBreak)
        return pieces

    def words(self, run: Run) -> Words:
        claim = self.claims.get(run.claim)
        cells = [one for address in claim.cells for one in self.standing(address)] if claim else []
        if not cells:
            return Words(run.text, run.bold, "", "")
        source = "；".join(self.described[address] for address in cells)
        return Words(run.text, run.bold, identity("cell", cells[0]), f"出自{source}")

    def standing(self, address: str) -> list[str]:
        """The figure itself where a table shows it; else those it is made up of."""
        if address in self.described:
            return [address]
        cell = self.disclosure.cells.get(address)
        return [part for part in cell.parts if part in self.described] if cell else []
