"""Paragraphs that a page or line break cut in two, joined again where the cut is clear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set

from openbook.source import Block, Paragraph, Piece, RawTable

_ENDS = "。；;！!？?：:…)）”】}>|"
_NONE: frozenset[int] = frozenset()
_SHORTEST_CUT = 30
_BEGINS = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})[)）、.．](?!\d)|[(（]?第[一二三四五六七八九十\d]{1,3}[部章节条]"
    r"|[①-⑳]|注\s*[:：]|备注|说明\s*[:：]|附[件表注]|表[一二三四五六七八九十\d]|单位\s*[:：]"
    r"|\d{4}\s*年|\d{1,3}\s|[^，,。；;、:：]{1,12}[:：]"
)
_PROSE = re.compile(r"[，,。；;、]")
_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}")
_PAGE_NUMBER = re.compile(r"[-—–]{0,2}\s*(?:第\s*)?\d{1,4}\s*(?:页(?:\s*共\s*\d{1,4}\s*页)?)?\s*[-—–]{0,2}\Z")
_LAST_SENTENCE = re.compile(r"[。；;][^。；;]*\Z")
_OPEN = re.compile(r"[(（《“][^()（）《》“”]{0,40}\Z")
_CLOSES = {"(": ")）", "（": ")）", "《": "》", "“": "”"}
_WATERMARK_LENGTH = 20
_FURTHEST = 40  # lines of watermark or page number between the halves


def join_cut(blocks: list[Block], broken: Set[int] = _NONE, items: Set[int] = _NONE) -> list[Block]:
    """Join cut paragraphs.

    `broken` holds the indexes of blocks whose line ends in a hard break, `items` of those that a
    bullet begins.
    """
    repeated: Counter[str] | None = None
    joined: list[Block] = []
    skip: set[int] = set()
    for index, block in enumerate(blocks):
        if index in skip:
            continue
        if isinstance(block, RawTable) or not (index in broken or may_go_on(block)):
            joined.append(block)
            continue
        if repeated is None:
            repeated = Counter(
                one.text
                for one in blocks
                if isinstance(one, Paragraph) and len(one.text) <= _WATERMARK_LENGTH
            )
        chain, passed = _chain(blocks, index, broken, items, repeated)
        skip.update(chain, passed)
        joined.append(_merged([_paragraph(blocks[at]) for at in chain]) if len(chain) > 1 else block)
        joined.extend(blocks[at] for at in passed)
    return joined


def may_go_on(paragraph: Paragraph) -> bool:
    """Whether the paragraph stops in the middle of a sentence."""
    text = paragraph.text
    if not text or paragraph.heading:
        return False
    if _unclosed(text):
        return True
    return len(text) >= 12 and text[-1] not in _ENDS and not _LEADER.search(text)


def _unclosed(text: str) -> str:
    """The signs one of which must still come to close the bracket or quotation the text ends in."""
    match = _OPEN.search(text, max(0, len(text) - 60))
    return _CLOSES[match[0][0]] if match else ""


def _paragraph(block: Block) -> Paragraph:
    assert isinstance(block, Paragraph)
    return block


def _chain(
    blocks: list[Block], index: int, broken: Set[int], items: Set[int], repeated: Counter[str]
) -> tuple[list[int], list[int]]:
    """Indexes of the parts of one paragraph, and of watermarks and page numbers between them."""
    chain, passed = [index], list[int]()
    between: list[int] = []
    at = index + 1
    while at < len(blocks) and len(between) <= _FURTHEST:
        last, block = chain[-1], blocks[at]
        if not isinstance(block, Paragraph) or at in items:
            break
        head = _paragraph(blocks[last])
        closing = _closing(head.text, block)
        if not closing and _passing(block, repeated):
            between.append(at)
        elif closing or _goes_on(head.text, block, hard=last in broken and not between):
            passed.extend(between)
            between = []
            chain.append(at)
            if not (at in broken or may_go_on(block)):
                break
        else:
            break
        at += 1
    return chain, passed


def _passing(block: Paragraph, repeated: Counter[str]) -> bool:
    text = block.text
    if block.heading or len(text) > _WATERMARK_LENGTH:
        return False
    return bool(_PAGE_NUMBER.match(text)) or repeated[text] >= 3


def _closing(head: str, after: Paragraph) -> bool:
    """Whether `after` begins with what closes the bracket that `head` leaves open."""
    closes = _unclosed(head)
    if not closes or after.heading:
        return False
    near = after.text[:40]
    where = min((near.find(sign) for sign in closes if sign in near), default=-1)
    if where < 0 or any(sign in near[:where] for sign in "。；;(（《“"):
        return False
    return where < 6 or bool(_PROSE.search(head))


def _goes_on(head: str, after: Paragraph, *, hard: bool) -> bool:
    """Whether `after` clearly is the rest of the sentence that `head` begins."""
    rest = after.text
    if after.heading or not rest or _LEADER.search(rest) or _LEADER.search(head):
        return False
    if hard:
        return not _BEGINS.match(rest) and head[-1] not in _ENDS.replace(")", "").replace("）", "")
    if head[-1] in "，,、":
        return not _BEGINS.match(rest) or rest[:4].isdigit()
    return _cut_mid_sentence(head, rest)


def _cut_mid_sentence(head: str, rest: str) -> bool:
    if len(head) < _SHORTEST_CUT or head[-1] in _ENDS or not _PROSE.search(head):
        return False
    tail = _LAST_SENTENCE.search(head)
    if tail and _BEGINS.match(tail[0][1:].lstrip()) and not _PROSE.search(tail[0][1:].split("、", 1)[-1]):
        return False  # a heading hangs on the last sentence
    return bool(_PROSE.search(rest)) and not _BEGINS.match(rest)


def _merged(parts: list[Paragraph]) -> Paragraph:
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for part in parts:
        if texts and _both_letters(texts[-1][-1], part.text[0]):
            texts.append(" ")
            length += 1
        pieces.extend(Piece(piece.start + length, piece.place) for piece in part.pieces)
        texts.append(part.text)
        length += len(part.text)
    return Paragraph("".join(texts), tuple(pieces), parts[0].heading)


def _both_letters(left: str, right: str) -> bool:
    return left.isascii() and left.isalpha() and right.isascii() and right.isalpha()
