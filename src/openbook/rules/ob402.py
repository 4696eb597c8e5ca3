"""OB402: a code that no classification can hold, or that stands under another class."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.accounts.classification import kind_of
from openbook.accounts.names import plain, stem
from openbook.accounts.printed import accounts_of, coded_statements, locations
from openbook.document import Row, Statement
from openbook.findings import Context, Finding, Rule, Severity

_LENGTHS = {"revenue": (3, 5, 7, 9), "functional": (3, 5, 7), "departmental": (3, 5), "governmental": (3, 5)}
# A unit's own number may stand in the code column of an expenditure table.
_UNIT = re.compile(r"(?:局|中心|委员会|办公室|政府|学校|医院|院|所|站|队|部|处|办|本级|机关|协会|联合会)$")


def check(context: Context) -> Iterator[Finding]:
    accounts = accounts_of(context.document)
    missing = context.verdicts.missing if context.verdicts else []
    lost = {(one.statement.kind, one.code) for one in missing}  # OB211 says so of the row above already
    for statement in coded_statements(context.document):
        classes = {row.code for row in statement.rows if row.code and len(row.code) == 3}
        for row in statement.rows:
            parts = (row.raw_code or row.code or "").split()
            if not parts or not "".join(parts).isdigit() or _UNIT.search(plain(row.name)):
                continue
            reason = _impossible(parts, classes)
            if reason:
                owners = [a.code for a in accounts.by_name(row.name, "functional")] if stem(row.name) else []
                yield _finding(row, " ".join(parts), reason, _suggestion(parts, owners, classes))
        yield from _astray(statement, lost)


def _impossible(parts: list[str], classes: set[str]) -> str | None:
    """What is wrong with the digits; None where nothing is or where they may number something else."""
    code = "".join(parts)
    kind = kind_of(code)
    if kind and code[:3] in classes and len(code) in _LENGTHS[kind]:
        return None
    if len(parts) > 1 and len(parts[0]) < 3 and len(code) >= 4 and all(len(part) == 2 for part in parts[1:]):
        return "类级编码不足3位"
    if len(parts) > 1 and len(parts[0]) == 3 and any(len(part) == 1 for part in parts[1:]):
        return "款、项各应为2位，不足的前面补0"
    if kind and code[:3] in classes and len(code) not in _LENGTHS[kind]:
        return f"共{len(code)}位，科目编码应为" + "、".join(map(str, _LENGTHS[kind])) + "位"
    return None


def _suggestion(parts: list[str], owners: list[str], classes: set[str]) -> str | None:
    if len(parts[0]) == 3:
        padded = parts[0] + "".join(part.zfill(2) for part in parts[1:])
        return padded if padded != "".join(parts) else None
    tail = "".join(parts[1:])
    fitting = [code for code in owners if code.endswith(tail) and code[:3] in classes]
    return fitting[0] if len(fitting) == 1 else None


def _finding(row: Row, shown: str, reason: str, suggestion: str | None) -> Finding:
    mend = f"应为 {suggestion}" if suggestion else "请按科目表核对"
    return Finding(
        code="OB402",
        message=f"《{row.statement.title}》“{plain(row.name)}”行的科目编码“{shown}”有误：{reason}，{mend}。",
        locations=locations([row]),
        key=("digits", row.statement.kind, shown, stem(row.name)),
        expected=suggestion,
        actual=shown,
    )


def _astray(statement: Statement, lost: set[tuple[str, str]]) -> Iterator[Finding]:
    """Rows that stand under a class or section that is not theirs, where their own is missing."""
    if not statement.reliable:
        return
    sides: dict[str | None, list[Row]] = {}
    for row in statement.rows:
        if row.code and kind_of(row.code) and len(row.code) in (3, 5, 7):
            sides.setdefault(row.side, []).append(row)
    for rows in sides.values():
        codes = {row.code for row in rows}
        above: dict[int, Row] = {}
        for row in rows:
            code = row.code or ""
            upper = above.get(len(code) - 2)
            above = {length: other for length, other in above.items() if length < len(code)} | {
                len(code): row
            }
            if upper is None or code.startswith(upper.code or "") or code[:-2] in codes:
                continue
            if (statement.kind, code[:-2]) in lost:
                continue
            yield Finding(
                code="OB402",
                message=f"《{statement.title}》中“{code} {plain(row.name)}”排在“{upper.code} {plain(upper.name)}”"
                f"之下，但表中没有它的上级科目 {code[:-2]}。请核对编码，或补列上级科目行。",
                locations=locations([row]) + locations([upper], "proof"),
                key=("parent", statement.kind, code),
                expected=f"{upper.code}××",
                actual=code,
            )


RULE = Rule(
    code="OB402",
    name="impossible-code",
    title="科目编码位数或层级有误",
    severity=Severity.WARNING,
    basis="《中华人民共和国预算法》第三十二条第四款（类、款、项）；当年《政府收支分类科目》",
    what="找出科目表中不可能有的编码：位数不对（功能分类3、5、7位，经济分类3、5位）、"
    "款项没有补足两位、类级编码残缺，以及排在别的类、款之下而本表没有其上级的编码。",
    why="残缺的编码无法归类，也常意味着这一行的名称或金额串了行。",
    bad="301 2 津贴补贴",
    good="301 02 津贴补贴",
    mend="按科目表补足位数；上级科目行缺失的补列。",
    check=check,
)
