"""Random consistent budgets, printed as disclosures: every cell is the rounded sum of the same amounts.

A `Book` is a list of lines in fen. `shanxi` prints it as the text of a disclosure in that layout,
each cell rounded on its own, as the systems in use do. Used by property tests and benchmarks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

ITEMS = {
    "2010301": "行政运行", "2010302": "一般行政管理事务", "2010306": "政务公开审批", "2010350": "事业运行",
    "2013801": "行政运行", "2013802": "一般行政管理事务", "2030603": "人民防空", "2040612": "法治建设",
    "2080501": "行政单位离退休", "2080502": "事业单位离退休", "2080505": "机关事业单位基本养老保险缴费支出",
    "2101101": "行政单位医疗", "2101102": "事业单位医疗", "2120101": "行政运行", "2210201": "住房公积金",
}  # fmt: skip
ABOVE = {
    "201": "一般公共服务支出", "20103": "政府办公厅（室）及相关机构事务", "20138": "市场监督管理事务",
    "203": "国防支出", "20306": "国防动员", "204": "公共安全支出", "20406": "司法",
    "208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "210": "卫生健康支出",
    "21011": "行政事业单位医疗", "212": "城乡社区支出", "21201": "城乡社区管理事务",
    "221": "住房保障支出", "22102": "住房改革支出",
}  # fmt: skip
PERSONNEL = {
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30113": "住房公积金",
    "30302": "退休费",
}
PUBLIC = {
    "30201": "办公费",
    "30211": "差旅费",
    "30228": "工会经费",
    "30229": "福利费",
    "30239": "其他交通费用",
}
ECONOMIC_CLASSES = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}
CLASSES = (
    "一般公共服务支出 外交支出 国防支出 公共安全支出 教育支出 科学技术支出 文化旅游体育与传媒支出 社会保障和就业支出 "
    "社会保险基金支出 卫生健康支出 节能环保支出 城乡社区支出 农林水支出 交通运输支出 资源勘探工业信息等支出 "
    "商业服务业等支出 金融支出 援助其他地区支出 自然资源海洋气象等支出 住房保障支出 粮油物资储备支出 "
    "国有资本经营预算支出 灾害防治及应急管理支出 预备费 其他支出 转移性支出 债务还本支出 债务付息支出 "
    "债务发行费用支出 抗疫特别国债安排的支出"
).split()
NUMERALS = "一 二 三 四 五 六 七 八 九 十".split()
NAME = "某省甲市乙区行政审批服务管理局"


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


@dataclass(frozen=True)
class Line:
    """A line of the book; `amount` in fen."""

    item: str
    amount: int
    project: str | None = None
    economic: str | None = None
    carried: bool = False


@dataclass
class Book:
    """A department's budget for one year."""

    lines: list[Line] = field(default_factory=list)
    year: int = 2024
    name: str = NAME

    def total(self, wanted: Callable[[Line], bool] = lambda line: True) -> int:
        return sum(line.amount for line in self.lines if wanted(line))

    def codes(self, lines: Iterable[Line]) -> list[str]:
        items = {line.item for line in lines}
        return sorted({code[:n] for code in items for n in (3, 5, 7)})


def random_book(rng: random.Random, items: int = 4, projects: int = 3, carried: bool = True) -> Book:
    """A book of `items` functional items, basic lines by economic account, and projects."""
    book = Book()
    chosen = rng.sample(sorted(ITEMS), items)
    for code in {**PERSONNEL, **PUBLIC}:
        book.lines.append(Line(chosen[0], rng.randrange(10_000, 90_000_000), economic=code))
    for item in chosen[1:]:
        economic = rng.choice(sorted(PERSONNEL))
        book.lines.append(Line(item, rng.randrange(10_000, 30_000_000), economic=economic))
    for number in range(projects):
        item = rng.choice(chosen)
        book.lines.append(
            Line(item, rng.randrange(10_000, 900_000_000), project=f"{numeral(number + 1)}号窗口建设")
        )
    if carried:
        book.lines.append(
            Line(chosen[-1], rng.randrange(10_000, 90_000_000), project="结转印章刻制", carried=True)
        )
    return book


def wan(fen: int) -> str:
    """Fen as 万元 with two decimals, rounded half up; zero is left blank, as statements do."""
    rounded = (fen + 5_000) // 10_000
    return f"{rounded // 100}.{rounded % 100:02d}" if rounded else ""


