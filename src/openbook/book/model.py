"""The budget book as values. Every amount is an integer number of fen (分, 0.01 yuan).

Where a value came from is kept beside it (`Spot`), so that whatever is wrong with it later can be
named by file or sheet, row and column. Shapes of the files: `openbook.book.tables`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

CURRENT, CARRYOVER = "current", "carryover"
PERIODS = {CURRENT: "本年", CARRYOVER: "上年结转"}

DEPARTMENT, UNIT = "department", "unit"
LEVEL_NAMES = {DEPARTMENT: "部门预算", UNIT: "单位预算"}

ADMINISTRATIVE, QUASI, INSTITUTION = "administrative", "quasi", "institution"
NATURES = {ADMINISTRATIVE: "行政", QUASI: "参公", INSTITUTION: "事业"}

# Where money comes from, in the order of statements; the first three are 财政拨款.
SOURCES = {
    "general": "一般公共预算",
    "fund": "政府性基金预算",
    "capital": "国有资本经营预算",
    "special_account": "财政专户管理资金",
    "business": "事业收入",
    "operations": "事业单位经营收入",
    "superior": "上级补助收入",
    "subordinate": "附属单位上缴收入",
    "other": "其他收入",
}
APPROPRIATION = ("general", "fund", "capital")

# What kind of spending a line is.
CATEGORIES = {
    "basic": "基本支出",
    "project": "项目支出",
    "operations": "事业单位经营支出",
    "superior": "上缴上级支出",
    "subordinate": "对附属单位补助支出",
}

PROCUREMENT = {"goods": "货物", "works": "工程", "services": "服务"}

# Whose money a project's is, as performance forms list it.
LEVELS = {
    "central": "中央财政资金",
    "province": "省级财政资金",
    "local": "市县（区）财政资金",
    "own": "单位自筹",
    "other": "其他资金",
}


class Spot(NamedTuple):
    """Where something stands in a book: file or sheet, row (from 1, as the program shows it), column head."""

    file: str = ""
    row: int | None = None
    column: str | None = None

    def describe(self) -> str:
        row = f"第 {self.row} 行" if self.row is not None else ""
        column = f"“{self.column}”栏" if self.column else ""
        return f"{self.file}{' ' if self.file and (row or column) else ''}{row}{column}"


class Fault(NamedTuple):
    """Something wrong with a book: stable code (BK…), what, how to mend it, where."""

    code: str
    message: str
    mend: str
    spot: Spot

    def describe(self) -> str:
        where = self.spot.describe()
        return f"{where + '：' if where else ''}{self.message}{self.mend}"


@dataclass(frozen=True, slots=True)
class Unit:
    """One of the department's units; the first in the book is the department itself (本级)."""

    name: str
    nature: str  # key of NATURES; decides the government economic account
    code: str = ""
    rank: str = ""  # 单位规格, as 正科级
    funding: str = ""  # 经费保障形式, as 财政拨款
    posts: int | None = None  # 编制人数
    staff: int | None = None  # 实有人数
    retired: int | None = None
    spot: Spot = Spot()

    @property
    def agency(self) -> bool:
        """Whether its public expenses are 机关运行经费: 行政单位 and 参公."""
        return self.nature != INSTITUTION


@dataclass(frozen=True, slots=True)
class Expenditure:
    """One line of spending: the finest fact of the book."""

    unit: str
    function: str  # 支出功能分类, 7 digits
    economic: str  # 部门预算支出经济分类, 5 digits
    source: str  # key of SOURCES
    category: str  # key of CATEGORIES
    project: str  # code of a Project, "" for basic expenditure
    period: str  # CURRENT or CARRYOVER
    amount: int  # fen
    note: str = ""
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Revenue:
    """One line of revenue; carried-over money is a line of its own."""

    unit: str
    source: str
    period: str
    amount: int  # fen
    account: str = ""  # 收入分类科目, where the statement lists them (政府性基金, 国有资本经营)
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Forward:
    """Money that is planned to be left at the end of the year (结转下年)."""

    unit: str
    function: str
    source: str
    amount: int  # fen
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Prior:
    """A figure of last year. `item` is a topic of `openbook.book.topics` or a functional code.

    `unit` "" speaks of the whole department.
    """

    item: str
    amount: int  # fen
    unit: str = ""
    spot: Spot = Spot()


