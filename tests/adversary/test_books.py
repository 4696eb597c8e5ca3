"""Books that mean harm, and honest ones that once came out wrong."""

from __future__ import annotations

import copy
import json
import os
import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from openbook.book.controls import read_controls
from openbook.book.load import load, store
from openbook.book.model import Asset, BudgetBook, Expenditure, Fault, Forward, Revenue, Words
from openbook.building.build import Wish, build_book
from openbook.building.proof import objections
from openbook.commands.build import Request, run
from openbook.commands.inputs import WrongUse
from openbook.composing.compose import compose
from openbook.composing.figures import Amount, LastYear
from openbook.composing.telling import Teller
from openbook.disclosure import Disclosure, Paragraph
from openbook.reading.errors import Unreadable
from openbook.writing.data import FILE, read_data
from tests.book.books import BUREAU, CENTRE, small_book
from tests.cli.conftest import openbook  # noqa: F401  a fixture
from tests.composing.departments import department

DATA = Wish(formats=("data",))


def composed(book: BudgetBook, unit: str = "") -> Disclosure:
    found = compose(book, unit=unit)
    assert [fault.describe() for fault in found.faults] == []
    assert found.disclosure is not None
    return found.disclosure


def prose(disclosure: Disclosure) -> str:
    return "\n".join(block.text for block in disclosure.blocks if isinstance(block, Paragraph))


def left_over(book: BudgetBook) -> BudgetBook:
    """One yuan more of the fund comes to the centre than it spends."""
    book.controls = []
    book.forward.append(Forward(CENTRE, "2120899", "fund", 35_000_000))
    book.revenue = [
        replace(one, amount=one.amount + 35_000_000) if one.source == "fund" else one for one in book.revenue
    ]
    return book


# --- figures that were wrong -------------------------------------------------------------------


def test_not_a_fen_changed_is_level_though_the_two_were_rounded_apart():
    book = small_book()
    teller = Teller(book, LastYear(book), {})
    exact = teller.last_year.exact["project"]
    up = Amount(
        "项目支出", teller.last_year.printed["project"] + 1, exact, "expenditure/total/project", "project"
    )
    before = teller.before(up, "project")
    assert before is not None
    teller.change(up, before)
    assert [(claim.kind, claim.text) for claim in teller.claims] == [("flat", "持平")]
    assert teller.cells[teller.claims[0].cells[1]].printed == up.steps


def test_parts_of_the_appropriation_in_shanxi_add_up_where_money_is_left_for_next_year():
    said = prose(composed(left_over(department("shanxi-13-2024"))))
    total = re.search(r"财政拨款收支总预算([\d.]+)万元", said)
    parts = re.search(r"支出包括：(.*)。", said)
    assert total is not None
    assert parts is not None
    hundredths = [int(one.replace(".", "")) for one in re.findall(r"([\d.]+)万元", parts[1])]
    assert "；年终结转35.00万元" in parts[0]
    assert sum(hundredths) == int(total[1].replace(".", ""))


def test_the_budgets_within_the_appropriation_in_shanghai_add_up_where_money_is_left():
    said = prose(composed(left_over(department("shanghai-9"))))
    spent = re.search(r"财政拨款支出预算([\d.]+)万元", said)
    parts = re.findall(r"(?:一般公共预算|政府性基金预算|国有资本经营预算)拨款支出预算([\d.]+)万元", said)
    assert spent is not None
    assert len(parts) == 3
    assert sum(int(one.replace(".", "")) for one in parts) == int(spent[1].replace(".", ""))


def test_a_unit_in_shanghai_with_operations_and_money_left_over_can_publish():
    book = left_over(department("shanghai-9"))
    book.expenditure.append(
        Expenditure(CENTRE, "2010350", "30299", "operations", "operations", "", "current", 1_800_000)
    )
    book.revenue.append(Revenue(CENTRE, "operations", "current", 1_800_000))
    found = compose(book, unit=CENTRE)
    disclosure = found.disclosure or found.unfinished
    assert disclosure is not None
    assert [one.describe() for one in objections(disclosure, book)[0] if one.code.startswith("OB2")] == []
    summary = next(table for table in disclosure.tables() if table.id == "statement-summary")
    assert "经营支出" in [cell.text for cell in summary.rows[0]]


def test_what_institutions_alone_spend_is_not_told_as_the_offices_running_costs():
    book = department("hebei-9")
    book.expenditure.append(
        Expenditure(CENTRE, "2010350", "30206", "general", "basic", "", "current", 90_000_000)
    )
    book.revenue.append(Revenue(CENTRE, "general", "current", 90_000_000))
    said = prose(composed(book))
    used = re.search("主要用于(.*)等日常运行支出", said)
    assert used is not None
    assert "电费" not in used[1]
    assert "办公费" in used[1]


