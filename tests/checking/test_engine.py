"""From a file to a report: what stays the same, what is hidden, what survives a crash."""

import re

import pytest

from openbook.checking.engine import Options, check_document, check_file, fingerprint, worst
from openbook.findings import Finding, Severity
from tests.statements.tables import printed, read, report

TEXT = """某市某区档案馆

2024年部门预算支出总表

部门名称：某市某区档案馆

单位：万元

科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | 100.00 | 60.00 | 40.00
201 | 一般公共服务支出 | 100.00 | 60.00 | 40.00
20126 | 档案事务 | 100.00 | 60.00 | 40.00
2012601 | 行政运行 | 60.00 | 60.00 |
2012604 | 档案馆 | 39.00 | | 39.00
"""


def fingerprints(text: str) -> list[str]:
    return [found.fingerprint for found in report(text).findings]


def test_what_is_known_of_the_document():
    made = report(TEXT)
    assert (made.department, made.year, made.unreadable) == ("某市某区档案馆", 2024, None)
    [summary] = made.statements
    assert (summary.kind, summary.lines, summary.rows, summary.cells) == ("expenditure", (3, 14), 5, 13)
    assert made.counts.broken == 2
    assert worst(made) is Severity.ERROR


def test_findings_are_ordered_by_gravity_and_place():
    made = report(TEXT + "\n2024年政府性基金预算支出表\n科目编码 | 科目名称 | 合计\n合计 | |\n")
    order = [(-found.severity, found.locations[0].place.line or 0) for found in made.findings]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "changed",
    [
        "\n\n某市某区档案馆编\n\n" + TEXT,  # lines go down
        TEXT.replace("\n\n", "\n"),  # the page is set closer
        TEXT.replace("60.00", "61.00").replace("100.00", "101.00"),  # another amount, equally consistent
        TEXT.replace("39.00", "38.00"),  # the same fault with another amount
        TEXT.replace(" | ", "  |  "),
    ],
)
def test_a_fingerprint_survives_what_does_not_change_the_fault(changed):
    assert fingerprints(changed) == fingerprints(TEXT)


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("某市某区档案馆", "某市某区图书馆"),
        TEXT.replace("2024年", "2025年"),
        TEXT.replace("20126", "20129").replace("档案事务", "群众团体事务"),
    ],
)
def test_a_fingerprint_names_body_year_and_account(changed):
    assert set(fingerprints(changed)).isdisjoint(
        found.fingerprint for found in report(TEXT).findings if found.code.startswith("OB2")
    )


def test_findings_of_one_fingerprint_are_numbered():
    found = report(TEXT + "\n\n".join(["", *["政府采购预算表\n项目 | 合计\n货物 | 1 2"] * 2])).findings
    assert len({each.fingerprint for each in found}) == len(found)


def test_the_key_alone_makes_the_fingerprint():
    one = Finding("OB201", "甲", (), ("identity", "W1", "201"))
    same = Finding("OB201", "乙", (), ("identity", "W1", "201"), expected="1.00")
    other = Finding("OB202", "甲", (), ("identity", "W1", "201"))
    document = read(TEXT)
    assert fingerprint(one, document) == fingerprint(same, document) != fingerprint(other, document)
    assert fingerprint(one, document) != fingerprint(one, None)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Options(select=("OB2",)), {"OB202"}),
        (Options(select=("OB202",), ignore=("OB2",)), set()),
        (Options(ignore=("OB2", "OB0", "OB8")), set()),
    ],
)
def test_rules_are_chosen_by_the_beginning_of_their_codes(options, expected):
    assert {found.code for found in check_document(read(TEXT), options).findings} == expected


def test_a_file_without_anything_to_check_is_unreadable(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text("明天上午开会。\n", encoding="utf-8")
    made = check_file(str(path))
    assert made.unreadable is not None
    assert "OB007" in {found.code for found in made.findings}


def test_last_year_is_looked_at():
    last_year = TEXT.replace("2024年", "2023年")
    assert {found.code for found in report(TEXT, last_year=last_year).findings} >= {"OB202"}


def test_an_unreadable_last_year_is_as_none(tmp_path):
    path, prior = tmp_path / "公开.txt", tmp_path / "上年.pdf"
    path.write_text(printed(TEXT), encoding="utf-8")
    prior.write_bytes(b"")
    with_prior = check_file(str(path), priors={str(path): str(prior)})
    without = check_file(str(path), priors={"别的.txt": str(prior)})
    assert with_prior.findings == without.findings


def test_excerpts_hide_handlers_and_their_numbers():
    number = "139" + "0000" + "0000"
    person = "赵" + "某甲"
    text = TEXT + f"\n2024年项目绩效目标情况说明\n\n经办人：{person} 联系电话：{number}\n"
    made = report(text)
    shown = [line for found in made.findings for line in found.excerpts if line]
    assert not any(number in line or person in line for line in shown)
    assert all(number not in found.message for found in made.findings)


def test_excerpts_show_the_row():
    [found] = [found for found in report(TEXT).findings if found.code == "OB202"]
    assert any(line and re.search(r"2012604 \| 档案馆 \| 39\.00", line) for line in found.excerpts)
    assert len(found.excerpts) == len(found.locations)
