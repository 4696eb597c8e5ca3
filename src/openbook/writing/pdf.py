"""A disclosure as PDF: tagged, archivable, with its fonts; the same bytes for the same disclosure."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Final

from openbook.disclosure import Disclosure
from openbook.writing import fonts
from openbook.writing.pdf_layout import lay_out

STANDARDS: Final = ("a-2a", "ua-1")  # kept for long (ISO 19005-2), read by everybody (ISO 14289-1)
NO_GLYPH = "〓"  # what printers have always put for a sort they do not have
MOST_TRIED = 300  # characters looked for in the fonts of the machine
# Without a font of its own text that no font has would be left out, and nothing would be said.
_ONE = f'#set document(title: [x])\n#set text(font: "{fonts.SERIF}", lang: "zh")\n#sys.inputs.letter'.encode()


def write_pdf(disclosure: Disclosure, path: str | Path) -> dict[str, int]:
    """Write the file; gives the page of each heading and table by its id, from 1, the cover counted.

    Characters that OpenBook's fonts lack are taken from fonts of the machine; those that no font has
    (`unprintable`) are printed as 〓.
    """
    import typst

    data = json.dumps(lay_out(disclosure), ensure_ascii=False)
    absent = fonts.missing(data)
    lost = unprintable(absent)
    if len(lost) < len(absent):
        try:
            return _write(_without(lost, data), disclosure.year, path, installed=True)
        except typst.TypstError:  # characters that combine, each from another font
            lost = absent
    return _write(_without(lost, data), disclosure.year, path)


def _without(letters: str, text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, letters), NO_GLYPH))


def _write(data: str, year: int, path: str | Path, *, installed: bool = False) -> dict[str, int]:
    import typst

    folder = Path(str(resources.files("openbook.writing")))
    compiler: Any = typst.Compiler(
        folder / "disclosure.typ",
        root=folder,
        font_paths=fonts.for_typst(installed=installed),
        ignore_system_fonts=True,
        sys_inputs={"data": data, "fallback": "yes" if installed else ""},
    )
    made = datetime(year, 1, 1, tzinfo=UTC)  # not the clock: the same bytes tomorrow
    pdf: bytes = compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=made)
    Path(path).write_bytes(pdf)
    return {place["id"]: place["page"] for place in json.loads(compiler.query("<place>", field="value"))}


def unprintable(text: str) -> str:
    """Characters of the text that neither OpenBook's fonts have nor those of this machine."""
    absent = fonts.missing(text)
    return "".join(
        letter for number, letter in enumerate(absent) if number >= MOST_TRIED or not _is_installed(letter)
    )


def _is_installed(letter: str) -> bool:
    import typst

    try:
        typst.compile(
            _ONE,
            font_paths=fonts.for_typst(installed=True),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(STANDARDS),
            sys_inputs={"letter": letter},
        )
    except typst.TypstError:
        return False
    return True
