"""OB502: a performance form speaks of a project that no projects statement has."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Document, Row
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.money import LI_PER_WAN, show
from openbook.rules.ob5_forms import GROUND_OPEN, Named
from openbook.rules.ob5_projects import Matching, complete, figure, fold, matching, projects, year_total


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    found = matching(document)
    if not found.pairs:
        return
    units = {
        fold(row.name) for kind in _KINDS for row in _rows(document, kind) if row.key.startswith("unit:")
    }
    for form in found.stray:
        if fold(form.name) not in units:
            yield _finding(document, form, found)


_KINDS = ("projects", "projects_carryover")


def _rows(document: Document, kind: str) -> list[Row]:
    statement = document.statement(kind)
    return statement.rows if statement else []


def _proven(document: Document, form: Named, found: Matching) -> bool:
    """Every line of the statement has its own form, so that this one is left over by count."""
    statement = document.statement("projects")
    fund = year_total(form)
    return (
        statement is not None
        and statement.reliable
        and not found.bare
        and fund is not None
        and bool(fund.amount)
        and fold(form.name) not in {fold(pair.form.name) for pair in found.pairs}
        and all(pair.sure for pair in found.pairs)
        and not _split(found)
        and complete(document)
    )


def _split(found: Matching) -> bool:
    """Whether a line has more money than its own form, so that the form left over may be a part of it."""
    for pair in found.pairs:
        own = figure(year_total(pair.form))
        line = pair.project.amount
        if own is None or line is None or line.value - line.half > own.value + own.half + LI_PER_WAN:
            return True
    return False


def _finding(document: Document, form: Named, found: Matching) -> Finding:
    fund = year_total(form)
    lines = projects(document)
    title = lines[0].row.statement.title if lines else "项目支出预算表"
    amount = f"，年度资金 {show(fund.amount)} 万元" if fund and fund.amount else ""
    text = form.form.project
    places = [Location.text(text.place, text.text)] if text else [Location.text(form.form.place, form.name)]
    if fund is not None:
        places.append(Location(fund.place, f"{form.name}绩效目标表", fund.label, "年度", role="proof"))
    statement = document.statement("projects")
    if statement is not None:
        places.append(Location.text(statement.place, statement.title, "proof"))
    proven = _proven(document, form, found)
    counted = f"，表中 {len(lines)} 个项目都另有各自的绩效目标表" if proven else ""
    return Finding(
        "OB502",
        f"附了“{form.name}”的绩效目标表{amount}，但《{title}》里没有这个项目{counted}。"
        "请核对：项目已列入预算的，补到表中并重算合计；没有列入的，删去这张绩效目标表。",
        tuple(places),
        ("form-without-project", form.key),
        severity=Severity.ERROR if proven else Severity.WARNING,
    )


RULE = Rule(
    code="OB502",
    name="form-without-project",
    title="绩效目标表的项目不在项目支出预算表中",
    severity=Severity.WARNING,
    basis=GROUND_OPEN,
    what="所附绩效目标表的项目，在项目支出预算表（本年和上年结转）里都找不到。"
    "表中每个项目都已有自己的绩效目标表、仍多出一张有金额的，为错误；只是名称对不上的，为警告。",
    why="没有列入预算的钱不能公开绩效目标；列入了而表里没有，则表和合计都少了这笔钱。",
    bad="附表: “咨询服务费”绩效目标表，年度资金 5,000,000 元\n项目支出预算表: 没有“咨询服务费”",
    good="附表: “咨询服务费”绩效目标表，年度资金 5,000,000 元\n项目支出预算表: 咨询服务费 500.00",
    mend="把项目补入项目支出预算表并重算合计，或者删去多余的绩效目标表。",
    check=check,
)
