from openbook.reading.forms import read_forms
from openbook.reading.single_rows import joined
from openbook.reading.text import read_text
from openbook.source import RawTable
from tests.rules.project_forms import described, form

ROWS = "甲\t乙\t丙\n\n1\t2\t3\n\n4\t5\t6\n\n"


def test_rows_between_blank_lines_are_one_table():
    [table] = joined(read_text(ROWS))
    assert isinstance(table, RawTable)
    assert [row[0].text for row in table.rows] == ["甲", "1", "4"]


def test_two_rows_may_be_two_tables():
    assert len(joined(read_text("甲\t乙\t丙\n\n1\t2\t3\n\n"))) == 2


def test_a_drawn_table_is_never_joined():
    source = read_text(ROWS)
    source.format = "docx"
    assert len(joined(source)) == 3


def test_forms_with_doubled_line_breaks():
    text = form() + described(("数量指标", "接听", "反映接听量", "≥100件", "工作计划")) + form("热线运行费")
    plain, doubled = (read_forms(read_text(each)) for each in (text, text.replace("\n", "\n\n")))
    assert [one.project.text for one in doubled] == [one.project.text for one in plain]
    assert [len(one.indicators) for one in doubled] == [len(one.indicators) for one in plain]
    assert [len(one.funds) for one in doubled] == [len(one.funds) for one in plain]
