"""OB409: one code bears different names in different statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from openbook.accounts.classification import kind_of
from openbook.accounts.judging import Verdict
from openbook.accounts.names import alike, plain, stem
from openbook.accounts.printed import Printed, locations, printed
from openbook.findings import Context, Finding, Rule, Severity

# What other rules report: which of the names is right is known there.
_JUDGED = frozenset({Verdict.ELSEWHERE, Verdict.DIFFERENT, Verdict.FORMER, Verdict.ALIKE})


def check(context: Context) -> Iterator[Finding]:
    codes: dict[str, list[Printed]] = defaultdict(list)
    for pair in printed(context.document):
        if stem(pair.name) and kind_of(pair.code):
            codes[pair.code].append(pair)
    for code, pairs in codes.items():
        if len(pairs) > 1 and not any(pair.judgement.verdict in _JUDGED for pair in pairs):
            first, other = pairs[0], next((p for p in pairs[1:] if not alike(p.name, pairs[0].name)), None)
            if other is not None:
                yield _finding(code, first, other)


def _finding(code: str, first: Printed, other: Printed) -> Finding:
    return Finding(
        code="OB409",
        message=f"同一编码 {code} 在{first.titles}中是“{plain(first.name)}”，在{other.titles}中是"
        f"“{plain(other.name)}”。请统一，并核对哪一个与科目表一致。",
        locations=locations(other.rows) + locations(first.rows[:1], "proof"),
        key=("two-names", code),
        expected=plain(first.name),
        actual=plain(other.name),
    )


RULE = Rule(
    code="OB409",
    name="one-code-two-names",
    title="同一科目编码前后名称不一",
    severity=Severity.WARNING,
    basis="当年《政府收支分类科目》（一个编码只有一个名称）",
    what="同一文件的各表中，同一编码配了不同的名称。科目表中查得到的编码由 OB401、OB403、OB405 判断。",
    why="一个编码只能是一个科目，至少有一处填错。",
    bad="支出总表：2011350 事业运行；一般公共预算支出表：2011350 招商引资",
    good="两表都写：2011350 事业运行",
    mend="查科目表，把各表改为同一名称。",
    check=check,
)
