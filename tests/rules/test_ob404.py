from openbook.rules.ob404 import RULE
from tests.accounts.samples import findings, severities


def test_not_yet_in_force():
    (found,) = findings(RULE, "# expenditure\n20139 | 社会工作事务", year=2023)
    assert "2024年起" in found.message


def test_in_force():
    assert findings(RULE, "# expenditure\n20139 | 社会工作事务", year=2024) == []


def test_no_longer_in_force():
    assert severities(RULE, "# expenditure\n20115 | 工商行政管理事务") == ["warning"]


def test_doubtful_years_are_a_remark():
    assert severities(RULE, "# expenditure\n2010308 | 信访事务") == ["info"]


def test_must_not_fire():
    assert findings(RULE, "# expenditure\n20139 | 社会工作事务", year=None) == []
    assert findings(RULE, "# expenditure\n20139 | 别的名称\n2019988 | 地方科目", year=2023) == []
