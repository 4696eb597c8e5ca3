"""The columns of the open data's tables, said once: types, constraints, keys, fiscal meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from openbook.book.model import CATEGORIES, PERIODS, SOURCES
from openbook.money import Unit

CLAIMS = ("amount", "share", "growth", "change", "flat", "count", "items")


@dataclass(frozen=True, slots=True)
class Resource:
    """A table. `references`: field -> the resource and field it must be found in."""

    name: str
    title: str
    description: str
    fields: tuple[dict[str, Any], ...]
    key: tuple[str, ...]
    references: dict[str, tuple[str, str]] = field(default_factory=dict)


def _field(
    name: str, title: str, kind: str = "string", meaning: str = "", **constraints: Any
) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "title": title, "type": kind}
    if meaning:
        told["columnType"] = meaning
    if kind == "number":
        told |= {"decimalChar": ".", "bareNumber": True}
    if constraints:
        told["constraints"] = {
            key: list(one) if isinstance(one, tuple) else one for key, one in constraints.items()
        }
    return told


_CODE = r"\d{3}(\d{2}){0,2}"

RESOURCES = (
    Resource(
        "cells",
        "公开的数字",
        "各张报表的每一个数字：公开时印的字、舍入后的金额和未舍入的金额。",
        (
            _field("cell", "数字的地址", required=True, unique=True),
            _field("statement", "所在的报表"),
            _field("row", "行"),
            _field("column", "栏"),
            _field("text", "公开时印的字"),
            _field("printed_fen", "公开的金额（分）", "integer", required=True),
            _field("printed_yuan", "公开的金额（元）", "number", required=True),
            _field("exact_fen", "准确的金额（分）", "integer", required=True),
            _field("exact_yuan", "准确的金额（元）", "number", required=True),
            _field("unit", "报表的金额单位", required=True, enum=tuple(unit.value for unit in Unit)),
        ),
        ("cell",),
    ),
    Resource(
        "lines",
        "预算账簿的行",
        "公开的数字所由来的每一笔：单位、科目、资金来源、金额。",
        (
            _field("line", "行的名称", meaning="budget-line-id", required=True, unique=True),
            _field("table", "账簿的表", required=True),
            _field("index", "表中的序号，从 0 起", "integer", required=True, minimum=0),
            _field("file", "账簿的文件或工作表"),
            _field("row", "文件中的行号", "integer", minimum=1),
            _field("fiscal_year", "预算年度", "integer", "date:fiscal-year", required=True, minimum=1990, maximum=2200),
            _field("phase", "预算阶段", meaning="phase:id", required=True, enum=("approved",)),
            _field("direction", "收入或支出", meaning="direction", enum=("expenditure", "revenue")),
            _field("amount_fen", "金额（分）", "integer", required=True),
            _field("amount_yuan", "金额（元）", "number", "value", required=True),
            _field("unit", "单位", meaning="administrative-classification:generic:code"),
            _field("function", "支出功能分类科目编码", meaning="functional-classification:generic:code", pattern=_CODE),
            _field("function_name", "支出功能分类科目名称", meaning="functional-classification:generic:label"),
            _field("economic", "部门预算支出经济分类科目编码", meaning="economic-classification:generic:code",
                   pattern=_CODE),
            _field("economic_name", "部门预算支出经济分类科目名称", meaning="economic-classification:generic:label"),
            _field("source", "资金来源", meaning="fin-source:generic:code", enum=tuple(SOURCES)),
            _field("source_name", "资金来源名称", meaning="fin-source:generic:label"),
            _field("category", "支出类别", meaning="expenditure-type:code", enum=tuple(CATEGORIES)),
            _field("category_name", "支出类别名称", meaning="expenditure-type:label"),
            _field("project", "项目编码", meaning="activity:generic:project:code"),
            _field("period", "资金年度", enum=tuple(PERIODS)),
            _field("period_name", "资金年度名称"),
            _field("item", "事项：上年数是哪一个，采购的是什么"),
        ),
        ("line",),
    ),
    Resource(
        "provenance",
        "数字的来源",
        "每个数字是哪些行之和：一个数字、一行账，各占一行。",
        (_field("cell", "数字的地址", required=True), _field("line", "行的名称", required=True)),
        ("cell", "line"),
        {"cell": ("cells", "cell"), "line": ("lines", "line")},
    ),
    Resource(
        "claims",
        "说明中的数字",
        "说明文字里的每一个数字。金额和增减额的 value 为分，占比和增长率为万分之一个百分点，个数为整数。",
        (
            _field("claim", "编号", required=True, unique=True),
            _field("kind", "种类", required=True, enum=CLAIMS),
            _field("topic", "所说的事"),
            _field("text", "文中的字"),
            _field("value", "数值", "integer"),
        ),
        ("claim",),
    ),
    Resource(
        "claim_cells",
        "说明中的数字出自哪里",
        "说明文字里的每一个数字由报表的哪些数字算出，按计算的次序：部分、整体；本年、上年。",
        (
            _field("claim", "编号", required=True),
            _field("position", "次序", "integer", required=True, minimum=1),
            _field("cell", "数字的地址", required=True),
        ),
        ("claim", "position"),
        {"claim": ("claims", "claim"), "cell": ("cells", "cell")},
    ),
)  # fmt: skip
