"""The page: read back exactly, every figure of the prose leads to its cell, nothing from elsewhere, no script."""

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.api import read_document
from openbook.disclosure import (
    Block,
    Cell,
    Claim,
    Contents,
    Cover,
    Disclosure,
    GridCell,
    Heading,
    Paragraph,
    Run,
    Table,
)
from openbook.money import Unit
from openbook.writing.data_grid import csv_rows, safe
from openbook.writing.html import page, write_html
from openbook.writing.html_charts import embedded
from openbook.writing.html_tables import identity
from tests.writing.sample import sample_disclosure

VOID = {"meta", "br", "wbr", "col", "link", "img", "hr", "input"}
HOSTILE = "<script>alert(1)</script>\"'&\u202e\x00=1+1"


class Page(HTMLParser):
    """Collects what the tests ask of a page and insists that every element is closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.text = [], [], ""
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for key, value in attrs if key == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def disclosure():
    return sample_disclosure()


@pytest.fixture(scope="module")
def text(disclosure):
    return page(disclosure)


@pytest.fixture(scope="module")
def parsed(text):
    return Page(text)


@pytest.fixture(scope="module")
def document(disclosure, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "公开.html"
    write_html(disclosure, path)
    return read_document(path)


def small(*rows, head_rows=1, claims=(), runs=(), **fields):
    """A disclosure of one statement."""
    table = Table(
        fields.get("id", "summary"),
        "statement",
        fields.get("title", "2024年预算收支总表"),
        list(rows),
        head_rows,
        (1.0,) * 2,
    )
    blocks: list[Block] = [
        Cover("公开"),
        Contents(),
        Heading(1, "第一部分", "one"),
        table,
        Paragraph(tuple(runs)),
    ]
    cells = {one.cell.address: one.cell for row in rows for one in row if one.cell is not None}
    return Disclosure("公开", "某局", 2024, "shanxi-13-2024", "department", blocks, cells, list(claims))


def figure(address="summary/total/amount"):
    cell = Cell(address, 1_000_000, 100, Unit.WAN, 2)
    return GridCell(cell.text, "right", cell=cell)


def head(text):
    return GridCell(text, head=True)


def test_reads_back_with_every_figure_of_every_statement(disclosure, document):
    printed = {
        table.id: [one.text for row in table.rows for one in row if one.cell is not None and one.text]
        for table in disclosure.tables()
        if table.kind == "statement" and table.id != "projects"
    }
    read = {one.kind: [cell.text for cell in one.cells() if cell.text] for one in document.statements}
    assert {kind: sorted(read[kind]) for kind in printed} == {
        kind: sorted(all_) for kind, all_ in printed.items()
    }


def test_reads_back_every_paragraph_and_nothing_besides(disclosure, document):
    told = [block.text for block in document.source.paragraphs()]
    cover = disclosure.blocks[0].lines
    expected = [*cover, *(block.text for block in disclosure.blocks if isinstance(block, Paragraph))]
    assert [text for text in told if text in expected] == expected
    assert not any("目录" in text or "CSV" in text or "跳到" in text for text in told)
    assert document.source.hidden == []
    assert document.source.problems == []


def test_reads_back_the_claims_bound_to_their_cells(disclosure, document):
    amounts = [claim.text for claim in document.claims if claim.kind == "amount"]
    assert amounts == [claim.text for claim in disclosure.claims if claim.kind == "amount"]
    assert all(claim.cells for claim in document.claims if claim.kind == "amount")
    assert (document.department, document.year) == (disclosure.department, disclosure.year)


def test_is_the_same_to_the_byte_each_time(text):
    assert page(sample_disclosure()) == text


def test_has_each_id_once(parsed):
    assert len(parsed.ids) == len(set(parsed.ids))


def test_every_link_leads_to_something_on_the_page(parsed):
    links = [one["href"] for one in parsed.all("a") if not one["href"].startswith("data:")]
    assert links
    assert {link[1:] for link in links} <= set(parsed.ids)


def test_every_claim_leads_to_the_cell_that_proves_it(disclosure, parsed):
    links = [one for one in parsed.all("a") if one.get("class") == "claim"]
    assert [one["href"][1:] for one in links] == [
        identity("cell", claim.cells[0]) for claim in disclosure.claims
    ]
    assert links[0]["title"] == "出自《2024年预算支出总表》“合计”行“2024年预算数 / 合计”栏"


def test_every_labelled_part_has_its_label(parsed):
    for _, attributes in parsed.tags:
        for key in ("aria-labelledby", "aria-describedby"):
            assert set((attributes.get(key) or "").split()) <= set(parsed.ids)


def test_asks_nothing_of_anybody(text, parsed):
    assert "//" not in re.sub(r'href="data:[^"]*"', "", text)
    assert not re.search(r"@import|url\(", text)
    assert not {"script", "link", "iframe", "object", "embed", "img", "form"} & {
        tag for tag, _ in parsed.tags
    }
    assert not [
        key for _, attributes in parsed.tags for key in attributes if key.startswith("on") or key == "style"
    ]


def test_the_policy_allows_its_own_style_alone(text, parsed):
    css = re.search("<style>(.*?)</style>", text, re.S)[1]
    digest = b64encode(sha256(css.encode()).digest()).decode()
    policy = next(
        one["content"] for one in parsed.all("meta") if one.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert f"style-src 'sha256-{digest}'" in policy


def test_headings_leave_no_level_out(parsed):
    levels = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_level_that_is_left_out_is_closed_up():
    disclosure = small([head("项目"), head("预算数")], [GridCell("合计"), figure()])
    disclosure.blocks[2] = Heading(3, "细目", "deep")
    assert '<h2 id="part-deep">细目</h2>' in page(disclosure)


def test_heads_say_what_they_head():
    text = page(sample_disclosure())
    assert '<th scope="colgroup" colspan="2">收入</th>' in text
    assert '<th scope="col">当年<wbr>预算<wbr>安排</th>' in text
    assert '<th class="name i2" scope="row">政务公开审批</th>' in text
    assert '<th class="c" scope="row" rowspan="6">绩效<wbr>指标</th>' in text


def test_in_a_two_sided_statement_each_side_has_its_names():
    text = page(sample_disclosure())
    row = next(line for line in text.splitlines() if "一、一般公共服务支出" in line)
    assert re.findall(r'class="name" scope="row">([^<]+)<', row) == [
        "一、一般公共预算",
        "一、一般公共服务支出",
    ]


def test_a_table_can_be_taken_along_as_it_is(disclosure, parsed):
    links = [one for one in parsed.all("a") if one["href"].startswith("data:")]
    assert len(links) == len(disclosure.tables())
    for link, table in zip(links, disclosure.tables(), strict=True):
        kind, _, data = link["href"].partition(";base64,")
        csv = b64decode(unquote_to_bytes(data)).decode("utf-8")
        assert kind == "data:text/csv;charset=utf-8"
        assert csv.startswith("\ufeff")
        assert link["download"] == f"{table.title}.csv"
        for row in table.rows[table.head_rows :]:
            for one in row:
                if one.cell is not None and one.text:
                    assert one.text.replace(",", "") in csv


def test_a_download_has_one_row_of_heads_and_plain_figures(disclosure):
    rows = list(csv_rows(disclosure.tables()[0]))
    assert rows[0][3] == "支出 / 2024年 / 2024年合计"
    assert rows[1] == [
        "一、一般公共预算",
        "36008.10",
        "一、一般公共服务支出",
        "15235.05",
        "13711.55",
        "1523.50",
    ]
    assert {len(row) for row in rows} == {6}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-甲", "'-甲"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-12.30", "-12.30"),
        ("+5", "+5"),
        ("≥95%", "≥95%"),
        ("", ""),
    ],
)
def test_no_text_of_a_download_is_a_formula(text, written):
    assert safe(text) == written


def test_hostile_texts_stay_texts():
    run = Run(HOSTILE, bold=True)
    disclosure = small(
        [head(HOSTILE), head("预算数")],
        [GridCell(HOSTILE), figure('summary/甲 乙"><b>/amount')],
        runs=[run, Run("1.00万元", claim="c1")],
        title=HOSTILE,
        id=HOSTILE,
        claims=[Claim("c1", "amount", "1.00万元", 1_000_000, ('summary/甲 乙"><b>/amount',))],
    )
    text = page(disclosure)
    parsed = Page(text)
    assert "script" not in {tag for tag, _ in parsed.tags}
    assert "\u202e" not in text
    assert "\x00" not in text
    assert text.count("<script>") == 0
    links = {one["href"][1:] for one in parsed.all("a") if one["href"].startswith("#")}
    assert links <= set(parsed.ids)
    assert "\u202e" not in parsed.all("a")[1].get("download", "")


def test_a_claim_whose_cell_is_not_shown_stays_plain():
    claim = Claim("c1", "count", "三项", 3, ("nowhere/a/b",))
    disclosure = small(
        [head("项目"), head("预算数")],
        [GridCell("合计"), figure()],
        runs=[Run("三项", claim="c1")],
        claims=[claim],
    )
    assert "<p>三项</p>" in page(disclosure)


def test_a_claim_whose_figure_is_not_shown_leads_to_what_it_is_made_up_of():
    claim = Claim("c1", "amount", "1.00万元", 1_000_000, ("sum/a/b",))
    disclosure = small(
        [head("项目"), head("预算数")],
        [GridCell("合计"), figure()],
        runs=[Run("1.00万元", claim="c1")],
        claims=[claim],
    )
    disclosure.cells["sum/a/b"] = Cell(
        "sum/a/b", 1_000_000, 100, Unit.WAN, 2, parts=("summary/total/amount", "not/shown/x")
    )
    assert 'href="#cell-summary/total/amount" title="出自《2024年预算收支总表》“合计”行“预算数”栏"' in page(
        disclosure
    )


def test_forms_of_one_title_are_told_apart_by_their_projects():
    disclosure = small([head("项目"), head("预算数")], [GridCell("合计"), figure()])
    for number, name in enumerate(("甲项目", "乙项目")):
        rows = [[head("项目名称"), GridCell(name)], [head("资金"), GridCell("5.00", "right")]]
        disclosure.blocks.append(Table(f"form-{number}", "form", "绩效目标表", rows, 0, (1.0, 2.0)))
    parsed = Page(page(disclosure))
    regions = [one["aria-label"] for one in parsed.all("div") if one.get("role") == "region"]
    assert regions == ["2024年预算收支总表", "绩效目标表（甲项目）", "绩效目标表（乙项目）"]
    assert [one["download"] for one in parsed.all("a") if "download" in one][1:] == [
        "绩效目标表（甲项目）.csv",
        "绩效目标表（乙项目）.csv",
    ]
    assert "<td>甲项目</td>" in page(disclosure)  # what is no head in a form is none on the page


def test_a_figure_that_is_shown_twice_keeps_one_id():
    disclosure = small(
        [head("项目"), head("预算数")], [GridCell("合计"), figure()], [GridCell("合计"), figure()]
    )
    assert page(disclosure).count('id="cell-summary/total/amount"') == 1


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_two_addresses_never_share_an_id(one, other):
    ids = identity("cell", one), identity("cell", other)
    assert (ids[0] == ids[1]) == (one == other)
    assert re.fullmatch(r"cell-[A-Za-z0-9/._:~-]+", ids[0])


def test_only_a_draft_is_marked():
    assert "内部审核" not in page(sample_disclosure())
    draft = page(sample_disclosure(draft=True))
    assert '<body class="draft">' in draft
    assert '.draft::after{content:"内部审核"}' in draft


def test_charts_are_described_and_keep_their_ids_to_themselves():
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()">'
        '<script>x()</script><clipPath id="a"><rect/></clipPath><g clip-path="url(#a)" style="fill:red; opacity: .5"/>'
        '<use xlink:href="#a"/><use href="https://elsewhere.example/x"/></svg>'
    )
    text = embedded(drawing, "甲<乙>", "甲：1万元。", "chart-1")
    parsed = Page(text)
    assert parsed.ids == ["chart-1-title", "chart-1-desc", "chart-1-a"]
    assert parsed.all("g") == [{"clip-path": "url(#chart-1-a)", "fill": "red", "opacity": ".5"}]
    assert parsed.all("use") == [{"href": "#chart-1-a"}, {}]
    assert parsed.all("svg")[0]["role"] == "img"
    assert "script" not in text
    assert "//" not in text