def test_an_institution_without_any_of_it_shows_an_empty_statement_not_one_of_small_sums():
    book = department("shanghai-9")
    book.expenditure = [one for one in book.expenditure if (one.unit, one.economic) != (CENTRE, "30217")]
    found = compose(book, unit=CENTRE)
    disclosure = found.disclosure or found.unfinished
    assert disclosure is not None
    (table,) = [table for table in disclosure.tables() if table.id == "statement-three_public_operating"]
    assert "空表" in "".join(table.notes)
    assert "不足" not in "".join(table.notes)


def test_houses_other_than_offices_are_told():
    book = department("shanxi-13-2024")
    book.assets.append(Asset("house.other", "4,200", unit=CENTRE))
    assert "其他房屋建筑面积4200平方米" in prose(composed(book))


def test_a_car_in_the_rows_of_the_department_and_of_its_unit_is_one_car():
    book = department("shanxi-13-2024")
    before = re.search(r"共有车辆\d+辆", prose(composed(book)))
    book.assets += [replace(asset, unit="") for asset in book.assets]
    after = re.search(r"共有车辆\d+辆", prose(composed(book)))
    assert before is not None
    assert after is not None
    assert after[0] == before[0]


def test_a_unit_is_not_said_to_own_nothing_where_the_book_speaks_of_the_department_alone():
    book = department("shanxi-13-2024")
    book.assets = [replace(asset, unit="") for asset in book.assets]
    assert [fault.code for fault in compose(book, unit=CENTRE).faults] == ["BK508"]
    assert compose(book).faults == []


@pytest.mark.parametrize("typed", ["1,200", "１２００", "1200"])
def test_a_quantity_is_the_same_however_it_is_typed(typed: str):
    book = department("shanxi-13-2024")
    book.assets = [one for one in book.assets if not one.item.startswith("equipment.")]
    book.assets.append(Asset("equipment.1000000", typed, unit=BUREAU))
    assert "单价100万元以上的设备1200台（套）" in prose(composed(book))


# --- templates -----------------------------------------------------------------------------------

TEMPLATES = {
    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}": "循环的次数太多",
    "{% for a in range(99999) %}{{ 部门 }}很长很长很长很长很长很长{% endfor %}": "循环太多",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}": "没有尽头",
    "{{ 收入总计.__class__ }}": "不能用“__class__”",
    "{{ 收入总计._teller.book.path }}": "不能用“_teller”",
    "{{ ''.__class__.__mro__ }}": "不能用“__class__”",
    "{{ '%0999999999d' % 1 }}": "不能用 %",
    "{{ '{:>999999999}'.format(1) }}": "不能用“format”",
    "{{ 'x'.rjust(999999999) }}": "不能用“rjust”",
    "{{ 'x' | center(999999999) }}": "center",
    "{{ 10**10**10 }}": "不能用 **",
    "{{ lipsum(n=100000) }}": "没有的名字“lipsum”",
    "{% include '/etc/passwd' %}": "不能引入别的文件",
    "{{ 没有这个 }}": "没有的名字“没有这个”",
    "{{ 正文('dutys') }}": "没有叫“dutys”的文字",
    "{{ 功能类('sumary', 'total') }}": "没有叫“sumary”的报表",
    "{{ 经济科目名单('publik') }}": "没有叫“publik”的栏",
    "{{ 功能项('os.system') }}": "没有“os.system”这个选钱的词",
    "{{ 个数('3') }}": "个数要是整数",
    "{{ 收入总计 | string | reverse }}": "不能再加工",
    "{{ (收入总计 | string | list)[1] }}": "不能再加工",
    "{{ 封面() }}": "不能这样用",
    "{{": "写法有误",
}


@pytest.mark.parametrize(("template", "told"), TEMPLATES.items())
def test_a_template_that_cannot_be_is_told_in_chinese(template: str, told: str):
    book = department("shanxi-13-2024")
    book.texts["explanation"] = Words(template)
    found = compose(book)
    assert [fault.code for fault in found.faults] == ["BK503"]
    assert told in found.faults[0].message
    assert found.disclosure is None


def test_digits_of_the_template_do_not_change_which_figure_is_printed():
    book = department("shanxi-13-2024")
    plain, worked = (
        "{{ 本年收入 }}，{{ 收入总计 }}",
        "{{ 本年收入 | replace('0', '1') }}，{{ 收入总计 | replace('1', '0') }}",
    )
    said = []
    for template in (plain, worked):
        book.texts["explanation"] = Words(template)
        said.append(prose(composed(book)))
    assert said[0] == said[1]


# --- folders, workbooks and other files --------------------------------------------------------------


def stored(tmp_path: Path, name: str = "b") -> Path:
    store(small_book(), tmp_path / name)
    return tmp_path / name


def codes(faults: list[Fault]) -> list[str]:
    return [fault.code for fault in faults]


@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\u2066", "\u00ad", "\u2028", "\x07", "\ufeff"])
def test_marks_that_nobody_sees_are_not_published(tmp_path, mark):
    folder = stored(tmp_path)
    (folder / "others.md").write_text(f"本部门没有其{mark}他情况。", encoding="utf-8")
    _, (fault,) = load(folder)
    assert fault.code == "BK216"
    assert "看不见" in fault.message


