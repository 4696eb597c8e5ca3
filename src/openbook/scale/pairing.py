"""Which document of a batch is last year's of which: told from the heads of the files."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from openbook.scale.pool import Pool

HEAD = 6_000  # bytes of a text file; its title page and contents fit
SHORT = 7  # characters; a shorter name is the end of a wrapped one
SECONDS = 5.0  # for the head of one file
MARKUP = 200_000  # bytes of a file with markup before its first words
_YEAR = re.compile(r"(20\d\d)\s*年")
_NAME_YEAR = re.compile(r"(?<!\d)(20[1-4]\d)(?!\d)")
_TAG = re.compile(r"<[^<>]{0,400}>")
_BODY = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,40}?(?:局|委|办|室|厅|部|院|馆|站|所|会|校|学|队|团|处|心|署|府|社|台|园|库|区|厂)(?=[\s0-9部单（(]|$)"
)
_STAGE = re.compile(r"决算")
_BLANK = re.compile(r"[\s#*]+")


class Head(NamedTuple):
    """What the first page says: whose document, of which year, budget or final accounts."""

    body: str
    year: int
    stage: str


def pair(paths: Sequence[str], beside: Iterable[str] = ()) -> dict[str, str]:
    """Path of a document -> path of last year's of the same body and stage, where it is given.

    `beside` are documents given only to be compared with. Two candidates for one place make none:
    a wrong predecessor would be worse than no predecessor.
    """
    beside = tuple(beside)
    if len(paths) + len(beside) < 2:
        return {}
    heads = {path: told for path, told in _heads(list(dict.fromkeys((*paths, *beside)))) if told}
    holders: dict[Head, list[str]] = {}
    for path, told in heads.items():
        holders.setdefault(told, []).append(path)
    pairs = {}
    for path in paths:
        if path not in heads:
            continue
        before = holders.get(heads[path]._replace(year=heads[path].year - 1), [])
        if len(before) == 1:
            pairs[path] = before[0]
    return pairs


def _heads(paths: Sequence[str]) -> Iterator[tuple[str, Head | None]]:
    """The heads of all; those of PDFs in a worker, because pdfium may hang or crash on a hostile one."""
    pdfs = [path for path in paths if Path(path).suffix.lower() == ".pdf"]
    yield from ((path, head(path)) for path in paths if Path(path).suffix.lower() != ".pdf")
    if pdfs:
        pool = Pool(1, head, _untold, SECONDS)
        try:
            yield from zip(pdfs, pool.run(pdfs), strict=True)
        finally:
            pool.close()


def _untold(_path: str, _reason: str) -> None:
    """No head: the check of the document itself tells the user what is wrong with it."""


def head(path: str) -> Head | None:
    """The head of a file, or None where it does not say clearly what it is."""
    try:
        if not Path(path).is_file():  # a pipe would be waited for
            return None
        text = _first_words(Path(path))
    except Exception:
        # Any library may choke on a broken file here; the check itself tells the user about it.
        return None
    year = _YEAR.search(text) or _NAME_YEAR.search(Path(path).stem)
    body = _body([bare for line in text.splitlines() if (bare := _bare(line))])
    if year is None or body is None:
        return None
    return Head(body, int(year[1]), "accounts" if _STAGE.search(text[:400]) else "budget")


def _body(lines: list[str]) -> str | None:
    """The first name of a public body; a name wrapped over lines is joined, watermarks left out."""
    once = [line for line in lines if lines.count(line) == 1 or len(line) >= SHORT]
    for index, line in enumerate(once):
        if found := _BODY.search(line):
            name = found[0]
            return name if len(name) >= SHORT else "".join((*once[:index], name))
    return None


def _bare(line: str) -> str:
    return _YEAR.sub("", _BLANK.sub("", _TAG.sub("", line))).replace("度", "", 1)


def _first_words(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return _pdf(path)
    if suffix == ".docx":
        return _docx(path)
    if suffix == ".xlsx":
        return path.stem
    with path.open("rb") as file:
        raw = file.read(MARKUP if suffix in (".html", ".htm") else HEAD)
    text = _decode(raw)
    return _TAG.sub("\n", text) if suffix in (".html", ".htm") else text


def _decode(raw: bytes) -> str:
    """The text of a beginning, which may end in the middle of a character."""
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(raw)
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _docx(path: Path) -> str:
    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as file:
        text = file.read(MARKUP).decode("utf-8", "replace")
    return _TAG.sub("", text.replace("</w:p>", "\n"))[:HEAD]


def _pdf(path: Path) -> str:
    from openbook.reading.pdf import first_words

    return first_words(str(path), HEAD)
