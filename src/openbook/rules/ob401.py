"""OB401: a code and its name do not belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from openbook.accounts.judging import Verdict
from openbook.accounts.printed import Printed, locations, printed
from openbook.findings import Context, Finding, Rule, Severity

_MANY = 4  # from so many wrong names in one class on, the numbering as a whole is at fault


def check(context: Context) -> Iterator[Finding]:
    scanned = context.document.source.scanned
    classes: dict[str, list[tuple[Printed, Severity]]] = defaultdict(list)
    for pair in printed(context.document):
        if pair.judgement.verdict in (Verdict.ELSEWHERE, Verdict.DIFFERENT):
            classes[pair.code[:3]].append((pair, _severity(pair, scanned)))
    for code, wrong in classes.items():
        if len(wrong) >= _MANY:
            yield _whole_class(code, wrong)
        else:
            yield from (_single(pair, severity) for pair, severity in wrong)


def _severity(pair: Printed, scanned: bool) -> Severity:
    right = pair.judgement.right
    if pair.judgement.verdict is Verdict.DIFFERENT:
        return Severity.WARNING if right is not None and right.proven and not scanned else Severity.INFO
    if right is not None and right.doubtful:
        return Severity.INFO
    certain = pair.judgement.proven and pair.reliable and (not scanned or pair.repeated)
    return Severity.ERROR if certain else Severity.WARNING


def _sides(pair: Printed) -> str:
    right, owners = pair.judgement.right, pair.judgement.owners
    parts = [f"“{pair.code} {pair.name}”"]
    if right is not None:
        parts.append(f"科目表中 {pair.code} 是“{right.name}”")
    if owners:
        codes = "、".join(owner.code for owner in owners[:3])
        parts.append(f"“{owners[0].name}”的编码是 {codes}")
    return "，".join(parts)


def _single(pair: Printed, severity: Severity) -> Finding:
    right, owners = pair.judgement.right, pair.judgement.owners
    mend = f"如名称无误，编码应改为 {owners[0].code}" if owners else "请按当年《政府收支分类科目》核对"
    return Finding(
        code="OB401",
        message=f"{pair.titles}中科目编码与名称不符：{_sides(pair)}。{mend}。",
        locations=locations(pair.rows),
        key=("account", pair.code, pair.name),
        expected=right.name if right else owners[0].code,
        actual=pair.name if right else pair.code,
        severity=severity,
    )


def _whole_class(code: str, wrong: list[tuple[Printed, Severity]]) -> Finding:
    rows = [row for pair, _ in wrong for row in pair.rows]
    titles = "、".join(dict.fromkeys(f"《{row.statement.title}》" for row in rows))
    listed = "；".join(_sides(pair) for pair, _ in wrong)
    return Finding(
        code="OB401",
        message=f"{titles}中 {code} 类有 {len(wrong)} 个科目的编码与名称不符，疑似自行编号：{listed}。"
        "请按当年《政府收支分类科目》重新填列编码。",
        locations=locations(rows),
        key=("class", code),
        severity=max(severity for _, severity in wrong),
    )


RULE = Rule(
    code="OB401",
    name="code-disagrees-with-name",
    title="科目编码与名称不符",
    severity=Severity.WARNING,
    basis="《中华人民共和国预算法》第三十二条第四款；当年《政府收支分类科目》",
    what="逐行比对各表的科目编码与名称：编码在当年科目表中是另一个名称，或名称属于另一个编码。"
    "编码和名称两方面都确知的才报错误；凭经验收录的科目、扫描件中只出现一次的只作提醒。",
    why="编码与名称对不上时，读者无法判断钱到底花在哪个科目，上级汇总也会归错类。",
    bad="30203 水费 1.20",
    good="30205 水费 1.20",
    mend="以业务内容为准：名称对的改编码，编码对的改名称；不要自行顺序编号。",
    check=check,
)
