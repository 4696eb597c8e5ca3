"""Statements written as lines: `code | name`, with `# kind side` opening a statement."""

from openbook.document import Cell, Column, Document, Row, Statement
from openbook.findings import Context, Finding, Rule
from openbook.money import Unit
from openbook.source import Paragraph, Piece, Place, Source


def document(text: str, year: int | None = 2024, form: str = "docx", prose: str = "") -> Document:
    """`raw` codes keep their blanks: "301 2"; a third part is an amount or, with ->, a government account."""
    statements: list[Statement] = []
    side: str | None = None
    for number, line in enumerate(text.strip().splitlines(), 1):
        if line.startswith("#"):
            kind, *sides = line[1:].split()
            side = sides[0] if sides else None
            statements.append(Statement(kind, f"{kind}表", Place(line=number), Unit.WAN))
            continue
        statements[-1].rows.append(_row(statements[-1], line, side, Place(line=number)))
    blocks = [Paragraph(each, (Piece(0, Place(line=1, column=1)),)) for each in prose.splitlines()]
    return Document(Source("sample", form, list(blocks)), year=year, statements=statements)


def _row(statement: Statement, line: str, side: str | None, place: Place) -> Row:
    raw, name, *more = (part.strip() for part in line.split("|"))
    parts = raw.split()
    code = "".join(parts[:1] + [part.zfill(2) for part in parts[1:]]) or None
    row = Row(statement, code or name, code, name, side, place, raw_code=raw)
    for part in more:
        if part.startswith("->"):
            row.government = part[2:].strip()
        elif part:
            row.cells["amount"] = Cell(row, Column("amount", "金额", 0), part, place, int(part), 0)
    return row


def findings(
    rule: Rule, text: str, year: int | None = 2024, form: str = "docx", prose: str = ""
) -> list[Finding]:
    return list(rule.check(Context(document(text, year, form, prose))))


def severities(rule: Rule, text: str, **more) -> list[str]:
    return [(each.severity or rule.severity).word for each in findings(rule, text, **more)]
