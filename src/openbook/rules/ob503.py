"""OB503: the stated count of projects with targets differs from its parts, the lines or the forms."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Document
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_OPEN, named
from openbook.rules.ob5_projects import fold, projects
from openbook.rules.ob5_stated import Stated, stated


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    claims = stated(document)
    for claim in claims:
        yield from _parts(claim)
        if claim.role == "published":
            yield from _attached(document, claim)
        else:
            yield from _lines(document, claim)
    yield from _more_published(claims)


def _parts(claim: Stated) -> Iterator[Finding]:
    total = sum(part.count for part in claim.parts)
    if len(claim.parts) < 2 or total == claim.count:
        return
    shown = " + ".join(f"{part.count}（{part.text}）" for part in claim.parts)
    yield Finding(
        "OB503",
        f"说明称“{claim.text}”{claim.count} 个，其中各类相加为 {shown} = {total} 个，差 {total - claim.count:+d} 个。"
        "请核对总数和各类的个数。",
        (claim.location(), *(part.location("proof") for part in claim.parts)),
        ("count-parts", claim.role),
        expected=str(total),
        actual=str(claim.count),
        difference=f"{claim.count - total:+d}",
        severity=Severity.ERROR if total > claim.count else Severity.WARNING,
    )


def _attached(document: Document, claim: Stated) -> Iterator[Finding]:
    forms = [one for one in named(document) if one.form.project is not None]
    if not forms or len(forms) == claim.count:
        return
    distinct = {
        (one.name, one.form.indicators[0].name.place if one.form.indicators else None) for one in forms
    }
    lost = len(forms) < claim.count and document.source.scanned
    sure = not lost and len(distinct) == len(forms) and all(one.form.reliable for one in forms)
    yield Finding(
        "OB503",
        f"说明称“{claim.text}”{claim.count} 个，所附绩效目标表有 {len(forms)} 张。请补齐缺少的表或者更正个数。",
        (claim.location(), *(Location.text(one.form.place, one.name, "proof") for one in forms[:20])),
        ("count-attached",),
        expected=str(len(forms)),
        actual=str(claim.count),
        difference=f"{claim.count - len(forms):+d}",
        severity=Severity.ERROR if sure else Severity.WARNING,
    )


def _lines(document: Document, claim: Stated) -> Iterator[Finding]:
    """More projects with targets than the statements have lines at all."""
    lines = projects(document)
    carried = projects(document, "projects_carryover")
    statement = document.statement("projects")
    if not lines or statement is None or claim.count <= len(lines) + len(carried):
        return
    if claim.count <= len({fold(line.name) for line in lines}) + len(carried):
        return
    yield Finding(
        "OB503",
        f"说明称“{claim.text}”{claim.count} 个，《{statement.title}》只有 {len(lines)} 个项目"
        + (f"（另有上年结转 {len(carried)} 个）" if carried else "")
        + "。请核对项目个数，或者补齐表中的项目。",
        (claim.location(), Location.text(statement.place, statement.title, "proof")),
        ("count-lines",),
        expected=str(len(lines)),
        actual=str(claim.count),
        difference=f"{claim.count - len(lines):+d}",
        severity=Severity.WARNING,
    )


def _more_published(claims: list[Stated]) -> Iterator[Finding]:
    managed = next((one for one in claims if one.role == "managed"), None)
    published = next((one for one in claims if one.role == "published"), None)
    if managed is None or published is None or published.count <= managed.count:
        return
    if sum(part.count for part in managed.parts) == published.count:
        return  # its own parts say so already
    yield Finding(
        "OB503",
        f"公开的绩效目标有 {published.count} 个，多于“{managed.text}”的 {managed.count} 个。请核对两处个数。",
        (managed.location(), published.location("proof")),
        ("count-published",),
        expected=str(published.count),
        actual=str(managed.count),
        difference=f"{managed.count - published.count:+d}",
        severity=Severity.WARNING,
    )


RULE = Rule(
    code="OB503",
    name="target-count-differs",
    title="绩效目标的项目个数前后不一致",
    severity=Severity.ERROR,
    basis=GROUND_OPEN,
    what="说明里写的绩效管理项目个数，与同一句里各类之和、与公开的个数、与项目支出预算表的行数或所附绩效目标表的张数比较。"
    "各类之和大于总数、所附的表多于所称个数的，为错误；可能只列了一部分的，为警告。",
    why="个数数得出来，写错只有一种解释：其中一处没有更新。",
    bad="纳入绩效目标管理的项目10个。其中：其他运转类项目10个；特定目标类项目1个。",
    good="纳入绩效目标管理的项目11个。其中：其他运转类项目10个；特定目标类项目1个。",
    mend="重新数一遍项目，把总数、各类个数和所附的表改成一致。",
    check=check,
)
