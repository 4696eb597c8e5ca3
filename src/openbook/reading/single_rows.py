"""Tables that blank lines took apart: one table for every row becomes one table again."""

from __future__ import annotations

from openbook.source import Block, RawTable, Source

_FEWEST = 3


def joined(source: Source) -> list[Block]:
    """The blocks of a source; in text, runs of tables of a single row are one table."""
    blocks = source.blocks
    if not source.scanned:
        return blocks
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        run = index
        while run < len(blocks) and isinstance(block := blocks[run], RawTable) and len(block.rows) == 1:
            run += 1
        if run - index >= _FEWEST:
            rows = [row for block in blocks[index:run] if isinstance(block, RawTable) for row in block.rows]
            found.append(RawTable(rows))
            index = run
        else:
            found.append(blocks[index])
            index += 1
    return found
