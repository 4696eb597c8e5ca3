from dataclasses import replace

from openbook.checking import engine
from openbook.rules.table import RULES
from tests.statements.tables import report

TEXT = """部门预算支出总表
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
201 | 一般公共服务支出 | 60.00 | 20.00 | 30.00"""


def broken(monkeypatch, code: str) -> None:
    def crash(_context):
        raise ZeroDivisionError("除以零")

    rules = tuple(replace(rule, check=crash) if rule.code == code else rule for rule in RULES)
    monkeypatch.setattr(engine, "RULES", rules)


def test_a_rule_that_crashes_is_told_and_the_others_still_run(monkeypatch):
    broken(monkeypatch, "OB209")
    made = report(TEXT)
    [crashed] = [found for found in made.findings if found.code == "OB009"]
    assert crashed.severity.word == "warning"
    assert "OB209" in crashed.message
    assert "ZeroDivisionError" in crashed.message
    assert "OB201" in {found.code for found in made.findings}


def test_two_crashes_are_two_findings(monkeypatch):
    def crash(_context):
        raise KeyError("某")

    rules = tuple(replace(rule, check=crash) for rule in RULES)
    monkeypatch.setattr(engine, "RULES", rules)
    found = report(TEXT).findings
    assert {each.code for each in found} == {"OB009"}
    assert len({each.fingerprint for each in found}) == len(RULES)


def test_must_not_fire_where_nothing_crashes():
    assert "OB009" not in {found.code for found in report(TEXT).findings}
