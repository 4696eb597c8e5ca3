"""Disclosures written as small tables of text: a line with bars is a row, its cells between them."""

from __future__ import annotations

import html
from pathlib import Path
from tempfile import TemporaryDirectory

from openbook.checking.engine import check_file, read_document
from openbook.checking.result import DocumentReport, Reported
from openbook.document import Document, Statement


def printed(text: str) -> str:
    """The text as a scanner's file has it: cells divided by tabs."""
    return "\n".join("\t".join(_cells(line)) if "|" in line else line for line in text.split("\n"))


def web_page(text: str) -> str:
    """The same disclosure as a web page, in which nothing can be shifted or misread."""
    out: list[str] = []
    for line in text.split("\n"):
        if "|" in line:
            row = "".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(line))
            if out and out[-1].endswith("</tr></table>"):
                out[-1] = out[-1].removesuffix("</table>") + f"<tr>{row}</tr></table>"
            else:
                out.append(f"<table><tr>{row}</tr></table>")
        else:
            out.append(f"<p>{html.escape(line)}</p>" if line.strip() else "")
    return "<!DOCTYPE html><html><body>" + "\n".join(out) + "</body></html>"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def read(text: str) -> Document:
    """The text as understood, through a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "公开.txt"
        path.write_text(printed(text), encoding="utf-8")
        return read_document(str(path))


def statement(text: str) -> Statement:
    """The only statement of the text."""
    [found] = read(text).statements
    return found


def report(text: str, *, web: bool = False, last_year: str | None = None) -> DocumentReport:
    """The whole check of the text, as a scanner's file or as a web page."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("公开.html" if web else "公开.txt")
        path.write_text(web_page(text) if web else printed(text), encoding="utf-8")
        if last_year is None:
            return check_file(str(path))
        prior = Path(folder) / "上年.txt"
        prior.write_text(printed(last_year), encoding="utf-8")
        return check_file(str(path), priors={str(path): str(prior)})


def findings(code: str, text: str, *, web: bool = False) -> list[Reported]:
    """What one rule says of the text."""
    return [finding for finding in report(text, web=web).findings if finding.code == code]


def codes(text: str, family: str = "OB2", *, web: bool = False) -> list[str]:
    """Codes of the findings of one family, tails of rounding left aside."""
    return [
        finding.code
        for finding in report(text, web=web).findings
        if finding.code.startswith(family) and finding.code != "OB209"
    ]


def figures(made: Statement) -> dict[str, dict[str, str]]:
    """What stands in the cells, by row and column; blank cells are left out."""
    return {row.key: {key: cell.text for key, cell in row.cells.items() if cell.text} for row in made.rows}
