"""`python -m scripts.samples`: makes samples from scripts/samples/src, where they can be read and compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.samples.docx import docx
from scripts.samples.html import html
from scripts.samples.pdf import pdf
from scripts.samples.plain import Sheet, load
from scripts.samples.text import markdown, text
from scripts.samples.xlsx import xlsx

SOURCES = Path(__file__).parent / "src"
SAMPLES = Path(__file__).parent.parent.parent / "samples"
WRITERS: dict[str, Callable[[list[Sheet]], bytes]] = {
    "txt": text,
    "md": markdown,
    "html": html,
    "docx": docx,
    "xlsx": xlsx,
    "pdf": pdf,
}


def products() -> dict[Path, bytes]:
    """Every made sample with its content. `src/NAME.docx.txt` is the source of `NAME.docx`."""
    made = {}
    for source in sorted(SOURCES.glob("*.txt")):
        name = source.name.removesuffix(".txt")
        made[SAMPLES / name] = WRITERS[name.rpartition(".")[2]](load(source))
    return made


def main() -> None:
    for path, content in products().items():
        path.write_bytes(content)
        print(f"{path.name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
