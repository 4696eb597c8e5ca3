"""The generated parts of docs/templates.md: every name a template may use, with what it says in the example book.

Names come from the program, meanings from here; a name without a meaning, or a meaning without a name,
is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from openbook.book.model import SOURCES, BudgetBook, Words
from openbook.book.parse import parse
from openbook.book.template import example
from openbook.book.topics import TOPICS
from openbook.composing.compose import compose
from openbook.composing.explanation import Blocks
from openbook.composing.facts import known_words
from openbook.composing.figures import named_figures
from openbook.composing.holdings import Count
from openbook.composing.layout import build_of
from openbook.composing.naming import names
from openbook.composing.saying import ItemSaid, Part, ProjectSaid, Said, Speaking
from openbook.composing.tables import words_of
from openbook.composing.telling import Teller
from openbook.composing.work import Work, begin
from openbook.disclosure import Block, Chart, Contents, Cover, Heading, Paragraph, Table
from openbook.writing.data_grid import describe
from scripts.book_parts import table

LAYOUT, YEAR = "shanxi-13-2024", 2025
LISTS = {
    "单位": "单位的清单，公开单位预算时只有那一个",
    "有机关": "有没有行政单位或参公单位，用在“如果”里",
    "项目": "有钱的项目的清单，每个是一个项目（见下）",
}
PLAIN = {
    "年": "预算年度",
    "上年": "上一年度",
    "部门": "部门名称；公开单位预算时是单位名称",
    "级": "“部门”或“单位”",
    "资产总额": "资产总额，与资产表一致",
}
FUNCTIONS = {
    "封面": ("封面(部门, 年 ~ \"年部门预算\")", "封面：最后一个是标题，前面的印在它上面"),
    "目录": ("目录()", "目录；可写标题，如 目录(\"目　录\")"),
    "正文": ("正文(\"duties\")", "账簿里的一段文字：duties 主要职责、organisation 机构设置、goals 整体绩效目标、services 购买服务目录、others 其他说明"),
    "有正文": ("有正文(\"goals\")", "账簿里有没有这段文字，用在“如果”里"),
    "报表": ("报表()", "套式的全部报表"),
    "绩效目标表": ("绩效目标表()", "全部项目的绩效目标表"),
    "单位表": ("单位表()", "机构设置情况表"),
    "采购表": ("采购表()", "政府采购预算表"),
    "资产表": ("资产表()", "固定资产占用情况表"),
    "名词解释": ("名词解释()", "账簿里写了名词解释的用账簿的，否则用自带的"),
    "图": ("图(\"支出结构\", \"pie\", [基本支出, 项目支出])", "图：标题，pie 饼图或 bar 条形图，画哪些数；都是零的不画"),
    "构成": ("构成(本年支出, 基本支出, 项目支出)", "一个数由哪几部分组成，每部分有名称、金额、占比（见下）；各部分合起来是全部时，占比加起来正好 100%"),
    "有数的": ("有数的(事业收入, 其他收入)", "留下有钱的，去掉是零的"),
    "个数": ("个数(项目 | length, \"个\")", "个数，说明里的数字一样受核对"),
    "功能类": ("功能类(\"appropriation\", \"total\")", "一张报表里有钱的各功能类：报表的代号，栏的代号"),
    "功能项": ("功能项(\"appropriation spent\")", "选出的钱涉及的各功能科目（见下），选法见“怎样选钱”"),
    "经济科目名单": ("经济科目名单(\"personnel\")", "基本支出表一栏里有钱的经济科目，金额大的在前，用顿号连接：personnel 人员经费、public 公用经费；再写词选钱，如 \"agency\"，只留选出的钱用到的科目"),
    "经济科目": ("经济科目(\"public\")", "同上，但每个是一个数"),
}  # fmt: skip
SAID = {
    "名称": "它的名字",
    "上年数": "上年的数",
    "增减": "增加或减少多少，百分之几；一样的写“持平”",
    "增减幅度": "增加或减少百分之几；上年是零的写增加多少",
    "原因": "账簿里写的变动原因，没有变的是空的",
    "变了": "与上年印出的数不同，用在“如果”里",
    "比上年": "比上年怎样，连同原因",
    "比上年预算": "同上，写出年份",
}
OTHERS: dict[type[Speaking], tuple[str, dict[str, str]]] = {
    Part: ("构成(…) 里的每一个", {"名称": "它的名字", "金额": "一个数，可以再写 .比上年 等", "占比": "占全部的百分之几"}),
    ItemSaid: ("功能项(…) 里的每一个", {
        "编码": "7 位编码", "类": "类的名称", "款": "款的名称", "项": "项的名称", "金额": "一个数，可以再写 .比上年 等",
        "用途": "账簿“资金用途”表里写的",
    }),
    ProjectSaid: ("项目 里的每一个", {
        "名称": "项目名称", "类别": "项目类别", "金额": "一个数", "本年": "其中本年的钱", "上年结转": "其中上年结转的钱",
    }),
    Count: ("资产.车辆、资产.拟购车辆 里的每一个", {"名称": "哪一种车", "数量": "几辆"}),
}  # fmt: skip
QUESTIONS = ("变了", "有")  # answered yes or no: they print nothing
PURCHASES = {
    "总额": "政府采购预算总额",
    "货物": "其中货物",
    "工程": "其中工程",
    "服务": "其中服务",
    "预留": "面向中小企业预留",
    "预留小微": "其中预留给小微企业",
}
ASSETS = {
    "有": "账簿写了国有资产没有，用在“如果”里",
    "截止日期": "资产截止日期，不写为上年年底",
    "车辆编制": "车辆编制数",
    "车辆总数": "各种车合计",
    "车辆": "各种车的清单",
    "拟购车辆总数": "本年拟购置的各种车合计",
    "拟购车辆": "拟购置的清单",
    "办公用房": "办公用房面积",
    "其他房屋": "其他房屋面积，没有的是空的",
    "设备50万": "单价50万元以上通用设备",
    "设备100万": "单价100万元以上设备",
    "拟购设备100万": "拟购置的单价100万元以上设备",
}
WORDS = {
    "current": "本年的钱",
    "carryover": "上年结转的钱",
    "appropriation": "财政拨款：一般公共预算、政府性基金预算、国有资本经营预算",
    "unit_funds": "单位资金：事业收入到其他收入五种",
    "spent": "花出去的（不含结转下年）",
    "forward": "结转下年的",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费：经济科目 301、303",
    "public": "公用经费：其余经济科目",
    "agency": "行政单位和参公单位的",
    "three": "“三公”经费的经济科目",
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicle": "公务用车购置及运行维护费",
    "purchase": "公务用车购置费",
    "running": "公务用车运行维护费",
    **{key: f"资金来源是{name}" for key, name in SOURCES.items()},
    "source:": "资金来源，如 source:other",
    "category:": "支出类别：basic、project、operations、superior、subordinate",
    "project:": "项目编码，如 project:P01",
    "unit:": "单位名称",
}


def template_parts() -> dict[str, str]:
    """Name of each part -> its text."""
    return {
        "template-figures": _figures(),
        "template-said": _speaking(Said, SAID, "一般公共预算支出"),
        "template-plain": _plain(),
        "template-holdings": _holdings(),
        "template-others": _others(),
        "template-functions": _functions(),
        "template-words": _words(),
    }


# --- the example book ---------------------------------------------------------------------


@cache
def _book() -> BudgetBook:
    book, faults = parse(example(LAYOUT, YEAR))
    assert not faults, faults
    return book


def rendered(template: str) -> str:
    """What the example book says through a template; statements, forms and charts as 〔their titles〕."""
    book = _book()
    before = book.texts.get("explanation")
    book.texts["explanation"] = Words(template)
    try:
        composed = compose(book)
    finally:
        book.texts.pop("explanation")
        if before:
            book.texts["explanation"] = before
    assert composed.disclosure is not None, composed.faults
    return "\n\n".join(filter(None, (_shown(block) for block in composed.disclosure.blocks)))


def _shown(block: Block) -> str:
    if isinstance(block, Heading | Paragraph):
        return block.text
    if isinstance(block, Table | Cover | Contents):
        return f"〔{block.title}〕"
    return f"〔图：{block.title}〕" if isinstance(block, Chart) else ""


def _values(expressions: Sequence[str]) -> dict[str, str]:
    """Each expression with what it prints."""
    text = rendered("\n\n".join(f"<{at}>{{{{ {said} }}}}" for at, said in enumerate(expressions)))
    found = re.findall(r"^<(\d+)>(.*)$", text, re.MULTILINE)
    return {expressions[int(at)]: said for at, said in found}


@cache
def _names() -> tuple[Work, dict[str, object]]:
    """The names of templates with their values, as the composer puts them together."""
    book = _book()
    work = begin(book, build_of(LAYOUT), "department", "")
    teller = Teller(book, work.last_year, {})
    words = {**words_of(YEAR, book.department, book.code, "department"), "above": ""}
    return work, names(work, teller, Blocks(), words, handlers=False)


def _agree(known: object, told: object, what: str) -> None:
    if set(known) != set(told):  # type: ignore[call-overload]
        raise SystemExit(f"docs: {what}: {sorted(set(known) ^ set(told))}")  # type: ignore[call-overload]


# --- tables -------------------------------------------------------------------------------


def _figures() -> str:
    values = _values(list(named_figures()))
    where = _described()
    rows = []
    for name, named in named_figures().items():
        printed = next((where[address] for address in named.cells if address in where), "")
        words = f"`{named.words}`" if named.words else "全部"
        rows.append((f"`{name}`", printed, words, TOPICS.get(named.topic, ""), values[name]))
    return table(("名字", f"{LAYOUT} 印在哪里", "选出的钱", "上年数的事项", "示例"), rows)


def _described() -> dict[str, str]:
    """Where each figure of the example stands, in words."""
    disclosure = compose(_book()).disclosure
    assert disclosure is not None
    return {address: told.replace(f"《{YEAR}年", "《") for address, told in describe(disclosure).items()}


def _speaking(of: type[Speaking], meanings: dict[str, str], figure: str) -> str:
    _agree(of.words, meanings, of.__name__)
    values = _values([f"{figure}.{word}" for word in of.words if word not in QUESTIONS])
    rows = [(f"`{figure}.{word}`", meanings[word], values.get(f"{figure}.{word}", "")) for word in of.words]
    return table(("写法", "意思", "示例"), rows)


def _plain() -> str:
    _, known = _names()
    _agree(known, [*named_figures(), *LISTS, *PLAIN, *FUNCTIONS, "采购", "资产"], "names of templates")
    values = _values(list(PLAIN))
    rows = [(f"`{name}`", told, values[name]) for name, told in PLAIN.items()]
    return table(
        ("名字", "意思", "示例"), [*rows, *((f"`{name}`", told, "") for name, told in LISTS.items())]
    )


def _holdings() -> str:
    _, known = _names()
    _agree(known["采购"], PURCHASES, "采购")
    _agree(known["资产"], ASSETS, "资产")
    told = {
        **{f"采购.{word}": meaning for word, meaning in PURCHASES.items()},
        **{f"资产.{word}": meaning for word, meaning in ASSETS.items()},
    }
    values = _values(
        [name for name in told if name.partition(".")[2] not in (*QUESTIONS, "车辆", "拟购车辆")]
    )
    return table(("写法", "意思", "示例"), [(f"`{name}`", told[name], values.get(name, "")) for name in told])


def _others() -> str:
    parts = []
    for of, (where, meanings) in OTHERS.items():
        _agree(of.words, meanings, of.__name__)
        rows = [(f"`.{word}`", meanings[word]) for word in of.words]
        parts.append(f"**{where}**\n\n{table(('写法', '意思'), rows)}")
    return "\n".join(parts)


def _functions() -> str:
    return table(("写法", "意思"), [(f"`{written}`", told) for written, told in FUNCTIONS.values()])


def _words() -> str:
    _agree(known_words(), WORDS, "words that choose money")
    return table(("词", "选出"), [(f"`{word}`", WORDS[word]) for word in known_words()])


# --- examples -----------------------------------------------------------------------------

EXAMPLE = re.compile(r"(```jinja\n(.*?)```\n+编成：\n+```text\n)(.*?)(```)", re.DOTALL)


def templates_of(page: str) -> Iterator[str]:
    """The templates that a page shows together with what they become."""
    for found in EXAMPLE.finditer(page):
        yield found[2]


def with_examples(page: str) -> str:
    """The page with what its templates become now."""
    return EXAMPLE.sub(lambda found: f"{found[1]}{rendered(found[2])}\n{found[4]}", page)
