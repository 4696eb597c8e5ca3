"""The page for finance officers: self-contained, safe, legible."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from tests.reporting.samples import ALL, HOSTILE, HOSTILE_DOCUMENT, TEXT

VOID = {"meta", "br", "img", "link", "input", "hr"}
CSS = files("openbook.reporting").joinpath("report.css").read_text(encoding="utf-8")


class Reader(HTMLParser):
    """Collects tags and text and insists that every element is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def read(page):
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(written):
    reader = read(written("html", [*ALL, HOSTILE_DOCUMENT]))
    assert not {"script", "link", "img", "iframe", "object"} & set(reader.tags)
    assert not any(name in ("src", "srcset", "onload", "onclick", "style") for name, _ in reader.attributes)
    assert all(value.startswith("#") for name, value in reader.attributes if name == "href")
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_hostile_text_stays_text(written):
    page = written("html", [HOSTILE_DOCUMENT])
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
    assert "<script>alert(1)</script>" in read(page).text


def test_both_sides_stand_beside_each_other_with_the_figure_marked(written):
    page = written("html", [TEXT])
    assert "<mark>198.30</mark>" in page
    assert "<mark>189.30</mark>" in page
    text = read(page).text
    for part in ("第 123 行", "第 45 行", "应为", "189.30 万元", "相差", "9.00 万元", "以报表为准改说明"):
        assert part in text


def test_mild_findings_of_one_rule_stand_in_a_table(written):
    many = [replace(HOSTILE, fingerprint=str(n)) for n in range(20)]
    page = written("html", [replace(TEXT, findings=many)])
    assert page.count("<article") == 1
    assert "20 条" in read(page).text


def test_links_in_the_overview_lead_to_their_documents(written):
    reader = read(written("html", ALL))
    targets = {value for name, value in reader.attributes if name == "id"}
    links = {value[1:] for name, value in reader.attributes if name == "href"}
    assert links == targets == {"d1", "d2", "d3", "d4"}


def test_the_day_is_printed_where_it_is_given(written):
    assert "2024-03-01" in written("html", [TEXT], date="2024-03-01")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


COLOURS = {
    name: "".join(f"#{value[1] * 2}{value[2] * 2}{value[3] * 2}" if len(value) == 4 else value)
    for name, value in re.findall(r"--(\w+): (#[0-9a-f]{3,6});", CSS)
}


@pytest.mark.parametrize("ink", ["ink", "soft", "error", "warning", "info"])
@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_text_has_enough_contrast(ink, ground):
    one, other = sorted((luminance(COLOURS[ink]), luminance(COLOURS[ground])))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_the_page_has_a_style_for_paper_and_for_phones():
    assert "@media print" in CSS
    assert "@media (max-width" in CSS
