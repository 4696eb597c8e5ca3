"""Scanned text and Markdown: tables, headings, cut paragraphs, exact places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.reading.text import read_text
from openbook.source import Paragraph, RawTable


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def paragraphs(text):
    return [one.text for one in read_text(text).paragraphs()]


def at(text, place):
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def test_tables_end_at_a_blank_line_or_a_line_without_tab():
    source = read_text("收入总表\n\n项目\t金额\n合计\t1.00\n\n二\t2\n注：无\n三\t3\n")
    assert [type(one) for one in source.blocks] == [Paragraph, RawTable, RawTable, Paragraph, RawTable]
    first = next(source.tables())
    assert texts(first) == [["项目", "金额"], ["合计", "1.00"]]
    assert first.rows[1][1].place[:3] == (4, 4, 8)


def test_empty_cells_and_blanks_around():
    text = "\t 合计 \t\t1.00\t\r\n"
    ((row,),) = (table.rows for table in read_text(text).tables())
    assert [cell.text for cell in row] == ["", "合计", "", "1.00", ""]
    assert [at(text, cell.place) for cell in row if cell.text] == ["合计", "1.00"]
    assert {cell.place[:2] for cell in row if not cell.text} == {(1, None)}  # blank: its line is enough


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_are_those_of_an_editor(ends):
    source = read_text(ends.join(["", "一", "", "甲\t乙\x0b", "二\u2028三"]))
    assert [block.place().line for block in source.paragraphs()] == [2, 5]
    assert next(source.tables()).rows[0][1].place == (4, 3, 4, None, None, None)


def test_headings_bold_and_bullets():
    text = "## 第一部分 概况 ##\n- **一、** 职责\n<b>目录</b> 1\n**二、收入:**指\n#目录\n"
    source = read_text(text, format="md")
    assert [(one.text, one.heading) for one in source.paragraphs()] == [
        ("第一部分 概况", 2),
        ("一、 职责", 0),
        ("目录 1", 0),
        ("二、收入:指", 0),
        ("目录", 1),
    ]
    for one in source.paragraphs():
        ends = [*(piece.start for piece in one.pieces[1:]), len(one.text)]
        for piece, end in zip(one.pieces, ends, strict=True):
            assert at(text, one.place(piece.start, end)) == one.text[piece.start : end]


@pytest.mark.parametrize(
    "text",
    [
        "经办人: 张**",
        "139****" + "0000",
        "甲**、乙**",
        "- 12 -",
        "-1-某某局",
        "2*3*4",
        "- 5.20",
        ">95%",
        "> 95%",
    ],
)
def test_what_only_looks_like_marks_stays(text):
    assert paragraphs(text) == [text]


def test_comments_rules_images_and_unseen_signs():
    source = read_text("---\n![图](a.png)\n<!-- 待核 -->合计\u200b 1\n***\n```\n")
    assert [one.text for one in source.paragraphs()] == ["合计 1"]
    assert [(one.what, one.text, one.place.line) for one in source.hidden] == [("注释", "待核", 3)]


def test_pipe_tables():
    text = "表\n| 项目 | 金额 |\n|------|:----:|\n| **合计** | 1\\|2 |\n\n甲 | 乙\n--- | ---\n1 |\n"
    source = read_text(text, format="md")
    first, second = source.tables()
    assert texts(first) == [["项目", "金额"], ["合计", "1|2"]]
    assert at(text, first.rows[0][1].place) == "金额"
    assert at(text, first.rows[1][0].place) == "合计"
    assert texts(second) == [["甲", "乙"], ["1"]]


@pytest.mark.parametrize("text", ["||", "甲|乙", "| 某某局", "|||"])
def test_a_stray_pipe_is_no_table(text):
    assert not list(read_text(text).tables())


def test_html_tables_in_text():
    text = "前\n说明<table><caption>表一</caption><tr><td rowspan=2>项目</td><td colspan='2'>金额</td></tr>\n"
    text += "<tr><td>1.00</td><td>1,0<b>2</b></td></tr></table>\n后"
    source = read_text(text, format="md")
    assert paragraphs(text) == ["前", "说明", "表一", "后"]
    (table,) = source.tables()
    assert texts(table) == [["项目", "金额", ""], ["", "1.00", "1,02"]]
    assert (table.rows[0][0].down, table.rows[0][1].span) == (2, 2)
    assert at(text, table.rows[1][1].place) == "1.00"
    assert list(source.paragraphs())[-1].place().line == 4


LONG = "本年安排机关运行经费75.04万元，主要用于办公费7.84万元，水电费等日常开支1.72万"


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n- 12 -\n\n", "\n\n第 3 页\n\n"])
def test_a_cut_paragraph_is_joined(between):
    text = f"{LONG}{between}元，差旅费0.71万元。\n"
    source = read_text(text)
    joined = next(source.paragraphs())
    assert joined.text == f"{LONG}元，差旅费0.71万元。"
    assert len(joined.pieces) == 2
    where = joined.text.index("0.71")
    assert at(text, joined.place(where, where + 4)) == "0.71"


def test_watermarks_between_the_halves_stand_after():
    mark = "\n\n仅供内部使用"
    text = f"{LONG}{mark}{mark}{mark}\n\n元，差旅费0.71万元。"
    assert paragraphs(text) == [f"{LONG}元，差旅费0.71万元。", *["仅供内部使用"] * 3]


@pytest.mark.parametrize(
    "following",
    [
        "# 元，差旅费。",
        "- 元，差旅费。",
        "二、收入情况，说明如下。",
        "（二）支出，说明。",
        "2. 支出，说明。",
        "注：本表，无数据。",
        "2023年支出，比上年增加。",
        "绩效指标：办结率，满意度。",
        "某某局部门预算公开表",
        "表二，收入总表。",
        "项目\t金额，说明。",
    ],
)
def test_what_begins_anew_is_not_joined(following):
    assert LONG in paragraphs(f"{LONG}\n\n{following}\n")


@pytest.mark.parametrize(
    "ending", ["：", "。", "；", "。 九、其他需要说明的事项", "……12", "。（一）收入情况"]
)
def test_a_finished_paragraph_is_not_joined(ending):
    assert f"{LONG}{ending}" in paragraphs(f"{LONG}{ending}\n\n本部门没有需要说明的事项，请知悉。\n")


def test_brackets_closed_in_the_next_line():
    assert paragraphs("申报表\n\n(2024年  \n度)\n\n(2024  \n年度)\n") == [
        "申报表",
        "(2024年度)",
        "(2024年度)",
    ]


def test_hard_breaks_continue_a_title():
    assert paragraphs("某某区预算部门(单位)  \n项目支出绩效目标申报表(2024年  \n度)\n") == [
        "某某区预算部门(单位)项目支出绩效目标申报表(2024年度)"
    ]


def test_tabs_that_make_no_table():
    assert paragraphs(
        "\t本年收入预算1万元，比上年增加1万元，主要是工资调整增加了人员经费支出。\n\n一、\t职责\n"
    ) == [
        "本年收入预算1万元，比上年增加1万元，主要是工资调整增加了人员经费支出。",
        "一、职责",
    ]


CELL = st.text("一二万元0123456789.,% 　", max_size=8)


@given(st.lists(st.lists(CELL, min_size=2, max_size=6), min_size=2, max_size=6))
def test_every_place_points_at_its_cell(rows):
    text = "表\n\n" + "\n".join("\t".join(row) for row in rows)
    read = [row for table in read_text(text).tables() for row in table.rows]
    lines = text.splitlines()
    for row in read:
        for cell in row:
            line, first, end = cell.place[:3]
            assert line is not None
            if cell.text:
                assert first is not None
                assert end is not None
                assert lines[line - 1][first - 1 : end - 1] == cell.text


@given(st.text("|<>/tabledrh#*-_ \t\n\r&;nbsp!\\()[]（，。、：一二1.x\u200b\ufeff", max_size=200))
def test_any_text_can_be_read(text):
    source = read_text(text, format="md")
    lines = text.count("\n") + text.count("\r") + 1
    for paragraph in source.paragraphs():
        assert paragraph.text == paragraph.text.strip()
        assert paragraph.pieces[0].start == 0
        assert all(1 <= (piece.place.line or 0) <= lines for piece in paragraph.pieces)
