"""The shape of a budget book: every table with its columns, said once.

The folder's CSV files, the workbook's sheets, its drop-downs and notes, the JSON Schema and the page
of documentation are all derived from this. A project's file (TOML) and the sheets 项目 and 绩效指标
hold the same fields.
"""

from __future__ import annotations

from dataclasses import dataclass

from openbook.book.model import CATEGORIES, LEVEL_NAMES, LEVELS, NATURES, PERIODS, PROCUREMENT, SOURCES

FORMAT = 1  # of the book; a later program that changes the shape counts it up


@dataclass(frozen=True, slots=True)
class Field:
    """One column or key.

    kind      text, money (yuan, at most two decimals), count, code (digits), date (YYYY-MM-DD),
              choice (`choices`: key -> word as written), unit, project, topic, function, economic
    """

    key: str
    head: str
    kind: str
    help: str
    required: bool = False
    choices: dict[str, str] | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the book: `file` in the folder form, `title` of the sheet in the workbook."""

    key: str
    file: str
    title: str
    help: str
    fields: tuple[Field, ...]
    required: bool = False

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)


_UNIT = Field("unit", "单位", "unit", "单位表里的单位名称", required=True)
_FUNCTION = Field("function", "功能科目", "function", "支出功能分类的项，7 位数字", required=True)
_SOURCE = Field("source", "资金来源", "choice", "从下拉列表中选", required=True, choices=SOURCES)
_PERIOD = Field("period", "资金年度", "choice", "本年的预算，还是上年结转", required=True, choices=PERIODS)
_OF_UNIT = Field("unit", "单位", "unit", "不写为整个部门；另编单位预算的，各单位各写一行")
_AMOUNT = Field("amount", "金额", "money", "元，最多两位小数", required=True)

BOOK = Sheet(
    "book",
    "book.toml",
    "基本信息",
    "这本账簿是哪个部门、哪一年、按哪一套表公开",
    (
        Field("format", "账簿格式", "count", "由程序填写，不要改", required=True),
        Field("layout", "报表套式", "text", "如 shanxi-13-2024；openbook new --help 列出全部", required=True),
        Field("year", "预算年度", "count", "四位年份", required=True),
        Field("department", "部门名称", "text", "全称，与印章一致", required=True),
        Field("code", "部门编码", "text", "预算编码，如 604"),
        Field("level", "公开层级", "choice", "不写为部门预算；只有一个单位、公开单位预算的选单位预算",
              choices=LEVEL_NAMES),
        Field("region", "行政区", "text", "用在绩效目标表的表名里，如 离石区"),
        Field("assets_date", "资产截止日期", "date", "国有资产情况截止到哪一天，如 2023-12-31"),
    ),
    required=True,
)  # fmt: skip

UNITS = Sheet(
    "units",
    "units.csv",
    "单位",
    "部门本级和所属单位，第一行是部门本级",
    (
        Field("name", "单位名称", "text", "全称", required=True),
        Field("nature", "单位性质", "choice", "决定政府预算支出经济科目和机关运行经费", required=True, choices=NATURES),
        Field("code", "单位编码", "text", "预算编码"),
        Field("rank", "单位规格", "text", "如 正科级"),
        Field("funding", "经费保障形式", "text", "如 财政拨款"),
        Field("posts", "编制人数", "count", "人"),
        Field("staff", "实有人数", "count", "人"),
        Field("retired", "离退休人数", "count", "人"),
    ),
    required=True,
)  # fmt: skip

ACCOUNTS = Sheet(
    "accounts",
    "accounts.csv",
    "补充科目",
    "程序的科目表里没有的科目，写上名称；已有的不必写",
    (
        Field("code", "科目编码", "code", "3、5 或 7 位数字", required=True),
        Field("name", "科目名称", "text", "与批复一致", required=True),
    ),
)

EXPENDITURE = Sheet(
    "expenditure",
    "expenditure.csv",
    "支出",
    "每一笔支出：哪个单位、什么科目、什么钱、基本还是项目",
    (
        _UNIT,
        _FUNCTION,
        Field("economic", "经济科目", "economic", "部门预算支出经济分类的款，5 位数字", required=True),
        _SOURCE,
        Field("category", "支出类别", "choice", "基本支出、项目支出等", required=True, choices=CATEGORIES),
        Field("project", "项目", "project", "项目支出必填，写项目编码"),
        _PERIOD,
        _AMOUNT,
        Field("note", "备注", "text", "不公开"),
    ),
    required=True,
)

REVENUE = Sheet(
    "revenue",
    "revenue.csv",
    "收入",
    "每一笔收入；同一来源的收入（含上年结转）必须等于支出加结转下年",
    (
        _UNIT,
        _SOURCE,
        Field("account", "收入科目", "code", "政府性基金、国有资本经营收入的科目编码，1 开头"),
        _PERIOD,
        _AMOUNT,
    ),
    required=True,
)

FORWARD = Sheet(
    "forward",
    "forward.csv",
    "结转下年",
    "预计年终结转到下年的钱，没有就空着",
    (_UNIT, _FUNCTION, _SOURCE, _AMOUNT),
)

PRIOR = Sheet(
    "prior",
    "prior.csv",
    "上年数",
    "上年公开的数，用来写增减变化",
    (
        Field("item", "事项", "topic", "收入总计、机关运行经费等，或 7 位功能科目", required=True),
        Field("amount", "上年数", "money", "元，最多两位小数；没有写 0", required=True),
        _OF_UNIT,
    ),
)

REASONS = Sheet(
    "reasons",
    "reasons.csv",
    "变动原因",
    "比上年增减的主要原因；没有变化的不必写",
    (
        Field("item", "事项", "topic", "与上年数的事项相同", required=True),
        Field("text", "原因", "text", "写具体的事，不写“项目调整”之类的空话", required=True),
        _OF_UNIT,
    ),
)

PURPOSES = Sheet(
    "purposes",
    "purposes.csv",
    "资金用途",
    "逐项说明科目用途的套式（如上海）要写：这个科目的钱主要用于什么",
    (
        Field("function", "功能科目", "function", "7 位数字", required=True),
        Field("text", "主要用于", "text", "一句话", required=True),
    ),
)

# Longer texts of a project, by key.
PROJECT_TEXTS = {
    "overview": "项目概况",
    "ground": "立项依据",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
    "implementer": "实施主体",
    "schedule": "实施周期",
    "period_goal": "实施期目标",
    "year_goal": "年度目标",
}
LEVEL2 = {  # second level of indicators -> first level
    "数量指标": "产出指标",
    "质量指标": "产出指标",
    "时效指标": "产出指标",
    "成本指标": "产出指标",
    "经济效益指标": "效益指标",
    "社会效益指标": "效益指标",
    "生态效益指标": "效益指标",
    "可持续影响指标": "效益指标",
    "服务对象满意度指标": "满意度指标",
}

PROJECTS = Sheet(
    "projects",
    "projects/",
    "项目",
    "每个项目一行（文件夹里每个项目一个文件），连同绩效目标表的内容",
    (
        Field("code", "项目编码", "text", "账簿里唯一，支出表用它指项目", required=True),
        Field("name", "项目名称", "text", "与批复一致", required=True),
        Field("unit", "实施单位", "unit", "单位表里的单位名称", required=True),
        Field("category", "项目类别", "choice", "其他运转类或特定目标类",
              choices={"其他运转类": "其他运转类", "特定目标类": "特定目标类"}),
        Field("attribute", "项目属性", "text", "如 一次性项目(1年结束)、经常性项目(长期开展)"),
        Field("period", "项目期", "text", "如 1年、3年"),
        *(Field(f"funds.{key}", f"实施期{name}", "money", "整个实施期的钱，元；一年期的可不写")
          for key, name in LEVELS.items()),
        *(Field(f"year_funds.{key}", f"年度{name}", "money", "本年的钱，元；不写则财政拨款都算市县（区）财政资金")
          for key, name in LEVELS.items()),
        *(Field(key, name, "text", "绩效目标表里的文字") for key, name in PROJECT_TEXTS.items()),
        Field("handler", "经办人", "text", "只留在账簿里，不公开", private=True),
        Field("telephone", "联系电话", "text", "只留在账簿里，不公开", private=True),
        Field("filed", "填报日期", "date", "如 2024-01-19"),
    ),
)  # fmt: skip

INDICATORS = Sheet(
    "indicators",
    "",  # in the project's file
    "绩效指标",
    "每个项目的绩效指标，每个指标一行",
    (
        Field("project", "项目", "project", "项目编码", required=True),
        Field("level2", "二级指标", "choice", "从下拉列表中选", required=True, choices={k: k for k in LEVEL2}),
        Field("name", "三级指标", "text", "量什么", required=True),
        Field("target", "年度指标值", "text", "如 ≥98%、≤27万元", required=True),
        Field("period_target", "实施期指标值", "text", "与年度相同的不写"),
        Field("description", "指标描述", "text", "怎么量"),
        Field("ground", "指标值确定依据", "text", "如 2023年工作计划"),
    ),
)  # fmt: skip

PURCHASES = Sheet(
    "purchases",
    "purchases.csv",
    "政府采购",
    "每一项政府采购，没有就空着",
    (
        _UNIT,
        Field("name", "采购物品名称", "text", "买什么", required=True),
        Field("category", "采购类别", "choice", "货物、工程或服务", required=True, choices=PROCUREMENT),
        _AMOUNT,
        Field("source", "资金来源", "choice", "不写为一般公共预算", choices=SOURCES),
        Field("project", "项目", "project", "属于哪个项目，写项目编码"),
        Field("catalogue", "政府采购目录序号", "text", "如 A0201"),
        Field("measure", "计量单位", "text", "如 台"),
        Field("quantity", "数量", "text", "数字"),
        Field("price", "单价", "money", "元"),
        Field("reserved", "预留中小企业", "money", "其中面向中小企业预留的金额，元"),
        Field("reserved_small", "预留小微企业", "money", "中小企业中预留给小微企业的金额，元"),
    ),
)  # fmt: skip

ASSETS_ITEMS = {
    "vehicle.posts": "车辆编制",
    "vehicle.ministerial": "部级领导干部用车",
    "vehicle.leader": "主要领导干部用车",
    "vehicle.dispatch": "机要通信用车",
    "vehicle.emergency": "应急保障用车",
    "vehicle.enforcement": "执法执勤用车",
    "vehicle.special": "特种专业技术用车",
    "vehicle.retired": "离退休干部用车",
    "vehicle.service": "事业单位业务用车",
    "vehicle.other": "其他用车",
    "house.office": "办公用房",
    "house.other": "其他房屋",
    "equipment.200000": "单价20万元以上设备",
    "equipment.500000": "单价50万元以上通用设备",
    "equipment.1000000": "单价100万元以上设备",
    "fixed.other": "其他固定资产",
}
ASSETS = Sheet(
    "assets",
    "assets.csv",
    "国有资产",
    "车辆、房屋、设备；没有的不必写",
    (
        Field("item", "事项", "choice", "从下拉列表中选", required=True, choices=ASSETS_ITEMS),
        Field("quantity", "数量", "text", "辆、台（套）或平方米"),
        Field("value", "价值", "money", "元"),
        Field("planned", "本年拟购置", "count", "本年预算安排购置的数量"),
        _OF_UNIT,
    ),
)

CONTROLS = Sheet(
    "controls",
    "controls.csv",
    "控制数",
    "财政批复或项目库的数，账簿必须与它一致；空着的栏表示不限",
    (
        Field("project", "项目", "text", "项目编码或名称"),
        Field("unit", "单位", "text", "单位名称"),
        Field("source", "资金来源", "choice", "空着为不限", choices=SOURCES),
        Field("period", "资金年度", "choice", "空着为不限", choices=PERIODS),
        _AMOUNT,
    ),
)

# Longer texts: one Markdown file each in the folder, rows of the sheet 文字 in the workbook.
TEXTS = {
    "duties": "主要职责",
    "organisation": "机构设置",
    "goals": "部门整体绩效目标",
    "services": "政府购买服务指导性目录",
    "others": "其他说明",
    "terms": "名词解释",
    "explanation": "说明模板",
}
TEXTS_SHEET = "文字"

SHEETS = (
    UNITS, ACCOUNTS, EXPENDITURE, REVENUE, FORWARD, PRIOR, REASONS, PURPOSES,
    PROJECTS, INDICATORS, PURCHASES, ASSETS, CONTROLS,
)  # fmt: skip
