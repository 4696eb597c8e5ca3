import pytest

from openbook.reading.digits import narrow, narrowed_paragraph, narrowed_table
from openbook.reading.forms import read_forms
from openbook.reading.text import read_text
from openbook.source import Paragraph, Piece, Place
from tests.rules.project_forms import described, form

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def test_digits_and_the_point_between_them():
    assert narrow("２０２４年共１２．５万元，第１．小节。") == "2024年共12.5万元，第1．小节。"


def test_a_full_stop_alone_stays():
    assert narrow("甲．乙") == "甲．乙"


def test_what_has_none_is_left_itself():
    paragraph = Paragraph("共5个", (Piece(0, Place(1, 1, 4)),))
    [table] = read_text("甲\t5\t乙\n丙\t6\t丁\n戊\t7\t己\n").tables()
    assert narrowed_paragraph(paragraph) is paragraph
    assert narrowed_table(table) is table


@pytest.mark.parametrize(
    "text",
    [
        form(year_total="188,000"),
        described(("数量指标", "接听", "反映2024年接听量", "≥100件", "2024年工作计划")),
    ],
)
def test_a_form_in_wide_digits_is_the_same_form(text: str):
    [one], [other] = (read_forms(read_text(each)) for each in (text, text.translate(WIDE)))
    assert [(fund.key, fund.amount) for fund in one.funds] == [
        (fund.key, fund.amount) for fund in other.funds
    ]
    assert [line.year_target.text for line in one.indicators] == [
        line.year_target.text for line in other.indicators
    ]
    assert [line.year_target.place for line in one.indicators] == [
        line.year_target.place for line in other.indicators
    ]
