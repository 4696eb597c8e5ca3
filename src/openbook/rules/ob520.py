"""OB520: the title of a form belongs to another procedure."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_DRAFT, named

_WRONG = {
    "budget": (("调整", "是预算执行中调整绩效目标用的表"), ("自评", "是年度终了后自评用的表")),
    "accounts": (("申报表", "是编制预算时申报用的表"),),
}


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    stage = "年初预算" if document.stage == "budget" else "决算"
    for form in named(document):
        title = form.form.title.text.replace(" ", "")
        for word, fault in _WRONG.get(document.stage, ()):
            at = title.rfind("绩效")
            if at >= 0 and word in title[at:]:
                yield Finding(
                    "OB520",
                    f"“{form.name}”的表名是“{title[at:]}”，{fault}，本文公开的是{stage}。请核对是否用错了表或者附错了表。",
                    (Location.text(form.form.title.place, form.form.title.text),),
                    ("form-title", form.key),
                    actual=title[at:],
                    severity=Severity.WARNING,
                )
                break


RULE = Rule(
    code="OB520",
    name="form-of-another-procedure",
    title="绩效表的表名属于另一个环节",
    severity=Severity.WARNING,
    basis=GROUND_DRAFT,
    what="年初预算里附的是绩效目标调整表或者自评表，决算里附的是申报表。",
    why="不同环节的表口径不同，附错了读者看到的就不是年初批复的目标。",
    bad="（年初预算）项目支出绩效目标调整申报表",
    good="（年初预算）项目支出绩效目标申报表",
    mend="换成本环节的表；只是表名写错的，更正表名。",
    check=check,
)
