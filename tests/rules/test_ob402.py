from openbook.rules.ob402 import RULE
from tests.accounts.samples import findings


def test_parts_not_padded():
    (found,) = findings(RULE, "# general_basic\n301 | 工资福利支出\n301 2 | 津贴补贴")
    assert (found.expected, found.actual) == ("30102", "301 2")


def test_parts_padded():
    assert findings(RULE, "# general_basic\n301 | 工资福利支出\n301 02 | 津贴补贴") == []


def test_a_class_of_one_digit_is_completed_by_the_name():
    text = "# expenditure\n210 | 卫生健康支出\n210 11 | 行政事业单位医疗\n7 11 02 | 事业单位医疗"
    (found,) = findings(RULE, text)
    assert (found.expected, found.actual) == ("2101102", "7 11 02")


def test_a_wrong_number_of_digits():
    (found,) = findings(RULE, "# expenditure\n210 | 卫生健康支出\n210112 | 事业单位医疗")
    assert "6位" in found.message


def test_a_row_under_another_section():
    text = "# expenditure\n210 | 卫生健康支出\n21011 | 行政事业单位医疗\n2081102 | 事业单位医疗"
    (found,) = findings(RULE, text)
    assert found.key == ("parent", "expenditure", "2081102")
    assert len(found.locations) == 2


def test_must_not_fire():
    text = """# expenditure
208 | 社会保障和就业支出
208001 | 某县民政局
2 08 05 | 行政事业单位养老支出
20805 01 | 行政单位离退休
210 | 卫生健康支出
2101102 | 事业单位医疗
436 | 某局本级"""
    assert findings(RULE, text, form="txt") == []
