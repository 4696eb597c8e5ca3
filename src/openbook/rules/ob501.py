"""OB501: a project of the projects statement has no performance form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import show
from openbook.rules.ob5_forms import GROUND_OPEN, named
from openbook.rules.ob5_listed import Listed, by_name, sentence
from openbook.rules.ob5_projects import Project, distance, fold, matching, projects
from openbook.rules.ob5_stated import Stated, stated

_SET = re.compile(r"编报|编制|填报|申报|公开")
_ELSEWHERE = re.compile(r"绩效目标[^。；]{0,20}(?:见附[件表]|另行公开|另附|详见|附后)")


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    if not any(form.project is not None for form in document.forms):
        yield from _none_attached(document)
        return
    if document.statement("projects") is None:
        yield from _listed_only(document)
    found = matching(document)
    if not found.pairs or not found.bare:
        return
    claim = _claim(document, len(projects(document)))
    if len(found.bare) > len(found.pairs):
        yield _many(document, found.bare, len(found.pairs))
        return
    chosen = _published(document)
    for line in found.bare:
        if chosen:
            yield _finding(line, None, None, Severity.INFO)
            continue
        listed = _listed(document, line)
        proven = claim is not None and listed is not None and not found.stray and _sure(document)
        yield _finding(line, claim, listed, Severity.ERROR if proven else Severity.WARNING)


def _none_attached(document: Document) -> Iterator[Finding]:
    """Targets were set, the explanation says, and not one form is there."""
    claim = next((one for one in stated(document) if one.count and _SET.search(one.text)), None)
    if claim is None or document.forms:
        return
    if any(_ELSEWHERE.search(paragraph.text) for paragraph in document.source.paragraphs()):
        return
    yield Finding(
        "OB501",
        f"说明称“{claim.text}”{claim.count} 个，文中没有附一张项目绩效目标表。请核对应当随预算公开的绩效目标表是否漏附，"
        "或者写明在哪里公开。",
        (claim.location(),),
        ("form-missing", "all"),
        severity=Severity.INFO,
    )


def _listed_only(document: Document) -> Iterator[Finding]:
    """Without a projects statement: the projects that one sentence names and that have no form."""
    listed = sentence(document)
    if listed is None:
        return
    forms = Counter(fold(one.name) for one in named(document) if one.form.project is not None)
    bare: list[Listed] = []
    for name, entries in by_name(listed.entries).items():
        attached = forms[name] or sum(
            count for other, count in forms.items() if name in other or other in name or _near(name, other)
        )
        if not attached:
            bare += entries
    if not bare or len(bare) * 2 > len(listed.entries):
        return
    for entry in bare:
        yield Finding(
            "OB501",
            f"说明列出的项目“{entry.name}”（{entry.text}）没有绩效目标表，同时列出的其他项目都附了。"
            "请补上该项目的绩效目标表，或者说明不公开的依据。",
            (entry.location(),),
            ("form-missing", f"project:{entry.name}"),
        )


def _near(one: str, other: str) -> bool:
    return distance(one, other, limit=max(1, min(len(one), len(other)) // 6)) is not None


def _sure(document: Document) -> bool:
    statement = document.statement("projects")
    nameless = any(form.project is None and "项目" in form.title.text for form in document.forms)
    reliable = all(form.reliable for form in document.forms)
    return statement is not None and statement.reliable and reliable and not nameless


def _published(document: Document) -> bool:
    """Whether the explanation says that as many were published as are attached."""
    attached = sum(one.form.project is not None for one in named(document))
    return any(one.role == "published" and one.count == attached for one in stated(document))


def _claim(document: Document, lines: int) -> Stated | None:
    """The sentence that counts as many projects with targets as the statement has lines."""
    attached = len(named(document))
    return next((one for one in stated(document) if one.count == lines > attached), None)


def _listed(document: Document, line: Project) -> Location | None:
    """Where the explanation lists the project as one whose targets are attached."""
    name = fold(line.name)
    for section in document.source.paragraphs():
        text = section.text
        if len(text) > 120 or ("万元" not in text and "元" not in text):
            continue
        head = text.replace("：", ":").split(":", 1)
        if len(head) == 2 and fold(head[0]).lstrip("0123456789") in (name, name.lstrip("0123456789")):
            return Location.text(section.place(), text, "proof")
    return None


def _finding(line: Project, claim: Stated | None, listed: Location | None, severity: Severity) -> Finding:
    amount = f"（{show(line.amount.value)} 万元）" if line.amount else ""
    said = f"；说明称“{claim.text}”{claim.count} 个" if claim else ""
    places = [line.location("stated")]
    if listed is not None:
        places.append(listed)
    if claim is not None:
        places.append(claim.location("proof"))
    return Finding(
        "OB501",
        f"《{line.row.statement.title}》中的项目“{line.name}”{amount}没有绩效目标表，其他项目都附了{said}。"
        "请补上该项目的绩效目标表，或者说明不公开的依据。",
        tuple(places),
        ("form-missing", line.row.key),
        severity=severity,
    )


def _many(document: Document, bare: list[Project], attached: int) -> Finding:
    names = "、".join(line.name for line in bare[:5])
    statement = bare[0].row.statement
    return Finding(
        "OB501",
        f"《{statement.title}》有 {len(projects(document))} 个项目，只附了其中 {attached} 个的绩效目标表；"
        f"没有附的如：{names}。请核对应当公开的绩效目标是否齐全。",
        (bare[0].location("stated"),),
        ("form-missing", "many"),
        severity=Severity.INFO,
    )


RULE = Rule(
    code="OB501",
    name="project-without-form",
    title="项目没有绩效目标表",
    severity=Severity.WARNING,
    basis=GROUND_OPEN,
    what="项目支出预算表里的项目，在所附的绩效目标表中找不到。名称按去掉空格、括号、引号后比较，允许个别字误认，"
    "同名项目再按金额区分。说明写明了项目个数并逐一列出、所附的表又少了时为错误，其余为警告。没有项目支出预算表的，用说明中逐个列出的项目比较；"
    "写了编报绩效目标的个数而一张表也没有附的，作提示。",
    why="绩效目标应当和预算同步公开。漏附一张表，读者就无法知道这笔钱要办成什么事。",
    bad="项目支出预算表: 机房维护费 18.76、热线运行费 5.00\n附表: 只有“机房维护费”的绩效目标表",
    good="项目支出预算表: 机房维护费 18.76、热线运行费 5.00\n附表: 两个项目各有一张绩效目标表",
    mend="补附缺少的绩效目标表；项目名称不同的，统一成项目支出预算表里的名称。",
    check=check,
)
