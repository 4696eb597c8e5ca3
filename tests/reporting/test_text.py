"""The text report: carets under wide characters, long lines, many places, hostile content."""

import re
from dataclasses import replace

import pytest

from openbook.findings import Location
from openbook.reporting.excerpts import mark, window
from openbook.reporting.places import rest, where
from openbook.reporting.terminal import Paint, cut, pad, visible, width, wrap
from openbook.source import Place
from tests.reporting.samples import AMOUNT, CLEAN, HOSTILE, HOSTILE_DOCUMENT, PDF, TEXT, UNREADABLE


def marked(excerpt, value, column=None, end=None):
    told = mark(Location(Place(1, column, end), value=value), excerpt)
    return told.text[told.start : told.end], told.start


def test_a_caret_stands_under_its_figure(written):
    lines = written("text", [TEXT]).splitlines()
    for number, line in enumerate(lines):
        if found := re.search(r"\^+|-{4,}", line):
            above = lines[number - 1]
            before, figure = width(line[: found.start()]), len(found[0])
            shown = [above[i:] for i in range(len(above)) if width(above[:i]) == before]
            assert shown
            assert shown[0][:figure] in ("198.30", "189.30", "198. 30")


@pytest.mark.parametrize(
    ("excerpt", "value", "column", "end", "start"),
    [
        ("支出198.30万元", "198.30", 3, 9, 2),
        ("合计 | 5.00 | 5.00", "5.00", 4, 8, 5),  # the first of the tab-separated line
        ("合计 | 5.00 | 5.00", "5.00", 9, 13, 12),  # the second
        ("甲 | 1.00", "1.00", None, None, 4),
        ("甲 | 1.00 | 1.00", "1.00", 40, 44, 11),  # the nearest where columns do not fit
    ],
)
def test_the_figure_is_found_in_the_excerpt(excerpt, value, column, end, start):
    assert marked(excerpt, value, column, end) == (value, start)


def test_a_masked_value_is_marked_where_it_stands():
    assert marked("经办人: | 某** | 139********", "139****0000", 10, 21) == ("139********", 13)
    assert marked("合计 | 5000000", None, 4, 11) == ("5000000", 5)


def test_a_figure_that_is_not_in_the_excerpt_is_not_marked():
    assert marked("合计 | 1.00", "2.00")[0] == ""
    assert marked("短", None, 50, 60)[0] == ""


def test_a_long_line_is_cut_around_the_figure():
    excerpt = "甲" * 300 + "198.30" + "乙" * 300
    shown = window(mark(Location(Place(1), value="198.30"), excerpt), 60)
    assert shown.text[shown.start : shown.end] == "198.30"
    assert width(shown.text) <= 61
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")


def test_sixty_places_do_not_flood_the_report(written):
    report = written("text", [TEXT])
    assert "另有 57 处：第 203、204、" in report
    assert report.count("198. 30 | 其他") == 3


def test_mild_findings_of_one_rule_are_folded(written):
    many = [replace(HOSTILE, fingerprint=str(n)) for n in range(20)]
    report = written("text", [replace(TEXT, findings=many)])
    assert report.count("strange-text") == 3
    assert "提示[OB996]: 同类的另有 17 条：第 7 行" in report


def test_places_in_one_line_share_it(written):
    places = tuple(
        Location(Place(45, at, at + 6), value=value) for at, value in ((4, "189.30"), (11, "100.00"))
    )
    one = replace(AMOUNT, locations=places, excerpts=("合计 | 189.30 | 100.00 | | ",) * 2)
    report = written("text", [replace(TEXT, findings=[one])])
    assert report.count("45 | 合计 | 189.30 | 100.00\n") == 1
    assert "   |        ^^^^^^   ^^^^^^ 文中写的\n" in report


def test_a_blank_is_called_so(written):
    one = replace(AMOUNT, actual="", locations=(Location(Place(45), value=""),), excerpts=("合计 | ",))
    report = written("text", [replace(TEXT, findings=[one])])
    assert "45  （空白）" in report
    assert "实为 （空白）" in report


def test_folded_places_on_pages_are_told_once_each():
    folded = [Location(Place(page=page)) for page in (3, 3, 4)]
    assert rest(folded) == "另有 3 处：第 3、4 页"
    assert rest([Location(Place())]) == "另有 1 处"


def test_the_gravest_finding_comes_first(written):
    report = written("text", [TEXT])
    assert report.index("错误[OB998]") < report.index("警告[OB997]")


def test_clean_and_unreadable_documents_are_told(written):
    report = written("text", [CLEAN, UNREADABLE])
    assert "没有发现问题" in report
    assert "文件无法读取：文件已加密" in report
    assert "无法读取 1 份" in report


def test_a_place_is_told_in_the_terms_of_its_file():
    assert where("a.txt", Place(3, 4)) == "a.txt:3:4"
    assert where("a.pdf", Place(3, 4, page=9)) == "a.pdf 第 9 页"
    assert where("a.xlsx", Place(3, sheet="表一")) == "a.xlsx 工作表“表一”第 3 行"
    assert where("a.txt", Place()) == "a.txt"


def test_content_never_steers_the_terminal(written):
    report = written("text", [HOSTILE_DOCUMENT, PDF], colour=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", report)
    assert "\\x1b[31m" in report


def test_colours_only_where_asked_for(written):
    assert "\x1b[" not in written("text", [TEXT], colour=False)
    assert "\x1b[1;31m" in written("text", [TEXT], colour=True)
    assert Paint(False)("red", "错") == "错"


def test_wide_characters_count_twice():
    assert width("预算 12") == 7
    assert width("e\u0301") == 1
    assert pad("预算", 6) == "预算  "
    assert pad("1.00", 6, right=True) == "  1.00"
    assert cut("预算支出总表", 7) == "预算支…"


def test_lines_break_by_width_and_not_before_a_full_stop():
    lines = list(wrap("一般公共预算支出。一般公共预算", 16))
    assert lines == ["一般公共预算支出。", "一般公共预算"]
    assert list(wrap("a\n\nb", 10)) == ["a", "", "b"]


def test_invisible_characters_are_spelled_out():
    assert visible("a\u200bb\tc\ud800") == "a\\u200bb c\\ud800"
