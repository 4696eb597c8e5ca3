"""A small good budget book: two units, three projects, every table filled, every sum coherent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from openbook.book.model import (
    CARRYOVER,
    CURRENT,
    Asset,
    BudgetBook,
    Control,
    Expenditure,
    Forward,
    Indicator,
    Prior,
    Project,
    Purchase,
    Revenue,
    Unit,
    Words,
)
from openbook.book.tables import TEXTS

BUREAU, CENTRE = "乙区行政审批服务管理局", "乙区政务服务中心"

# unit, function, economic, fen: basic expenditure of the general budget
_BASIC = (
    (BUREAU, "2010301", "30101", 98_765_400),
    (BUREAU, "2010301", "30102", 61_234_512),
    (BUREAU, "2010301", "30201", 7_512_300),
    (BUREAU, "2010301", "30211", 2_145_677),
    (BUREAU, "2010301", "30217", 450_000),
    (BUREAU, "2010301", "30231", 5_400_000),
    (BUREAU, "2010301", "30239", 8_910_000),
    (BUREAU, "2080501", "30302", 4_680_000),
    (BUREAU, "2080505", "30108", 16_802_333),
    (BUREAU, "2101101", "30110", 7_351_021),
    (BUREAU, "2210201", "30113", 12_601_750),
    (CENTRE, "2010350", "30101", 45_678_900),
    (CENTRE, "2010350", "30102", 12_345_678),
    (CENTRE, "2010350", "30201", 2_801_055),
    (CENTRE, "2010350", "30211", 634_545),
    (CENTRE, "2010350", "30217", 120_000),
    (CENTRE, "2080505", "30108", 9_283_932),
    (CENTRE, "2101102", "30110", 4_061_720),
    (CENTRE, "2210201", "30113", 6_962_949),
)

# project, unit, function, economic, source, period, fen
_PROJECTS = (
    ("XM001", BUREAU, "2010302", "30201", "general", CURRENT, 8_000_000),
    ("XM001", BUREAU, "2010302", "30227", "general", CURRENT, 32_450_050),
    ("XM002", BUREAU, "2010302", "30213", "general", CARRYOVER, 15_600_000),
    ("XM002", BUREAU, "2010302", "31002", "general", CURRENT, 10_000_025),
    ("XM003", CENTRE, "2120899", "30299", "fund", CURRENT, 25_000_000),
)

_PRIOR = {
    "revenue": 372_150_000,
    "expenditure": 372_150_000,
    "appropriation": 372_150_000,
    "basic": 300_050_000,
    "project": 72_100_000,
    "general": 347_150_000,
    "fund": 25_000_000,
    "capital": 0,
    "abroad": 0,
    "reception": 620_000,
    "purchase": 0,
    "running": 5_800_000,
    "operating": 21_400_000,
    "2010301": 178_400_000,
    "2010302": 47_100_000,
    "2010350": 61_000_000,
    "2080501": 4_500_000,
    "2080505": 25_300_000,
    "2101101": 7_200_000,
    "2101102": 3_900_000,
    "2120899": 25_000_000,
    "2210201": 19_750_000,
}

_REASONS = {
    "revenue": "年中调入人员两名，综合窗口外包服务合同续签，上年采购的大厅设备款结转到本年支付",
    "expenditure": "年中调入人员两名，综合窗口外包服务合同续签，上年采购的大厅设备款结转到本年支付",
    "appropriation": "年中调入人员两名，上年采购的大厅设备款结转到本年支付",
    "basic": "年中调入人员两名，按规定调整工资标准",
    "project": "大厅设备款结转到本年支付",
    "general": "按规定调整工资标准，社会保险缴费基数提高",
    "reception": "严格执行接待标准，合并接待批次",
    "running": "一辆车退出使用，维修次数减少",
    "operating": "调入人员增加，办公费和其他交通费用相应增加",
    "three_public": "接待批次和车辆维修次数减少",
    "vehicle": "一辆车退出使用，维修次数减少",
    "2010301": "年中调入人员两名，按规定调整工资标准",
    "2010302": "大厅设备款结转到本年支付",
    "2080505": "缴费基数提高",
}

_TEXTS = {
    "duties": "（一）贯彻执行行政审批制度改革的法律法规。\n\n（二）承担划转到本局的行政许可事项的审批。\n\n"
    "（三）管理区政务服务大厅，监督进驻窗口的服务。",
    "organisation": "本局内设办公室、市场准入科、投资建设科、社会事务科；所属事业单位一个：乙区政务服务中心。",
    "goals": "全年办件按时办结，企业和群众少跑腿，大厅窗口服务满意。",
    "others": "本部门没有其他需要说明的情况。",
}


def small_book() -> BudgetBook:
    """A new book each time, to be made wrong in one way."""
    book = BudgetBook(
        path="book",
        layout="shanxi-13-2024",
        year=2024,
        department=BUREAU,
        code="604",
        region="乙区",
        assets_date="2023-12-31",
        units=_units(),
        accounts={"2010398": "政务大厅建设"},
        expenditure=_expenditure(),
        prior=[Prior(item, amount) for item, amount in _PRIOR.items()],
        reasons={item: Words(text) for item, text in _REASONS.items()},
        purposes={
            "2010301": Words("机关人员工资和日常运转"),
            "2010302": Words("政务大厅窗口服务和设备"),
            "2120899": Words("政务服务网点的修缮"),
        },
        projects=[_windows(), _hall(), _branches()],
        purchases=_purchases(),
        assets=_assets(),
        texts={key: Words(_TEXTS[key]) for key in TEXTS if key in _TEXTS},
    )
    book.revenue = _revenue(book.expenditure)
    book.controls = _controls()
    return book


def forward() -> Forward:
    """Money left at the end of the year; the book balances again with `Revenue` of the same amount more."""
    return Forward(BUREAU, "2010302", "general", 1_000_000)


def total(lines: Iterable[Expenditure]) -> int:
    return sum(line.amount for line in lines)


def _units() -> list[Unit]:
    return [
        Unit(BUREAU, "administrative", "604001", "正科级", "财政拨款", posts=32, staff=28, retired=9),
        Unit(CENTRE, "institution", "604002", "股级", "财政拨款", posts=15, staff=13, retired=0),
    ]


def _expenditure() -> list[Expenditure]:
    basic = [
        Expenditure(unit, function, economic, "general", "basic", "", CURRENT, amount)
        for unit, function, economic, amount in _BASIC
    ]
    projects = [
        Expenditure(unit, function, economic, source, "project", project, period, amount)
        for project, unit, function, economic, source, period, amount in _PROJECTS
    ]
    return basic + projects


def _revenue(lines: list[Expenditure]) -> list[Revenue]:
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        sums[line.unit, line.source, line.period] += line.amount
    return [
        Revenue(unit, source, period, amount, account="1030148" if source == "fund" else "")
        for (unit, source, period), amount in sums.items()
    ]


def _controls() -> list[Control]:
    return [
        Control("", "", "general", CURRENT, sum(row[3] for row in _BASIC) + 50_450_075),
        Control("XM001", BUREAU, "general", CURRENT, 40_450_050),
        Control("政务大厅设备更新", "", "", "", 25_600_025),
        Control("XM003", "", "fund", "", 25_000_000),
    ]


def _windows() -> Project:
    return Project(
        code="XM001",
        name="综合窗口服务外包",
        unit=BUREAU,
        category="特定目标类",
        attribute="经常性项目(长期开展)",
        period="1年",
        funds={"local": 40_450_050},
        year_funds={"local": 40_450_050},
        texts={
            "overview": Words("委托服务公司提供综合窗口收件人员二十名。\n保障窗口不间断服务。"),
            "ground": Words("区政府常务会议关于综合窗口改革的决定"),
            "necessity": Words("本局编制不足，窗口收件须委托外部人员"),
            "safeguards": Words("窗口人员管理办法、季度考核制度"),
            "plan": Words("一季度续签合同，按季考核，按季付款"),
            "implementer": Words("市场准入科"),
            "schedule": Words("1月至12月"),
            "period_goal": Words("综合窗口稳定运行"),
            "year_goal": Words("全年收件15000件以上，按时办结，群众满意"),
        },
        indicators=(
            Indicator("数量指标", "收件数量", "≥15000件", "", "全年综合窗口收件总数", "上年收件数量"),
            Indicator("质量指标", "收件差错率", "≤1%"),
            Indicator("时效指标", "按时办结率", "≥99%", "≥99%"),
            Indicator("成本指标", "服务外包总成本", "≤40.5万元"),
            Indicator("社会效益指标", "一次办成事项比例", "≥90%"),
            Indicator("服务对象满意度指标", "办事群众满意度", "≥95%"),
        ),
        filed="2024-01-19",
    )


def _hall() -> Project:
    return Project(
        code="XM002",
        name="政务大厅设备更新",
        unit=BUREAU,
        category="其他运转类",
        attribute="一次性项目(2年结束)",
        period="2年",
        funds={"province": 10_000_000, "local": 30_000_025},
        year_funds={"province": 5_000_000, "local": 20_600_025},
        texts={
            "overview": Words("更新政务大厅叫号、自助终端和维修老化线路"),
            "period_goal": Words("两年内完成大厅设备更新"),
            "year_goal": Words("完成二楼大厅设备更新和线路维修"),
        },
        indicators=(
            Indicator("数量指标", "更新自助终端数量", "12台", "20台"),
            Indicator("质量指标", "设备验收合格率", "100%"),
            Indicator("可持续影响指标", "设备使用年限", "≥6年"),
            Indicator("服务对象满意度指标", "窗口人员满意度", "≥90%"),
        ),
        filed="2024-01-20",
    )


def _branches() -> Project:
    return Project(
        code="XM003",
        name="基层政务服务网点修缮",
        unit=CENTRE,
        category="特定目标类",
        period="1年",
        texts={"year_goal": Words("修缮五个乡镇政务服务网点")},
        indicators=(
            Indicator("数量指标", "修缮网点数量", "5个"),
            Indicator("质量指标", "工程验收合格率", "100%"),
            Indicator("服务对象满意度指标", "群众满意度", "≥92%"),
        ),
    )


def _purchases() -> list[Purchase]:
    return [
        Purchase(
            BUREAU,
            "自助服务终端",
            "goods",
            9_600_000,
            project="XM002",
            catalogue="A0201",
            measure="台",
            quantity="12",
            price=800_000,
            reserved=9_600_000,
            reserved_small=4_800_000,
        ),
        Purchase(BUREAU, "窗口服务外包", "services", 32_000_000, project="XM001", catalogue="C0999"),
        Purchase(
            CENTRE, "网点修缮工程", "works", 20_000_000, source="fund", project="XM003", reserved=20_000_000
        ),
    ]


def _assets() -> list[Asset]:
    return [
        Asset("vehicle.posts", "2"),
        Asset("vehicle.dispatch", "1", 12_500_000),
        Asset("vehicle.emergency", "1", 18_000_000),
        Asset("house.office", "3200.5", 890_000_000),
        Asset("equipment.500000", "1", 64_000_000),
        Asset("fixed.other", "", 210_340_000),
    ]
