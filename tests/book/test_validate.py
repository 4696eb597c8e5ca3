"""A good book made wrong in one way has that one fault, at its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from openbook.book.faults import FAULTS
from openbook.book.load import load, store
from openbook.book.model import Asset, BudgetBook, Expenditure, Indicator, Prior, Revenue, Spot, Words
from tests.book.books import BUREAU, CENTRE, forward, small_book
from tests.book.conftest import Judge

# Nobody's numbers, put together here so that none stands in the repository.
MOBILE = "139" + "0" * 8
IDENTITY = "110101" + "19900101" + "001X"

Wrong = Callable[[BudgetBook], object]


def test_the_small_book_is_good(judged: Judge):
    assert judged(small_book()) == []


def line(book: BudgetBook, index: int, **changes) -> None:
    book.expenditure[index] = replace(book.expenditure[index], **changes)


def project(book: BudgetBook, index: int, **changes) -> None:
    book.projects[index] = replace(book.projects[index], **changes)


def purchase(book: BudgetBook, **changes) -> None:
    book.purchases[0] = replace(book.purchases[0], **changes)


def text(book: BudgetBook, key: str, words: str) -> None:
    book.texts[key] = Words(words)


def indicator(book: BudgetBook, **changes) -> None:
    first, *rest = book.projects[0].indicators
    project(book, 0, indicators=(replace(first, **changes), *rest))


def without_revenue(book: BudgetBook) -> None:
    book.revenue, book.expenditure, book.projects = [], [], []
    book.purchases, book.controls, book.purposes, book.assets = [], [], {}, []


def nothing(book: BudgetBook) -> None:
    book.expenditure.append(Expenditure(BUREAU, "2010301", "30202", "general", "basic", "", "current", 0))


def unspent_project(book: BudgetBook) -> None:
    book.projects.append(replace(book.projects[2], code="XM004", name="没有钱的项目", year_funds={}))


def in_two_units(book: BudgetBook) -> None:
    """One yuan of the centre's project, spent by the bureau."""
    whole = book.expenditure[-1].amount
    line(book, -1, amount=whole - 100)
    book.expenditure.append(replace(book.expenditure[-1], unit=BUREAU, amount=100))
    book.revenue = [replace(one, amount=whole - 100) if one.source == "fund" else one for one in book.revenue]
    book.revenue.append(Revenue(BUREAU, "fund", "current", 100, account="1030148"))


def left_over(book: BudgetBook) -> None:
    book.forward.append(forward())


def new_car(book: BudgetBook) -> None:
    """Money for a car, taken from printing and offices of the same project."""
    index = next(i for i, one in enumerate(book.expenditure) if one.economic == "31002")
    line(book, index, economic="31013")


def planned_car(book: BudgetBook) -> None:
    book.assets[1] = replace(book.assets[1], planned=1)


def no_cars(book: BudgetBook) -> None:
    book.assets = [one for one in book.assets if not one.item.startswith("vehicle.")]


def twice(book: BudgetBook) -> None:
    first = book.projects[0].indicators
    project(book, 0, indicators=(*first, first[0]))


def same_name(book: BudgetBook) -> None:
    book.controls = []
    project(book, 1, name=book.projects[0].name)