def yuan(fen: int) -> str:
    rounded = (fen + 50) // 100
    return f"{rounded:,}" if rounded else ""


def _row(*cells: str) -> str:
    return "\t".join(cells)


def _head(title: str, name: str, unit: str = "万元") -> list[str]:
    return ["", title, "", f"部门名称：{name}", "", f"单位：{unit}", ""]


def _coded(book: Book, lines: list[Line], cells: Callable[[list[Line]], list[str]]) -> list[str]:
    rows = [_row("合计", "", *cells(lines))]
    for code in book.codes(lines):
        name = ITEMS.get(code) or ABOVE[code]
        rows.append(_row(code, name, *cells([line for line in lines if line.item.startswith(code)])))
    return rows


def _sum(lines: Iterable[Line], wanted: Callable[[Line], bool] = lambda line: True) -> int:
    return sum(line.amount for line in lines if wanted(line))


def _split(lines: list[Line]) -> list[str]:
    basic = _sum(lines, lambda line: line.project is None)
    project = _sum(lines, lambda line: line.project is not None)
    return [wan(basic + project), wan(basic), wan(project)]


def shanxi(book: Book) -> str:
    """The book as a Shanxi disclosure of thirteen statements, in text as out of a scanner."""
    year, name = book.year, book.name
    now = [line for line in book.lines if not line.carried]
    old = [line for line in book.lines if line.carried]
    basic = [line for line in now if line.project is None]
    out = [name, "", f"{year}年度部门预算公开", "", f"## 第二部分 {year}年部门预算报表"]
    out += _head(f"{year}年预算收支总表", name) + _summary(book, now, old)
    out += _head(f"{year}年预算收入总表", name)
    out += [_row("项目", "", "本年收入", "", "", "", "", "", "上年结转")]
    out += [
        _row(
            "科目编码",
            "科目名称",
            "合计",
            "一般公共预算",
            "政府性基金",
            "国有资本经营预算",
            "财政专户管理资金",
            "单位资金",
            "",
        )
    ]

    def revenue(lines: list[Line]) -> list[str]:
        fresh = wan(_sum(lines, lambda line: not line.carried))
        return [fresh, fresh, "", "", "", "", wan(_sum(lines, lambda line: line.carried))]

    out += _coded(book, book.lines, revenue)
    out += _head(f"{year}年预算支出总表", name)
    out += [
        _row("项目", "", f"{year}年预算数", "", ""),
        _row("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ]
    out += _coded(book, book.lines, _split)
    out += _head(f"{year}年财政拨款收支总表", name) + _appropriation(book, now, old)
    out += _head(f"{year}年一般公共预算支出预算表（不含上年结转）", name)
    out += [
        _row("项目", "", f"{year}年预算数", "", ""),
        _row("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ]
    out += _coded(book, now, _split)
    out += _head(f"{year}年一般公共预算安排基本支出分经济科目表（不含上年结转）", name) + _economic(
        basic, year
    )
    for title in ("政府性基金预算收入表", "政府性基金预算支出表"):
        out += _head(f"{year}年{title}（不含上年结转）", name)
        out += [
            _row("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            _row("合计", "", "", "", ""),
            "",
            "注：本表无数据",
        ]
    out += _head(f"{year}年国有资本经营预算收支预算表（不含上年结转）", name)
    out += [
        _row("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        _row("合计", "", "", "", ""),
        "",
        "注：本表无数据",
    ]
    out += _head(f"{year}年财政拨款安排“三公”经费支出预算表", name)
    out += [
        _row("项目", f"{year}年预算数", "", "", ""),
        _row("", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    ]
    out += [
        _row(label, "", "", "", "")
        for label in ("因公出国（境）费", "公务接待费", "公务用车购置及运行费", "合计")
    ]
    out += ["", "注：本表无数据"]
    public = wan(_sum(basic, lambda line: line.economic in PUBLIC))
    out += _head(f"{year}年财政拨款安排机关运行经费预算表", name)
    out += [
        _row("单位名称", f"{year}预算数", "", "", ""),
        _row("", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    ]
    out += [_row("部门合计", public, public, "", ""), _row(name, public, public, "", "")]
    for suffix, lines in (("本年预算", now), ("上年结转", old)):
        out += _head(f"{year}年项目支出预算表（{suffix}）", name) + _projects(lines, name, year)
    return "\n".join(out) + "\n"


def _summary(book: Book, now: list[Line], old: list[Line]) -> list[str]:
    sources = [
        "一、一般公共预算",
        "二、政府性基金预算",
        "三、国有资本经营预算",
        "四、财政专户管理资金",
        "五、单位资金",
    ]
    rows = [
        _row("收入", "", "支出", "", "", ""),
        _row("项目", f"{book.year}年", "项目", f"{book.year}年合计", "当年预算安排", "上年结转安排"),
    ]
    for number, title in enumerate(CLASSES):
        left = [sources[number], wan(_sum(now)) if number == 0 else ""] if number < len(sources) else ["", ""]
        code = next((code for code, known in ABOVE.items() if known == title), None)

        def mine(line: Line, code: str | None = code) -> bool:
            return code is not None and line.item.startswith(code)

        cells = [wan(_sum(book.lines, mine)), wan(_sum(now, mine)), wan(_sum(old, mine))]
        rows.append(_row(*left, f"{numeral(number + 1)}、{title}", *cells))
    everything = [wan(_sum(book.lines)), wan(_sum(now)), wan(_sum(old))]
    rows.append(_row("本年收入合计", wan(_sum(now)), "本年支出合计", *everything))
    rows.append(_row("上年结转", wan(_sum(old)), "年终结转", "", "", ""))
    rows.append(_row("收入总计", wan(_sum(book.lines)), "支出总计", *everything))
    return rows


def _appropriation(book: Book, now: list[Line], old: list[Line]) -> list[str]:
    sources = ["一、一般公共预算", "二、政府性基金预算", "三、国有资本经营预算"]
    rows = [
        _row("收入", "", "支出", "", "", "", ""),
        _row("项目", "金额", "项目", "金额", "", "", ""),
        _row("", "", "", "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    ]
    for number, title in enumerate(CLASSES):
        left = [sources[number], wan(_sum(now)) if number == 0 else ""] if number < len(sources) else ["", ""]
        code = next((code for code, known in ABOVE.items() if known == title), "-")
        amount = wan(_sum(book.lines, lambda line, code=code: line.item.startswith(code)))  # type: ignore[misc]
        rows.append(_row(*left, f"{numeral(number + 1)}、{title}", amount, amount, "", ""))
    everything = wan(_sum(book.lines))
    rows.append(_row("本年收入合计", wan(_sum(now)), "本年支出合计", everything, everything, "", ""))
    rows.append(_row("上年财政拨款结转", wan(_sum(old)), "年终结转", "", "", "", ""))
    rows.append(_row("一、一般公共预算", wan(_sum(old)), "", "", "", "", ""))
    rows.append(_row("收入总计", everything, "支出总计", everything, everything, "", ""))
    return rows


def _economic(basic: list[Line], year: int) -> list[str]:
    def cells(lines: list[Line]) -> list[str]:
        public = _sum(lines, lambda line: line.economic in PUBLIC)
        return [wan(_sum(lines)), wan(_sum(lines) - public), wan(public)]

    rows = [
        _row("部门预算支出经济科目名称", "政府预算支出经济科目名称", f"{year}年预算数", "", ""),
        _row("", "", "合计", "人员经费", "公用经费"),
        _row("合计", "", *cells(basic)),
    ]
    for group, title in ECONOMIC_CLASSES.items():
        lines = [line for line in basic if (line.economic or "").startswith(group)]
        if not lines:
            continue
        rows.append(_row(title, "", *cells(lines)))
        for code in sorted({line.economic or "" for line in lines}):
            known = {**PERSONNEL, **PUBLIC}[code]
            rows.append(_row(known, "", *cells([line for line in lines if line.economic == code])))
    return rows


def _projects(lines: list[Line], name: str, year: int) -> list[str]:
    projects = [line for line in lines if line.project]
    rows = [
        _row("项目名称", "合计", f"{year}年财政拨款", "", ""),
        _row("", "", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
        _row("1", "2", "3", "4", "5"),
    ]
    if not projects:
        return [*rows, "", "注：本表无数据"]
    total = wan(_sum(projects))
    rows += [_row(name, total, total, "", ""), _row(name, total, total, "", "")]
    rows += [_row(line.project or "", wan(line.amount), wan(line.amount), "", "") for line in projects]
    return rows
