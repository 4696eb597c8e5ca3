"""OB519: the responsible department of one form differs from that of the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_DRAFT, Named, named, words
from openbook.rules.ob5_projects import fold

_CODE = re.compile(r"\s*(\d{2,9})\s*[-—－]\s*(.+)")
_FEWEST = 3


def check(context: Context) -> Iterator[Finding]:
    coded: list[tuple[Named, str, str]] = []
    for form in named(context.document):
        match = _CODE.match(words(form.form.department))
        if match:
            coded.append((form, match[1], match[2]))
    if len(coded) < _FEWEST:
        return
    (usual, count), *_ = Counter(code for _, code, _ in coded).most_common(1)
    if count * 3 < len(coded) * 2:
        return
    name = next(text for _, code, text in coded if code == usual)
    for form, code, text in coded:
        if code != usual and not _alike(text, name):
            yield _finding(form, f"{usual}-{name}", count)


def _alike(one: str, other: str) -> bool:
    """Whether two names are one, cut or misread; then only the code was misread."""
    a, b = fold(one), fold(other)
    return a.startswith(b[:6]) or b.startswith(a[:6])


def _finding(form: Named, usual: str, count: int) -> Finding:
    department = form.form.department
    assert department is not None
    return Finding(
        "OB519",
        f"《{form.name}》绩效目标表的主管部门及代码是“{department.text}”，其余 {count} 张表是“{usual}”。请核对主管部门。",
        (Location(department.place, f"{form.name}绩效目标表", "主管部门及代码", None, department.text),),
        ("department", form.key),
        expected=usual,
        actual=department.text,
        severity=Severity.WARNING,
    )


RULE = Rule(
    code="OB519",
    name="form-of-another-department",
    title="绩效目标表的主管部门与其他表不同",
    severity=Severity.WARNING,
    basis=GROUND_DRAFT,
    what="所附绩效目标表（三张以上）绝大多数的主管部门代码相同，个别表的代码和名称都不同。",
    why="一个部门的预算只有一个主管部门；不同多是在系统里选错了科室或部门。",
    bad="“信息化建设”表：909-某某股；其余 6 张表：017-某县行政审批局",
    good="7 张表都是：017-某县行政审批局",
    mend="更正该表的主管部门及代码；确由其他部门主管的，在说明里写明。",
    check=check,
)
