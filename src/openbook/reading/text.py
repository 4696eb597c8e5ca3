"""Plain text and Markdown, mostly what a scanner made of a printed disclosure.

A line with a tab is a table row; rows that follow each other are one table. Lines are the
physical lines of the file and columns its characters, both from 1, as an editor shows them.
"""

from __future__ import annotations

import re
from itertools import count, pairwise

from openbook.reading import marks
from openbook.reading.errors import Unreadable
from openbook.reading.joining import join_cut
from openbook.source import Block, Hidden, Paragraph, Piece, Place, RawCell, RawTable, Source

_NUMBERING = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})[)）、.．]\Z|第[一二三四五六七八九十]{1,3}部分\Z"
)
_SENTENCE = re.compile(r"[。；，]")
_DELIMITER = re.compile(r"\s*+\|?(?:\s*+:?-++:?\s*+\|)++(?:\s*+:?-++:?)?+\s*+\Z")
_PIPE = re.compile(r"(?<!\\)\|")
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_LONGEST_HTML_TABLE = 5_000  # lines
_MOST_PARTS = 1_000_000  # lines and cells


def read_text(text: str, path: str = "", format: str = "txt") -> Source:  # noqa: A002  as the field of Source
    """Read scanner output or Markdown that is already decoded."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\n" not in text:
            text = text.replace("\r", "\n")
    if text.startswith("\ufeff"):
        text = text[1:]
    if text.count("\t") + text.count("\n") > _MOST_PARTS:
        raise Unreadable(f"文本过大：行和单元格超过 {_MOST_PARTS} 个，不像预算公开文件，未予读取。")
    reader = _Reader(text.split("\n"))
    reader.read()
    blocks = join_cut(reader.blocks, reader.broken, reader.items)
    return Source(path, format, blocks, hidden=reader.hidden)


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.broken: set[int] = set()  # indexes of paragraphs whose line ends in a hard break
        self.items: set[int] = set()  # indexes of paragraphs that a bullet begins
        self.hidden: list[Hidden] = []
        self.rows: list[list[RawCell]] = []
        self.piped = False  # whether `rows` are a pipe table

    def read(self) -> None:
        number = 0
        lines = self.lines
        while number < len(lines):
            line = lines[number]
            number += 1
            if "\t" in line:
                if self.piped:
                    self.end_table()
                self.rows.append(_tab_row(line, number))
            elif not line or line.isspace():
                if self.rows:
                    self.end_table()
            elif "|" in line and self.pipe_row(line, number):
                continue
            elif "<" in line and _TABLE.search(line):
                number = self.html_table(number)
            else:
                if self.rows:
                    self.end_table()
                self.paragraph(line, number)
        self.end_table()

    def end_table(self) -> None:
        rows, self.rows, self.piped = self.rows, [], False
        if not rows:
            return
        texts = [_as_paragraph(row) for row in rows] if len(rows[0]) <= 3 else [None]
        if len(texts) <= 3 and all(texts):
            self.blocks.extend(one for one in texts if one)
        else:
            self.blocks.append(RawTable(rows))

    def paragraph(self, line: str, number: int) -> None:
        level, begin, stop = marks.lead(line)
        if begin == stop or (line[begin] in "-=*_`~" and marks.is_rule(line)):
            return
        if marks.has_marks(line):
            seen = marks.seen(line, begin, stop)
            self.hidden.extend(
                Hidden("注释", comment, Place(number, begin + 1, stop + 1)) for comment in seen.comments
            )
            if not seen.text:
                return
            pieces = _pieces(seen, number)
            words = seen.text
        else:
            words = line[begin:stop]
            pieces = (Piece(0, Place(number, begin + 1, stop + 1)),)
        if line.endswith("  "):
            self.broken.add(len(self.blocks))
        if not level and line[:begin].strip():
            self.items.add(len(self.blocks))
        self.blocks.append(Paragraph(words, pieces, level))

    def pipe_row(self, line: str, number: int) -> bool:
        """Take the line as a row of a Markdown pipe table if it is one."""
        if self.piped and _DELIMITER.match(line):
            return len(self.rows) == 1
        bare = line.strip()
        fenced = bare[0] == "|" and bare[-1] == "|" and bare.count("|") > 2 and bool(bare.strip("| "))
        following = self.lines[number] if number < len(self.lines) else ""
        headed = "|" in following and "-" in following and bool(_DELIMITER.match(following))
        if not (fenced or headed or self.piped):
            return False
        if not self.piped or headed:
            self.end_table()
        self.piped = True
        self.rows.append(_pipe_row(line, number))
        return True

    def html_table(self, number: int) -> int:
        """Read the <table> that begins in line `number`; return the number of its last line."""
        from openbook.reading.inline_tables import read_tables

        self.end_table()
        last = number
        for last in range(number, min(number + _LONGEST_HTML_TABLE, len(self.lines) + 1)):
            line = self.lines[last - 1]
            if _TABLE_END.search(line) and not _TABLE.search(line, _last_end(line)):
                break
        self.blocks.extend(read_tables("\n".join(self.lines[number - 1 : last]), number))
        return last


def _last_end(line: str) -> int:
    return line.lower().rfind("</table")


def _pieces(seen: marks.Seen, number: int) -> tuple[Piece, ...]:
    runs = seen.runs
    ends = [run.offset + after.start - run.start for run, after in pairwise(runs)]
    ends.append(seen.end)
    return tuple(
        Piece(run.start, Place(number, run.offset + 1, end + 1)) for run, end in zip(runs, ends, strict=True)
    )


# The generated constructors of named tuples are Python functions; most of the time of reading a
# scanned book would be spent in them.
_new = tuple.__new__


def _tab_row(line: str, number: int) -> list[RawCell]:
    parts = line.split("\t")
    if marks.has_marks(line):
        return _marked_row(line, number, parts)
    row = []
    column = 1
    blank = _new(RawCell, ("", _new(Place, (number, None, None, None, None, None)), 1, 1))
    for part in parts:
        if not part:  # most cells of a scanned book: they share one, which has a line and no column
            row.append(blank)
            column += 1
            continue
        text = part.strip()
        size = len(part)
        first = column if len(text) == size or not text else column + size - len(part.lstrip())
        end = first + len(text)
        row.append(_new(RawCell, (text, _new(Place, (number, first, end, None, None, None)), 1, 1)))
        column += size + 1
    return row


def _marked_row(line: str, number: int, parts: list[str]) -> list[RawCell]:
    row = []
    offset = 0
    for part in parts:
        seen = marks.seen(line, offset, offset + len(part))
        row.append(RawCell(seen.text, Place(number, seen.runs[0].offset + 1, seen.end + 1)))
        offset += len(part) + 1
    return row


def _pipe_row(line: str, number: int) -> list[RawCell]:
    """Cells between pipes; the outer pipes bound the row and make no cells."""
    cuts = [match.start() for match in _PIPE.finditer(line)]
    end = len(line.rstrip())
    first = 0 if line[: cuts[0]].strip() else cuts.pop(0) + 1
    if cuts and cuts[-1] == end - 1:
        end = cuts.pop()
    row = []
    for offset, stop in zip([first, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True):
        seen = marks.seen(line, offset, max(offset, stop))
        row.append(RawCell(seen.text, Place(number, seen.runs[0].offset + 1, seen.end + 1)))
    return row


def _as_paragraph(row: list[RawCell]) -> Paragraph | None:
    """An indented paragraph, or a number and its heading, that only looks like a row for its tab."""
    filled = [cell for cell in row if cell.text]
    if len(filled) == 1 and row[-1].text and len(row) > 1:
        cell = filled[0]
        if len(cell.text) < 30 or not _SENTENCE.search(cell.text):
            return None
        return Paragraph(cell.text, (Piece(0, cell.place),))
    if len(filled) == len(row) == 2 and _NUMBERING.match(row[0].text) and not row[1].text[-1].isdigit():
        sizes = count(0, len(row[0].text))
        return Paragraph(
            row[0].text + row[1].text,
            tuple(Piece(size, cell.place) for size, cell in zip(sizes, row, strict=False)),
        )
    return None
