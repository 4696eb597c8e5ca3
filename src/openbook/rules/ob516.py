"""OB516: a required part of a performance form is empty."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.document import Text
from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.ob5_forms import GROUND_DRAFT, Named, named

_PARTS = (
    "项目概况",
    "立项依据",
    "项目设立必要性",
    "保证项目实施的制度、措施",
    "项目实施计划",
    "总体目标",
    "年度目标",
)
_NOTHING = ("", "无", "/", "-", "—", "暂无")


def check(context: Context) -> Iterator[Finding]:
    for form in named(context.document):
        if not form.form.reliable:
            continue
        lacking = list(_lacking(form))
        if lacking:
            yield _finding(form, lacking)
        if not form.form.indicators and form.form.project is not None:
            yield Finding(
                "OB516",
                f"《{form.name}》绩效目标表没有一个指标。请补齐绩效指标。",
                (Location.text(form.form.place, form.name),),
                ("no-indicators", form.key),
                severity=Severity.WARNING,
            )


def _lacking(form: Named) -> Iterator[tuple[str, Text]]:
    for label in _PARTS:
        text = form.form.texts.get(label)
        if text is not None and text.text.strip() in _NOTHING:
            yield label, text
    if form.form.filed is not None and not form.form.filed.text:
        yield "填报日期", form.form.filed


def _finding(form: Named, lacking: list[tuple[str, Text]]) -> Finding:
    shown = "、".join(f"{label}（填“{text.text}”）" if text.text else label for label, text in lacking)
    return Finding(
        "OB516",
        f"《{form.name}》绩效目标表没有填：{shown}。请补齐。",
        tuple(
            Location(text.place, f"{form.name}绩效目标表", label, None, text.text) for label, text in lacking
        ),
        ("form-part-empty", form.key),
        severity=Severity.INFO,
    )


RULE = Rule(
    code="OB516",
    name="form-part-empty",
    title="绩效目标表有应填未填的内容",
    severity=Severity.INFO,
    basis=GROUND_DRAFT,
    what="项目概况、立项依据、必要性、措施、实施计划、总体目标、年度目标、填报日期印有栏目而内容空着或只写“无”；整张表没有指标。",
    why="缺了依据和计划，读者无法判断项目为什么要做、怎样做。",
    bad="保证项目实施的制度、措施：无",
    good="保证项目实施的制度、措施：按采购合同分季度验收",
    mend="补填空着的栏目；确实不适用的，写明原因。",
    check=check,
)
