"""Accounts by year, code and name."""

import csv
import time
from pathlib import Path

import pytest

from openbook.accounts import classification
from openbook.accounts.classification import Classification

FILES = Path(__file__).parents[2] / "src" / "openbook" / "accounts" / "data"
MARKS = {"核实", "样例", "记忆", "不确定", "推断"}


def lines(name):
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_entry_has_a_mark_and_a_possible_code():
    digits = {"functional": {3, 5, 7}, "departmental": {3, 5}, "governmental": {3, 5}, "revenue": {3, 5, 7}}
    first = {"functional": "2", "departmental": "3", "governmental": "5", "revenue": "1"}
    for line in lines("accounts.csv"):
        assert line["confidence"] in MARKS
        assert len(line["code"]) in digits[line["kind"]]
        assert line["code"].startswith(first[line["kind"]])
        assert bool(line["dated"]) == bool(line["since"] or line["until"])


@pytest.mark.parametrize("name", ["accounts.csv", "mapping.csv"])
def test_the_files_need_no_quoting(name):
    text = (FILES / name).read_text(encoding="utf-8")
    assert '"' not in text
    assert len({line.count(",") for line in text.splitlines()}) == 1


def test_every_account_has_its_parent():
    known = {(line["kind"], line["code"]) for line in lines("accounts.csv")}
    assert all((kind, code[:-2]) in known for kind, code in known if len(code) > 3)


def test_no_year_gives_one_code_two_names():
    seen = set()
    for line in lines("accounts.csv"):
        for year in range(2016, 2028):
            if int(line["since"] or 0) <= year <= int(line["until"] or 9999):
                key = (line["kind"], line["code"], year)
                assert key not in seen
                seen.add(key)


def test_the_mapping_leads_to_known_accounts():
    accounts = classification(2024)
    for line in lines("mapping.csv"):
        assert line["confidence"] in MARKS
        assert accounts.departmental(line["departmental"])
        assert accounts.governmental(line["governmental"])


@pytest.mark.parametrize(
    ("year", "name"), [(2018, "医疗卫生与计划生育支出"), (2019, "卫生健康支出"), (2024, "卫生健康支出")]
)
def test_a_class_has_the_name_of_its_year(year, name):
    assert classification(year).functional("210").name == name


def test_the_general_items_stand_under_every_section_of_an_agency():
    accounts = classification(2024)
    assert accounts.functional("2013101").name == "行政运行"
    assert accounts.functional("2013199").name == "其他党委办公厅（室）及相关机构事务"
    assert accounts.functional("2010601").confidence == "核实"
    assert accounts.functional("2080550") is None


def test_names_are_found_however_they_are_written():
    accounts = classification(2024)
    assert [a.code for a in accounts.by_name("维修(护) 费", "departmental")] == ["30213"]
    assert [a.code for a in accounts.by_name("八、社会保障和就业支出", "functional")] == ["208"]
    assert [a.code for a in accounts.by_name("资本金注入", "departmental", "312")] == ["31201"]


def test_a_code_may_not_yet_or_no_longer_be_in_force():
    assert classification(2023).lapsed("20139").since == 2024
    assert classification(2024).lapsed("20139") is None
    assert classification(2024).lapsed("20115").until == 2018


def test_the_nature_of_the_unit_decides_the_government_account():
    accounts = classification(2024)
    assert [m.account.code for m in accounts.maps_to("administrative", "30113")] == ["50103"]
    assert [m.account.code for m in accounts.maps_to("institution", "30113")] == ["50501"]
    assert {m.account.code for m in accounts.maps_to("institution", "30311")} == {"50901", "50999"}


def test_the_classes_stand_in_the_order_of_the_summary_statement():
    order = classification(2024).class_order
    assert len(order) == 30
    assert order[0] == "201"
    assert order[-1] == "234"


def test_before_the_reform_of_2018_economic_codes_are_not_known():
    assert classification(2017).departmental("30201") is None


def test_a_year_is_ready_within_milliseconds():
    classification(2024)
    start = time.perf_counter()
    Classification(2025)
    assert time.perf_counter() - start < 0.02
