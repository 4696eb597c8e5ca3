"""A disclosure that has everything a writer must write, small enough to be looked at.

Cover, contents, parts, a two-sided summary with merged heads, an accounts statement of several pages,
an empty statement with its note, a landscape statement, a performance form, prose with claims, charts.
Every figure is the sum of its parts; the amounts are invented.
"""

from __future__ import annotations

from collections.abc import Iterable

from openbook.accounts import classification
from openbook.disclosure import (
    Block,
    Cell,
    Chart,
    Claim,
    Contents,
    Cover,
    Disclosure,
    GridCell,
    Heading,
    PageBreak,
    Paragraph,
    Point,
    Run,
    Table,
    figure,
)
from openbook.money import Unit

DEPARTMENT = "某省甲市乙区行政审批服务管理局"
YEAR = 2024
ABOVE = (f"部门名称：{DEPARTMENT}", "单位：万元")
SOURCES = (
    "一、一般公共预算",
    "二、政府性基金预算",
    "三、国有资本经营预算",
    "四、财政专户管理资金",
    "五、单位资金",
)
NUMERALS = "一 二 三 四 五 六 七 八 九 十".split()
ITEMS = (
    "2010301 2010302 2010303 2010305 2010306 2010350 2010399 2010401 2010402 2010404 2010408 "
    "2010499 2013801 2013802 2013805 2013808 2013850 2013899 2040601 2040602 2040604 2040605 2040607 2040610 "
    "2040612 2040613 2040650 2040699 2080501 2080502 2080505 2080506 2080599 2080801 2080803 2080899 "
    "2101101 2101102 2101103 2101199 2120101 2120102 2120104 2120199 2210201 2210202 2210203"
).split()


def sample_disclosure(*, draft: bool = False) -> Disclosure:
    """The whole sample; the same whenever it is built."""
    cells: dict[str, Cell] = {}
    expenditure = _expenditure(cells)
    summary = _summary(cells)
    fund, projects = _fund(cells), _projects(cells)
    claims: list[Claim] = []
    prose = _prose(cells, claims)
    blocks: list[Block] = [
        Cover(f"{YEAR}年度部门预算公开", (DEPARTMENT, f"{YEAR}年2月")),
        Contents(),
        Heading(1, "第一部分　概况", "part-1"),
        Heading(2, "一、本部门职责", "duties"),
        Paragraph((Run("统一受理区级行政审批事项，负责政务服务大厅的运行和管理，推进一件事一次办。"),), origin="主要职责"),
        Paragraph((Run("负责本区政务热线的受理、转办、督办和回访，按月通报办理情况。"),), origin="主要职责"),
        Heading(2, "二、机构设置情况", "organisation"),
        Paragraph((Run("本部门由局机关和政务服务中心组成。"),)),
        PageBreak(),
        Heading(1, f"第二部分　{YEAR}年部门预算报表", "part-2"),
        summary, expenditure, fund, projects,
        PageBreak(),
        Heading(1, f"第三部分　{YEAR}年部门预算情况说明", "part-3"),
        *prose,
        *_charts(cells),
        Heading(2, "三、绩效目标情况", "performance"),
        Heading(3, "（一）项目绩效目标表", "performance-forms"),
        _form(),
        PageBreak(),
        Heading(1, "第四部分　名词解释", "part-4"),
        Paragraph((Run("一、基本支出：", bold=True), Run("为保障机构正常运转、完成日常工作而发生的人员支出和公用支出。"))),
    ]  # fmt: skip
    return Disclosure(
        title=f"{DEPARTMENT}{YEAR}年度部门预算公开",
        department=DEPARTMENT,
        year=YEAR,
        layout="shanxi-13-2024",
        level="department",
        blocks=blocks,
        cells=cells,
        claims=claims,
        draft=draft,
    )


def _cell(cells: dict[str, Cell], address: str, printed: int, parts: Iterable[str] = ()) -> Cell:
    """A cell in 万元 of two decimals, exact to the fen as it is printed."""
    kept = tuple(part for part in parts if part in cells)
    cells[address] = Cell(address, printed * 10_000, printed, Unit.WAN, 2, parts=kept)
    return cells[address]


def _shown(cell: Cell | None, *, bold: bool = False) -> GridCell:
    return GridCell(cell.text if cell else "", "right", bold=bold, cell=cell)