def test_a_link_to_itself_is_a_fault_of_its_own(tmp_path):
    folder = stored(tmp_path)
    (folder / "duties.md").unlink()
    (folder / "duties.md").symlink_to("duties.md")
    assert "BK104" in codes(load(folder)[1])


@pytest.mark.parametrize("number", ["NaN", "INF", "1e308", "-1e308"])
def test_numbers_that_are_no_money_are_faults_of_their_cell(tmp_path, number):
    book = stored(tmp_path, "b.xlsx")
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = next(name for name, part in parts.items() if b"<v>987654</v>" in part)
    parts[sheet] = parts[sheet].replace(b"<v>987654</v>", f"<v>{number}</v>".encode())
    with zipfile.ZipFile(book, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    _, faults = load(book)
    assert faults
    assert {fault.spot.row for fault in faults} == {2}


@pytest.mark.parametrize("name", ["a.xlsm", "a.xls", "a.et"])
def test_other_kinds_of_tables_are_to_be_saved_as_workbooks(tmp_path, name):
    (tmp_path / name).write_bytes(b"anything")
    _, (fault,) = load(tmp_path / name)
    assert "另存为 .xlsx" in fault.mend


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device")
def test_a_device_is_no_list_of_controls():
    controls, faults = read_controls("/dev/zero")
    assert (controls, codes(faults)) == ([], ["BK111"])


# --- where files go -------------------------------------------------------------------------------


def test_a_unit_called_like_the_folder_above_stays_below_its_own(tmp_path, openbook):  # noqa: F811
    book = department("shanxi-13-2024")
    _rename(book, CENTRE, "..")
    store(book, tmp_path / "b")
    openbook("build", tmp_path / "b", "-o", tmp_path / "out", "--units", "--draft", "--format", "data")
    below = {path.parent.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob(FILE)}
    assert below <= {Path(), Path("单位预算", BUREAU), Path("单位预算", "单位")}
    assert not list((tmp_path / "out" / "单位预算").glob("*.json"))


def _rename(book: BudgetBook, old: str, new: str) -> None:
    kinds: list[list[Any]] = [book.expenditure, book.revenue, book.prior, book.assets, book.purchases]
    for rows in kinds:
        rows[:] = [replace(one, unit=new) if one.unit == old else one for one in rows]
    book.projects[:] = [replace(one, unit=new) if one.unit == old else one for one in book.projects]
    book.units[:] = [replace(one, name=new) if one.name == old else one for one in book.units]
    book.controls = []
    book.reasons = {key.replace(old, new): words for key, words in book.reasons.items()}
    for key in ("duties", "organisation"):
        book.texts[key] = Words(book.texts[key].text.replace(f"# {old}", f"# {new}"))


def test_an_empty_name_of_the_output_is_not_this_folder():
    with pytest.raises(WrongUse, match="空的"):
        run(Request(("book",), " "))


def test_what_a_killed_run_left_goes_a_day_later(tmp_path):
    old, new = tmp_path / ".building-1-old", tmp_path / ".building-1-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "half.pdf").write_bytes(b"half")
    long_ago = time.time() - 90_000
    os.utime(old, (long_ago, long_ago))
    assert build_book(department("shanxi-13-2024"), tmp_path, DATA).files
    assert not old.exists()
    assert new.exists()


# --- open data from elsewhere -----------------------------------------------------------------------

WRONG_VALUES: tuple[object, ...] = (None, True, 1.5, "x", [], {}, [1])


def test_open_data_with_values_of_another_kind_is_told_and_never_a_crash(tmp_path):
    build_book(department("shanxi-13-2024"), tmp_path, DATA)
    told = json.loads((tmp_path / FILE).read_text("utf-8"))
    cell = ("statements", 0, "rows", 0, "cells", 0)
    keys = [("year",), ("title",), ("lines", 0, "function"), ("lines", 0, "amount"), ("lines", 0, "row")]
    keys += [("claims", 0, "text"), ("claims", 0, "cells"), ("claims", 0, "value")]
    keys += [(*cell, "printed"), (*cell, "label"), (*cell, "lines"), (*cell, "parts")]
    for key in keys:
        for value in WRONG_VALUES:
            assert _refused(told, key, value, tmp_path), (key, value)


def _refused(told: dict, key: tuple, value: object, folder: Path) -> bool:
    wrong = copy.deepcopy(told)
    inner = wrong
    for step in key[:-1]:
        inner = inner[step]
    same = type(inner[key[-1]]) is type(value) or (value is None and key[-1] in ("row", "value"))
    inner[key[-1]] = value
    (folder / FILE).write_text(json.dumps(wrong), encoding="utf-8")
    try:
        read_data(folder)
    except Unreadable:
        return True
    return same
