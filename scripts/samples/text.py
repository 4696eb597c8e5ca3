"""Samples as plain text (tables by tabs) and as Markdown (tables by pipes)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scripts.samples.plain import Heading, Sheet, Table, Text


def text(sheets: list[Sheet]) -> bytes:
    return _join(sheets, _tabs)


def markdown(sheets: list[Sheet]) -> bytes:
    return _join(sheets, _pipes)


def _join(sheets: list[Sheet], show: Callable[[Table], str]) -> bytes:
    return "\n\n".join(_blocks(sheets, show)).encode() + b"\n"


def _blocks(sheets: list[Sheet], show: Callable[[Table], str]) -> Iterator[str]:
    for sheet in sheets:
        for block in sheet.blocks:
            if isinstance(block, Heading):
                yield "#" * block.level + " " + block.text
            elif isinstance(block, Text):
                yield block.text
            else:
                yield show(block)


def _tabs(table: Table) -> str:
    return "\n".join("\t".join(row) for row in table.blanked())


def _pipes(table: Table) -> str:
    rows = [[*row, *[""] * (table.width - len(row))] for row in table.blanked()]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * table.width, *lines[1:]])
