"""OB610: no procurement is budgeted, yet the performance forms speak of it."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.narrative.holdings import holdings, main_procurement
from openbook.rules.lists import load
from openbook.rules.scan import ask, scan, short, some

ask(lambda: load("holdings")["betrays"])


def check(context: Context) -> Iterator[Finding]:
    found = holdings(context.document)
    if any(one.total.value for one in found.procurements):
        return
    main = main_procurement(found)
    stated = main.total if main else next(iter(found.no_procurement), None)
    if stated is None:
        return
    text = scan(context.document)
    betrays: list[Location] = []
    for line in text.lines_with(*load("holdings")["betrays"]):
        word = next(word for word in load("holdings")["betrays"] if word in line.text)
        if line.paragraph is None:  # in a form, not in the explanation of a term
            at = line.start + line.text.index(word)
            betrays.append(text.locate(at, at + len(word), short(line.text.replace("\t", " ")), "proof"))
    if betrays:
        yield Finding(
            code="OB610",
            message=f"说明称政府采购预算为零（“{stated.text}”），而项目绩效目标中有 {len(betrays)} 处写明要政府采购，"
            f"如“{betrays[0].value}”。请核对是否漏编政府采购预算。",
            locations=(Location.text(stated.place, stated.text, "stated"), *some(betrays)),
            key=("procurement", "forms"),
        )


RULE = Rule(
    code="OB610",
    name="procurement-in-forms-not-in-budget",
    title="政府采购预算为零，绩效目标却要政府采购",
    severity=Severity.WARNING,
    basis="政府采购法第三十三条（采购项目及资金预算应在部门预算中列出）",
    what="说明中的政府采购预算为零，而项目绩效目标表写有“政府采购率”“按照政府采购法”等。",
    why="要采购的项目应当编入政府采购预算；写了采购指标而预算为零，多为漏编。",
    bad="政府采购预算总额0万元；某信息化项目的质量指标：政府采购率100%",
    good="政府采购预算总额2,084.00万元，与项目的采购内容一致",
    mend="补编政府采购预算，或改正绩效指标。",
    check=check,
)
