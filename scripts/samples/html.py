"""Samples as a page of the web."""

from __future__ import annotations

from html import escape

from scripts.samples.plain import Heading, Sheet, Table, Text

STYLE = "table{border-collapse:collapse}td{border:1px solid #999;padding:.2em .6em}"


def html(sheets: list[Sheet]) -> bytes:
    blocks = [block for sheet in sheets for block in sheet.blocks]
    title = next((block.text for block in blocks if not isinstance(block, Table)), "")
    head = f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n<style>{STYLE}</style>'
    body = "\n".join(map(_block, blocks))
    page = (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )
    return page.encode()


def _block(block: Heading | Text | Table) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Text):
        return f"<p>{escape(block.text)}</p>"
    rows: list[str] = [""] * len(block.rows)
    for cell in block.cells():
        down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
        across = f' colspan="{cell.across}"' if cell.across > 1 else ""
        rows[cell.row] += f"<td{down}{across}>{escape(cell.text)}</td>"
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
