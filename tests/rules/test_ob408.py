from openbook.accounts import classification
from openbook.rules.ob408 import RULE
from tests.accounts.samples import findings, severities

CLASSES = "# summary expenditure\n" + "\n".join(f" | {each.name}" for each in classification(2024).classes)


def test_a_line_that_is_no_class():
    (found,) = findings(RULE, CLASSES + "\n | 三十一、人行科目 |")
    assert found.severity.word == "info"
    assert "人行科目" in found.message


def test_with_an_amount_it_must_be_looked_at():
    assert severities(RULE, CLASSES + "\n | 三十一、人行科目 | 500") == ["warning"]


def test_only_classes():
    assert findings(RULE, CLASSES) == []


def test_must_not_fire():
    tail = "\n | 本年支出合计 | 5\n | 年终结转\n | 支出总计"
    assert findings(RULE, CLASSES + tail) == []
    misread = CLASSES.replace("卫生健康支出", "卫生建康支出").replace("农林水支出", "农林水")
    assert findings(RULE, misread, form="txt") == []
    assert findings(RULE, "# summary expenditure\n | 一、基本支出\n | 二、项目支出\n | 人员类项目") == []
    assert findings(RULE, CLASSES.replace("expenditure", "revenue") + "\n | 六、某项收入") == []
