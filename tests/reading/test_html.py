"""Web pages: blocks, merged cells, what is hidden, declared encodings."""

import pytest

from openbook.reading.errors import Unreadable
from openbook.reading.html import read_html
from openbook.source import Paragraph, RawTable

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>某局</title><style>x{{}}</style></head>
<body><h2>部门预算公开说明</h2><div>本年收入<b>206.00</b>万元<br>支出相同<p>预算
安排</p>完</div><span style="display: none">内部</span><!-- 注 -->
<table><caption>支出总表</caption><tr><th rowspan="2">项目</th><th colspan=2>金额</th></tr>
<tr><td>基本</td><td><p>项</p><p>目</p></td></tr><tr><td>合计</td><td>1.00</td><td>2.00</td></tr></table>
<ul><li>名词解释</li><li hidden>底稿</li></ul><script>x()</script></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "utf-8")]
)
def test_a_page(charset, encoding):
    source = read_html(PAGE.format(charset=charset).encode(encoding))
    assert [(one.text, one.heading) for one in source.paragraphs()] == [
        ("部门预算公开说明", 2),
        ("本年收入206.00万元", 0),
        ("支出相同", 0),
        ("预算安排", 0),
        ("完", 0),
        ("支出总表", 0),
        ("名词解释", 0),
    ]
    (table,) = source.tables()
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["项目", "金额", ""],
        ["", "基本", "项 目"],
        ["合计", "1.00", "2.00"],
    ]
    assert (table.rows[0][0].down, table.rows[0][1].span) == (2, 2)
    assert [row[0].place.line for row in table.rows] == [4, 4, 5]
    assert [one.text for one in source.hidden] == ["内部", "底稿"]
    assert source.metadata["title"] == "某局"


def test_layout_tables_give_what_they_hold():
    page = "<table><tr><td><p>说明</p><table><tr><td>合计</td><td>1</td></tr></table></td></tr></table>"
    blocks = read_html(page.encode()).blocks
    assert [type(one) for one in blocks] == [Paragraph, RawTable]


def test_a_table_of_one_cell_is_text():
    page = "<table><tr><td><p>第一段。</p><p>第二段。</p></td></tr></table>"
    assert [one.text for one in read_html(page.encode()).paragraphs()] == ["第一段。", "第二段。"]


@pytest.mark.parametrize(
    "page", [b"<html>", b"<html><body>" + b"<div>" * 50_000, b"<table>" * 5_000 + b"x", b"<html></html>"]
)
def test_broken_pages_hold_nothing(page):
    assert not list(read_html(page).tables())


def test_cells_without_end():
    page = "<table><tr><td rowspan=9999 colspan=999>x</td></tr>" + "<tr><td>" * 30_000
    with pytest.raises(Unreadable, match="表格过大"):
        read_html(page.encode())