def _head(text: str, colspan: int = 1, rowspan: int = 1) -> GridCell:
    return GridCell(text, "center", colspan, rowspan, head=True, bold=True)


def _codes() -> list[str]:
    return sorted({item[:length] for item in ITEMS for length in (3, 5, 7)})


def _name(code: str) -> str:
    account = classification(YEAR).functional(code)
    assert account is not None, code
    return account.name


def _amount(item: str, column: str) -> int:
    """Some amount in steps of 0.01 万元, nothing for every third basic one."""
    seed = int(item) * (7 if column == "basic" else 11) % 99_991
    return 0 if column == "basic" and seed % 3 == 0 else seed


def _expenditure(cells: dict[str, Cell]) -> Table:
    kind = "expenditure"
    for code in sorted(_codes(), key=len, reverse=True):
        for column in ("basic", "project"):
            below = [c for c in _codes() if len(c) == len(code) + 2 and c.startswith(code)]
            parts = [f"{kind}/{c}/{column}" for c in below]
            value = sum(cells[part].printed for part in parts) if parts else _amount(code, column)
            _cell(cells, f"{kind}/{code}/{column}", value, parts)
        parts = [f"{kind}/{code}/basic", f"{kind}/{code}/project"]
        _cell(cells, f"{kind}/{code}/total", sum(cells[part].printed for part in parts), parts)
    for column in ("total", "basic", "project"):
        parts = [f"{kind}/{c}/{column}" for c in _codes() if len(c) == 3]
        _cell(cells, f"{kind}/total/{column}", sum(cells[part].printed for part in parts), parts)
    columns = ("total", "basic", "project")
    rows = [
        [_head("项目", 2), _head(f"{YEAR}年预算数", 3)],
        [_head(word) for word in ("科目编码", "科目名称", "合计", "基本支出", "项目支出")],
        [
            GridCell("合计", "center", 2, bold=True),
            *(_shown(cells[f"{kind}/total/{c}"], bold=True) for c in columns),
        ],
    ]
    for code in _codes():
        name = GridCell(_name(code), indent=(len(code) - 3) // 2)
        rows.append([GridCell(code), name, *(_shown(cells[f"{kind}/{code}/{c}"]) for c in columns)])
    return Table(
        "expenditure", "statement", f"{YEAR}年预算支出总表", rows, 2, (1.2, 3.4, 1.4, 1.4, 1.4), ABOVE,
        number="预算公开表2", origin="支出表的各行",
    )  # fmt: skip


def _summary(cells: dict[str, Cell]) -> Table:
    """Revenue on the left, expenditure by class on the right."""
    classes = [code for code in _codes() if len(code) == 3]
    for code in classes:
        whole = cells[f"expenditure/{code}/total"].printed
        carried = whole // 10
        parts = [f"summary/{code}/current", f"summary/{code}/carryover"]
        _cell(cells, parts[0], whole - carried)
        _cell(cells, parts[1], carried)
        _cell(cells, f"summary/{code}/total", whole, parts)
    for column in ("total", "current", "carryover"):
        parts = [f"summary/{code}/{column}" for code in classes]
        _cell(cells, f"summary/expenditure/{column}", sum(cells[part].printed for part in parts), parts)
    _cell(cells, "summary/general/amount", cells["summary/expenditure/current"].printed)
    _cell(cells, "summary/carried/amount", cells["summary/expenditure/carryover"].printed)
    both = ["summary/general/amount", "summary/carried/amount"]
    _cell(cells, "summary/revenue/amount", cells["summary/expenditure/total"].printed, both)
    rows = [
        [_head("收入", 2), _head("支出", 4)],
        [_head("项目", rowspan=2), _head(f"{YEAR}年", rowspan=2), _head("项目", rowspan=2), _head(f"{YEAR}年", 3)],
        [_head(f"{YEAR}年合计"), _head("当年预算安排"), _head("上年结转安排")],
    ]  # fmt: skip
    for index, code in enumerate(classes):
        source = GridCell(SOURCES[index]) if index < len(SOURCES) else GridCell("")
        amount = _shown(cells["summary/general/amount"] if index == 0 else None)
        rows.append([source, amount, *_side(cells, f"{NUMERALS[index]}、{_name(code)}", code)])
    left = [GridCell("上年结转"), _shown(cells["summary/carried/amount"])]
    rows.append([*left, GridCell("年终结转"), *(_shown(None) for _ in range(3))])
    revenue = [GridCell("收入总计", bold=True), _shown(cells["summary/revenue/amount"], bold=True)]
    rows.append([*revenue, *_side(cells, "支出总计", "expenditure", bold=True)])
    return Table(
        "summary", "statement", f"{YEAR}年预算收支总表", rows, 3, (2.2, 1.3, 2.4, 1.3, 1.3, 1.3), ABOVE,
        number="预算公开表1", notes=("注：本表反映部门本年度的总收支情况。",), origin="收入表和支出表",
    )  # fmt: skip


def _side(cells: dict[str, Cell], label: str, row: str, *, bold: bool = False) -> list[GridCell]:
    columns = ("total", "current", "carryover")
    return [GridCell(label, bold=bold), *(_shown(cells[f"summary/{row}/{c}"], bold=bold) for c in columns)]


def _fund(cells: dict[str, Cell]) -> Table:
    columns = ("total", "basic", "project")
    figures = [_shown(_cell(cells, f"fund_expenditure/total/{c}", 0)) for c in columns]
    rows = [
        [_head(word) for word in ("科目编码", "科目名称", "合计", "基本支出", "项目支出")],
        [GridCell("合计", "center", 2), *figures],
    ]
    return Table(
        "fund_expenditure", "statement", f"{YEAR}年政府性基金预算支出表（不含上年结转）", rows, 1,
        (1.2, 3.4, 1.4, 1.4, 1.4), ABOVE, number="预算公开表3", notes=("注：本表无数据",),
    )  # fmt: skip


def _projects(cells: dict[str, Cell]) -> Table:
    """A wide statement; its projects are known by number."""
    names = (
        "政务服务大厅综合窗口改造及配套设施设备购置安装项目（二期）",
        "政务服务便民热线（12345）坐席外包服务费",
        "印章刻制费",
        "档案整理及数字化加工费",
    )
    kind, columns = "projects", ("general", "fund", "capital")
    for index in range(len(names)):
        _cell(cells, f"{kind}/{index + 1}/general", 1_234 * 7**index)
        _cell(cells, f"{kind}/{index + 1}/total", 1_234 * 7**index, [f"{kind}/{index + 1}/general"])
    for column in ("total", "general"):
        parts = [f"{kind}/{index + 1}/{column}" for index in range(len(names))]
        _cell(cells, f"{kind}/total/{column}", sum(cells[part].printed for part in parts), parts)
    rows = [
        [_head("项目名称", rowspan=2), _head("合计", rowspan=2), _head(f"{YEAR}年财政拨款", 3), _head("项目单位", rowspan=2)],
        [_head("一般公共预算"), _head("政府性基金预算"), _head("国有资本经营预算")],
    ]  # fmt: skip
    for row, name in [("total", "合计"), *((str(i + 1), name) for i, name in enumerate(names))]:
        shown = [_shown(cells.get(f"{kind}/{row}/{c}")) for c in ("total", *columns)]
        rows.append([GridCell(name), *shown, GridCell("" if row == "total" else DEPARTMENT)])
    return Table(
        "projects", "statement", f"{YEAR}年项目支出预算表（本年预算）", rows, 2, (4, 1.3, 1.3, 1.3, 1.3, 2.8), ABOVE,
        number="预算公开表4", landscape=True, origin="支出表中的项目支出",
    )  # fmt: skip


def _prose(cells: dict[str, Cell], claims: list[Claim]) -> list[Block]:
    whole, basic = cells["expenditure/total/total"], cells["expenditure/total/basic"]
    share = f"{round(basic.printed * 10_000 / whole.printed) / 100:.2f}%"

    def claim(kind: str, text: str, value: int, *proof: Cell) -> Run:
        claims.append(Claim(f"c{len(claims) + 1}", kind, text, value, tuple(cell.address for cell in proof)))
        return Run(text, claim=claims[-1].id)

    total = claim("amount", f"{whole.text}万元", whole.fen, whole)
    spent = claim("amount", f"{basic.text}万元", basic.fen, basic)
    part = claim("share", share, round(basic.printed * 1_000_000 / whole.printed), basic, whole)
    return [
        Heading(2, "一、支出预算情况", "expenditure-text"),
        Paragraph((Run(f"{YEAR}年支出预算"), total, Run("，其中：基本支出"), spent, Run("，占"), part, Run("。"))),
        Paragraph((Run("增减原因：", bold=True), Run("政务服务大厅综合窗口改造（二期）列入本年预算。")), origin="变动原因"),
        Heading(2, "二、其他情况", "others"),
        Paragraph((Run("本表数据为预算数。"),), style="note"),
        Paragraph((Run("（居中的一行）"),), style="center"),
        Paragraph((Run(DEPARTMENT),), style="right"),
    ]  # fmt: skip


def _charts(cells: dict[str, Cell]) -> list[Chart]:
    def point(label: str, address: str) -> Point:
        return Point(label, figure(cells[address].printed, 2), cells[address].printed, address)

    halves = (
        point("基本支出", "expenditure/total/basic"),
        point("项目支出", "expenditure/total/project"),
    )
    classes = [code for code in _codes() if len(code) == 3]
    bars = tuple(point(_name(code), f"expenditure/{code}/total") for code in classes)
    return [
        Chart("chart-halves", "pie", f"{YEAR}年支出预算构成", "万元", halves),
        Chart("chart-classes", "bar", f"{YEAR}年支出预算按功能分类", "万元", bars),
    ]


def _form() -> Table:
    """A performance form of nine columns; its figures are words, not cells of statements."""
    plan = (
        "一季度完成方案设计和公开招标，二季度完成施工图审查并进场施工，三季度完成窗口、排队叫号、自助终端和无障碍设施的安装调试，"
        "四季度组织验收并投入使用；施工期间设置临时受理点，保证办件不断档、群众不跑空。"
    )
    rows = [
        [_head("项目名称", 2), GridCell("政务服务大厅综合窗口改造及配套设施设备购置安装项目（二期）", "center", 7)],
        [_head("主管部门及代码", 2), GridCell(f"604-{DEPARTMENT}", colspan=3), _head("实施单位"), GridCell(DEPARTMENT, colspan=3)],
        [_head("项目资金（元）", 2, 2), _head("实施期资金总额："), GridCell("123,400", "right", 2),
         _head("年度资金总额：", 2), GridCell("123,400", "right", 2)],
        [GridCell("其中：财政拨款"), GridCell("123,400", "right", 2), GridCell("其中：财政拨款", colspan=2),
         GridCell("123,400", "right", 2)],
        [_head("项目概况", 2), GridCell("对综合窗口和等候区进行改造，购置并安装配套设备。", colspan=7)],
        [_head("项目实施计划", 2), GridCell(plan, colspan=7)],
        [_head("总体目标", 1, 2), _head("实施期目标", 4), _head("年度目标", 4)],
        [GridCell("建成无差别综合窗口，实现一窗受理、集成服务。", colspan=4),
         GridCell("完成主体改造并投入使用，群众平均等候时间不超过十五分钟。", colspan=4)],
        [_head("绩效指标", 1, 6), *(_head(word) for word in ("一级指标", "二级指标", "三级指标", "指标值")),
         _head("二级指标", 2), _head("三级指标"), _head("指标值")],
        *_indicators(),
    ]  # fmt: skip
    title = f"乙区{YEAR}年度部门预算项目支出绩效目标表"
    return Table(
        "form-1", "form", title, rows, 0, (1, 1.1, 1.3, 2, 1.2, 1.1, 1.3, 2, 1.2), origin="项目 P001"
    )


def _indicators() -> list[list[GridCell]]:
    lines = (
        ("产出指标", 3, "数量指标", "改造综合窗口数量", "≥20个"),
        ("", 0, "质量指标", "验收合格率", "=100%"),
        ("", 0, "时效指标", "完工时间（含配套设施设备的安装、调试和试运行）", f"{YEAR}年10月底前"),
        ("效益指标", 1, "社会效益指标", "群众平均等候时间", "≤15分钟"),
        ("满意度指标", 1, "服务对象满意度指标", "办事群众满意度", "≥95%"),
    )  # fmt: skip
    out = []
    for first, span, *texts in lines:
        left = [GridCell(first, "center", rowspan=int(span))] if first else []
        left += [GridCell(texts[0], "center"), GridCell(texts[1]), GridCell(texts[2], "center")]
        right = [
            GridCell(texts[0], "center", 2),
            GridCell(texts[1]),
            GridCell(texts[2], "center"),
        ]
        out.append([*left, *right])
    return out