FORM = "projects/XM001.toml"
WRONG: list[tuple[str, Wrong, Spot]] = [
    ("BK302", lambda b: b.units.__setitem__(1, replace(b.units[1], code="604001")), Spot("units.csv", 3, "单位编码")),
    ("BK303", same_name, Spot("projects/XM002.toml", None, "name")),
    ("BK304", lambda b: setattr(b, "department", CENTRE), Spot("units.csv", 2, "单位名称")),
    ("BK305", nothing, Spot("expenditure.csv", 26, "金额")),
    ("BK312", lambda b: line(b, 0, project="XM003"), Spot("expenditure.csv", 2, "项目")),
    ("BK313", unspent_project, Spot("projects/XM004.toml")),
    ("BK314", lambda b: line(b, 4, economic="31201"), Spot("expenditure.csv", 6, "经济科目")),
    ("BK315", in_two_units, Spot("expenditure.csv", 26, "项目")),
    ("BK321", lambda b: b.revenue.append(Revenue(CENTRE, "other", "current", 500)), Spot("revenue.csv", 6, "金额")),
    ("BK321", left_over, Spot("revenue.csv", 2, "金额")),
    ("BK331", lambda b: project(b, 0, year_funds={"local": 100}), Spot(FORM)),
    ("BK332", lambda b: project(b, 0, funds={"local": 100}), Spot(FORM)),
    ("BK333", lambda b: project(b, 0, indicators=()), Spot(FORM)),
    ("BK334", lambda b: b.projects[0].texts.pop("year_goal"), Spot(FORM, None, "year_goal")),
    ("BK335", lambda b: indicator(b, target="≥100.5%"), Spot(FORM, 26, "target")),
    ("BK335", lambda b: indicator(b, period_target="１２０％"), Spot(FORM, 26, "period_target")),
    ("BK336", twice, Spot(FORM, 59, "name")),
    ("BK341", lambda b: b.prior.append(Prior("three_public", 5)), Spot("prior.csv", 24, "上年数")),
    ("BK342", lambda b: b.reasons.update({"2010303": Words("增加")}), Spot("reasons.csv", 16, "事项")),
    ("BK342", lambda b: b.purposes.update({"2010303": Words("增加")}), Spot("purposes.csv", 5, "功能科目")),
    ("BK351", lambda b: purchase(b, amount=30_000_000, quantity="", price=None), Spot("purchases.csv", 2, "金额")),
    ("BK352", lambda b: purchase(b, reserved=9_600_001), Spot("purchases.csv", 2, "预留中小企业")),
    ("BK353", lambda b: purchase(b, reserved=100), Spot("purchases.csv", 2, "预留小微企业")),
    ("BK354", lambda b: purchase(b, price=800_001), Spot("purchases.csv", 2, "数量")),
    ("BK355", lambda b: purchase(b, quantity="十二"), Spot("purchases.csv", 2, "数量")),
    ("BK355", lambda b: b.assets.append(Asset("vehicle.other", "1.5")), Spot("assets.csv", 8, "数量")),
    ("BK361", new_car, Spot("expenditure.csv", 24, "经济科目")),
    ("BK361", planned_car, Spot("assets.csv", 3, "本年拟购置")),
    ("BK362", no_cars, Spot("expenditure.csv", 7, "经济科目")),
    ("BK371", lambda b: b.texts.pop("duties"), Spot("duties.md")),
    ("BK371", lambda b: b.texts.pop("organisation"), Spot("organisation.md")),
    ("BK372", lambda b: text(b, "duties", "本局由XX组成"), Spot("duties.md", 1)),
    ("BK372", lambda b: text(b, "others", "待填写"), Spot("others.md", 1)),
    ("BK372", lambda b: text(b, "others", "{单位}没有"), Spot("others.md", 1)),
    ("BK372", lambda b: text(b, "others", "【部门名称】没有"), Spot("others.md", 1)),
    ("BK372", lambda b: b.reasons.update(basic=Words("因××调整")), Spot("reasons.csv", 5, "原因")),
    ("BK372", lambda b: indicator(b, description="20XX年"), Spot(FORM, 26, "description")),
    ("BK373", lambda b: text(b, "others", f"电话{MOBILE}"), Spot("others.md", 1)),
    ("BK373", lambda b: text(b, "others", "１３９ ００００ ００００"), Spot("others.md", 1)),
    ("BK373", lambda b: text(b, "goals", f"证号{IDENTITY}"), Spot("goals.md", 1)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong", "spot"), WRONG)
def test_one_fault_is_found_at_its_place(judged: Judge, code, wrong, spot):
    book = small_book()
    if code != "BK401":
        book.controls = []
    wrong(book)
    (found,) = judged(book)
    assert (found.code, found.spot) == (code, spot)
    assert found.message.endswith("。")
    assert found.mend[-1] in "。？"


def test_a_project_line_without_a_project(judged: Judge):
    book = small_book()
    book.controls = []
    index = next(i for i, one in enumerate(book.expenditure) if one.economic == "30201" and one.project)
    line(book, index, project="")
    project(book, 0, year_funds={})
    book.purchases = [one for one in book.purchases if one.project != "XM001"]
    (found,) = judged(book)
    assert (found.code, found.spot) == ("BK311", Spot("expenditure.csv", index + 2, "项目"))


def test_an_empty_book_lacks_its_tables(judged: Judge):
    book = small_book()
    without_revenue(book)
    book.reasons = {key: words for key, words in book.reasons.items() if not key.isdigit()}
    assert [(one.code, one.spot) for one in judged(book)] == [
        ("BK301", Spot("expenditure.csv")),
        ("BK301", Spot("revenue.csv")),
    ]


def test_the_difference_and_both_sums_are_told(judged: Judge):
    book = small_book()
    book.revenue[0] = replace(book.revenue[0], amount=book.revenue[0].amount + 12_345)
    (found,) = judged(book)
    assert "收入 2,763,154.13 元" in found.message
    assert "支出 2,763,030.68 元" in found.message
    assert "相差 123.45 元" in found.message
    assert "本年" in found.message


def test_money_left_over_counts_against_both_periods(judged: Judge):
    book = small_book()
    book.forward.append(forward())
    carried = next(i for i, one in enumerate(book.revenue) if one.period == "carryover")
    book.revenue[carried] = replace(book.revenue[carried], amount=book.revenue[carried].amount + 1_000_000)
    assert judged(book) == []


def test_sums_of_last_year_may_be_typed_where_they_are_sums(judged: Judge):
    book = small_book()
    book.prior += [Prior("three_public", 6_420_000), Prior("vehicle", 5_800_000)]
    assert judged(book) == []


@pytest.mark.parametrize(
    "harmless",
    [
        "电话0358-1234567",
        f"编号{MOBILE}123",
        "3×5米",
        "XL号",
        "面积1390000平方米",
    ],
)
def test_harmless_texts_are_let_be(judged: Judge, harmless):
    book = small_book()
    text(book, "others", harmless)
    assert judged(book) == []


def test_the_template_of_the_explanation_may_hold_braces(judged: Judge):
    book = small_book()
    text(book, "explanation", "{{ department }}的预算")
    assert judged(book) == []


def test_a_handler_and_a_telephone_stay_in_the_book(judged: Judge):
    book = small_book()
    project(book, 0, handler="某某", telephone=MOBILE)
    assert judged(book) == []


def test_a_growth_may_be_more_than_the_whole(judged: Judge):
    book = small_book()
    growth = Indicator("经济效益指标", "收件量增长率", "≥120%")
    other = Indicator("经济效益指标", "收件量", "比上年增长150%")
    project(book, 0, indicators=(*book.projects[0].indicators, growth, other))
    assert judged(book) == []


def test_the_message_tells_no_whole_number(judged: Judge):
    book = small_book()
    text(book, "others", "电话139" + "12345678")
    (found,) = judged(book)
    assert "2345678" not in found.describe()


def test_every_fault_at_once(tmp_path):
    book = small_book()
    book.controls = []
    text(book, "others", "待填写")
    project(book, 0, indicators=(), funds={"local": 1})
    purchase(book, price=1)
    store(book, tmp_path / "b")
    assert sorted(one.code for one in load(tmp_path / "b")[1]) == ["BK332", "BK333", "BK354", "BK372"]


def test_codes_are_unique_and_titles_chinese():
    assert list(FAULTS) == sorted(FAULTS)
    assert len(set(FAULTS.values())) == len(FAULTS)


def test_every_code_of_the_book_is_asked_for_by_a_test():
    here = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in FAULTS if code < "BK500" and f'"{code}"' not in here] == []


def test_every_code_in_the_tree_is_in_the_table_and_the_reverse():
    tree = Path(__file__).parent.parent.parent / "src" / "openbook"
    code = re.compile(r'"(BK\d{3})"(?!:)')
    used = {found for path in tree.rglob("*.py") for found in code.findall(path.read_text("utf-8"))}
    assert used == set(FAULTS)
