"""Headings, their topics, and the table of contents."""

from openbook.document import Document
from openbook.narrative.sections import divide
from openbook.source import Paragraph, Piece, Place, Source


def divided(*lines: str, pages: tuple[int, ...] = ()) -> Document:
    blocks = [
        Paragraph(line, (Piece(0, Place(line=number + 1, column=1, page=pages[number] if pages else None)),))
        for number, line in enumerate(lines)
    ]
    made = Document(Source("sample.txt", "txt", list(blocks)))
    divide(made.source, made)
    return made


def topics(made: Document) -> list[str | None]:
    return [section.topic for section in made.sections]


def test_numbered_headings_have_topics():
    made = divided(
        "第三部分 预算情况说明",
        "一、收入预算情况说明",
        "收入预算5万元。",
        "二、支出预算情况说明",
        "支出预算5万元。",
    )
    assert topics(made) == [None, "revenue", "expenditure"]
    assert made.sections[1].paragraphs[0].text == "收入预算5万元。"


def test_lines_of_the_contents_are_no_sections():
    made = divided(
        "目 录",
        "一、收入预算情况说明.....3",
        "二、支出预算情况说明.....4",
        "一、收入预算情况说明",
        "收入预算5万元。",
    )
    assert [entry.text for entry in made.contents][1:] == ["收入预算情况说明", "支出预算情况说明"]
    assert topics(made) == ["revenue"]


def test_contents_without_leaders_end_where_a_line_comes_again():
    made = divided(
        "目 录",
        "一、部门主要职能",
        "二、其他相关情况说明",
        "部门主要职能",
        "一、加强建设。",
        "二、组织服务。",
    )
    assert len(made.contents) == 3
    assert topics(made) == ["duties"]


def test_contents_end_with_their_page():
    made = divided("目 录", "一、部门主要职能", "示例区示例局主要职能", pages=(2, 2, 3))
    assert topics(made) == ["duties"]


def test_numbered_lines_of_the_glossary_are_its_text():
    made = divided("第四部分 名词解释", "三、“三公”经费：", "指因公出国等经费。", "四、机关运行经费：")
    assert topics(made) == ["glossary"]
    assert len(made.sections[0].paragraphs) == 3


def test_a_glossary_of_the_same_rank_ends_at_the_next_number():
    made = divided("八、名词解释", "1、机关运行费：指公用经费。", "九、其他说明", "无")
    assert topics(made) == ["glossary", "other"]


def test_a_heading_and_its_text_in_one_paragraph():
    made = divided("二、机关运行经费情况。本部门机关运行经费5万元。")
    assert topics(made) == ["operating"]
    assert made.sections[0].paragraphs


def test_titles_of_statements_close_the_explanation():
    made = divided("部门预算编制说明", "收入预算5万元。", "2024年部门收入预算总表", "注：没有数据5万元。")
    assert topics(made) == ["overview", "statements"]


def test_numbered_sentences_are_no_headings():
    made = divided(
        "一、“三公”经费预算情况说明", "（一）因公出国（境）费0万元，与上年持平。", "1. 贯彻有关规定。"
    )
    assert topics(made) == ["three_public"]
    assert len(made.sections[0].paragraphs) == 2