class Words(NamedTuple):
    """A text a person wrote, with its place."""

    text: str = ""
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of a performance form. `level2` decides the first level (产出, 效益, 满意度, 成本)."""

    level2: str
    name: str
    target: str  # for the budget year: "≥98%"
    period_target: str = ""  # for the whole period of the project; "" where the same
    description: str = ""
    ground: str = ""
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its performance form. This year's money is in the expenditure lines."""

    code: str
    name: str
    unit: str
    category: str = ""  # 其他运转类 or 特定目标类
    attribute: str = ""  # 项目属性, as 一次性项目(1年结束)
    period: str = ""  # 项目期, as 3年
    funds: dict[str, int] = field(default_factory=dict)  # the whole period's money, key of LEVELS -> fen
    year_funds: dict[str, int] = field(default_factory=dict)  # this year's; derived where left out
    texts: dict[str, Words] = field(default_factory=dict)  # keys of tables.PROJECT_TEXTS
    indicators: tuple[Indicator, ...] = ()
    handler: str = ""  # personal: never leaves the book unless told to
    telephone: str = ""
    filed: str = ""  # 填报日期, YYYY-MM-DD
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of government procurement."""

    unit: str
    name: str
    category: str  # key of PROCUREMENT
    amount: int  # fen
    source: str = "general"
    project: str = ""
    catalogue: str = ""  # 政府采购目录序号
    measure: str = ""
    quantity: str = ""
    price: int | None = None  # fen
    reserved: int = 0  # fen for 中小企业
    reserved_small: int = 0  # of which for 小微企业
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Asset:
    """A count or a value of state assets. `item` is a key of `tables.ASSETS`."""

    item: str
    quantity: str = ""  # a count or an area, as typed
    value: int | None = None  # fen
    planned: int = 0  # to be bought this year
    unit: str = ""  # whose it is, where the book tells its units apart
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class Control:
    """An approved figure that the lines must reconcile with; "" means any."""

    project: str
    unit: str
    source: str
    period: str
    amount: int  # fen
    spot: Spot = Spot()


@dataclass(slots=True)
class BudgetBook:
    """A department's budget for one year."""

    path: str
    layout: str
    year: int
    department: str
    code: str = ""
    level: str = DEPARTMENT  # DEPARTMENT, or UNIT where it is the book of a single unit (单位预算)
    region: str = ""  # 离石区: for titles of performance forms
    assets_date: str = ""  # 截止日期 of the state assets, YYYY-MM-DD
    units: list[Unit] = field(default_factory=list)
    accounts: dict[str, str] = field(default_factory=dict)  # names of codes the classification lacks
    expenditure: list[Expenditure] = field(default_factory=list)
    revenue: list[Revenue] = field(default_factory=list)
    forward: list[Forward] = field(default_factory=list)
    prior: list[Prior] = field(default_factory=list)
    reasons: dict[str, Words] = field(default_factory=dict)  # key of `topics.reason_key` -> why it changed
    purposes: dict[str, Words] = field(default_factory=dict)  # functional code -> 主要用于
    projects: list[Project] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    texts: dict[str, Words] = field(default_factory=dict)  # keys of tables.TEXTS: duties, organisation, ...
    spots: dict[str, Spot] = field(default_factory=dict)  # of the keys of tables.BOOK: layout, year, ...

    def place(self, file: str, title: str) -> Spot:
        """A table of this book as its user knows it: the file of the folder, or the sheet of the workbook."""
        path = Path(self.path)
        return Spot(f"{path.name}「{title}」" if path.suffix.lower() == ".xlsx" else file)

    @property
    def head(self) -> Unit:
        """The department itself (本级)."""
        return self.units[0]

    def project(self, code: str) -> Project | None:
        return next((project for project in self.projects if project.code == code), None)
