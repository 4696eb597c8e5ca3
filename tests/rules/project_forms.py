"""Performance forms and projects statements as text, for the real readers to read."""

from __future__ import annotations

from collections.abc import Iterable

from openbook.document import Document
from openbook.findings import Context, Finding, Rule, Severity
from openbook.reading.forms import read_forms
from openbook.reading.text import read_text
from openbook.statements.understand import understand_statements

Line = tuple[str, str, str, str]  # second level, name, target of the period, target of the year

PLAIN: tuple[Line, ...] = (
    ("数量指标", "巡检次数", "≥12次", "≥12次"),
    ("质量指标", "设备完好率", "≥98%", "≥98%"),
    ("时效指标", "完成及时性", "及时", "及时"),
    ("社会效益指标", "办事便利程度", "提升", "提升"),
    ("服务对象满意度指标", "群众满意度", "≥95%", "≥95%"),
)


def form(
    project: str = "机房维护费",
    year_total: str = "188,000",
    period_total: str | None = None,
    *,
    local: str | None = None,
    lines: Iterable[Line] = PLAIN,
    period: str = "1年",
    attribute: str = "一次性项目(1年结束)",
    title: str = "某县级预算部门(单位)项目支出绩效目标申报表",
    department: str = "021-某县数据局",
    filed: str = "2024.1.5",
    texts: dict[str, str] | None = None,
    goals: tuple[str, str] = ("机房稳定运行，设备随坏随修", "全年机房稳定运行，设备随坏随修"),
) -> str:
    """A Shanxi form: the whole period to the left, the budget year to the right."""
    whole = year_total if period_total is None else period_total
    own = {"项目概况": "维护机房设备", "立项依据": "单位职责", "项目实施计划": "分季度巡检", **(texts or {})}
    rows = [
        f"## {title}",
        "",
        "(2024年度)",
        "",
        f"项目名称\t\t{project}\t\t\t\t\t",
        f"主管部门及代码\t\t{department}\t\t实施单位\t\t某县数据局\t",
        f"项目属性\t\t{attribute}\t\t项目期\t\t{period}\t",
        f"项目资金(元)\t\t实施期资金总额:\t{whole}\t年度资金总额:\t{year_total}\t\t",
        "\t\t其中:中央财政资金\t0\t其中:中央财政资金\t0\t\t",
        "\t\t省级财政资金\t0\t省级财政资金\t0\t\t",
        f"\t\t市县(区)财政资金\t{local or whole}\t市县(区)财政资金\t{local or year_total}\t\t",
        "\t\t单位自筹\t0\t单位自筹\t0\t\t",
        "其他资金\t\t\t其他资金\t\t\t\t",
        *(f"{label}\t\t{text}\t\t\t\t\t" for label, text in own.items()),
        "实施期目标\t\t\t\t年度目标\t\t\t",
        f"总体目标\t{goals[0]}\t\t\t{goals[1]}\t\t\t",
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值",
        *(f"\t\t{level}\t{name}\t{one}\t{level}\t{name}\t{two}" for level, name, one, two in lines),
        f"负责人:\t经办人:\t甲某某\t联系电话:\t2000000\t填报日期:\t{filed}",
        "",
        "",
    ]
    return "\n".join(rows)


def described(*lines: tuple[str, str, str, str, str], project: str = "热线运行费") -> str:
    """A Hebei form: second level, name, description, value, ground."""
    return "\n".join(
        [
            f"1、{project}绩效目标表",
            "",
            "绩效目标 1. 保障热线畅通，来电有人接、事项有人办。",
            "",
            "一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据",
            *("\t" + "\t".join(line) for line in lines),
            "",
            "",
        ]
    )


def statement(*projects: tuple[str, str], total: str | None = None) -> str:
    """A projects statement in 万元."""
    rows = [f"{name}\t{amount}\t{amount}" for name, amount in projects]
    whole = total or str(sum(round(float(amount) * 100) for _, amount in projects) / 100)
    return "\n".join(
        [
            "2024年项目支出预算表（本年预算）",
            "",
            "部门名称：某县数据局",
            "",
            "单位：万元",
            "",
            "项目名称\t合计\t一般公共预算",
            f"某县数据局\t{whole}\t{whole}",
            *rows,
            "",
            "",
        ]
    )


def read(text: str, year: int | None = 2024) -> Document:
    source = read_text(text, "sample.txt")
    document = Document(source, department="某县数据局")
    understand_statements(source, document)
    document.year = year
    document.forms = read_forms(source)
    return document


def check(rule: Rule, text: str, year: int | None = 2024, **more: object) -> list[Finding]:
    document = read(text, year)
    for name, value in more.items():
        setattr(document, name, value)
    return list(rule.check(Context(document)))


def severities(rule: Rule, text: str, year: int | None = 2024) -> list[Severity]:
    return [finding.severity or rule.severity for finding in check(rule, text, year)]
