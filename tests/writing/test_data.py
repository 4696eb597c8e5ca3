"""Open data: the contract holds, keys are kept, every figure finds its lines again, nobody's name is in it."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.disclosure import Cell, Claim, Disclosure, GridCell, Origin, Table
from openbook.money import Unit
from openbook.reading.errors import Unreadable
from openbook.writing.data import BookLine, Licence, Published, read_data, write_data
from openbook.writing.data_grid import grid
from openbook.writing.data_package import yuan
from tests.writing.sample import sample_disclosure

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "disclosure.schema.json").read_text(encoding="utf-8")
)
LINES = {
    Origin("expenditure", 0): BookLine(
        "expenditure.csv", 2, 1_234_567, "局机关", "2010301", "30101", "general", "basic", "", "current"
    ),
    Origin("expenditure", 1): BookLine(
        "/home/user/甲局/expenditure.csv",
        3,
        -567,
        "局机关",
        "2010306",
        "30201",
        "general",
        "project",
        "P001",
        "carryover",
    ),
    Origin("revenue", 0): BookLine(
        "revenue.csv", None, 1_234_000, "局机关", source="general", period="current"
    ),
    Origin("revenue", 1): BookLine("revenue.csv", 3, 5),
}


@pytest.fixture
def disclosure():
    """The sample, with lines behind two figures; a third figure that no table shows."""
    made = sample_disclosure()
    total = made.cells["expenditure/total/total"]
    total.origins = (Origin("expenditure", 0), Origin("expenditure", 1))
    made.cells["summary/revenue/amount"].origins = (Origin("revenue", 0),)
    made.cells["prior/total/amount"] = Cell("prior/total/amount", 1_234_567, 123, Unit.WAN, 2)
    return made


@pytest.fixture
def folder(disclosure, tmp_path):
    write_data(disclosure, LINES, tmp_path)
    return tmp_path


def told(folder):
    return json.loads((folder / "disclosure.json").read_text(encoding="utf-8"))


def rows(folder, name):
    text = (folder / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def package(folder):
    return json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))


def test_keeps_the_contract(folder):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(told(folder), SCHEMA)


def test_the_contract_knows_the_words_of_the_book():
    from openbook.book.model import CATEGORIES, PERIODS, SOURCES

    line = SCHEMA["$defs"]["line"]["properties"]
    assert line["source"]["enum"] == ["", *SOURCES]
    assert line["category"]["enum"] == ["", *CATEGORIES]
    assert line["period"]["enum"] == ["", *PERIODS]
    assert set(line) == {"line", "table", "index", *BookLine._fields}
    assert SCHEMA["$defs"]["cell"]["properties"]["unit"]["enum"] == [unit.value for unit in Unit]


def test_is_the_same_to_the_byte_each_time(folder, tmp_path):
    again = sample_disclosure()
    again.cells["expenditure/total/total"].origins = (Origin("expenditure", 0), Origin("expenditure", 1))
    again.cells["summary/revenue/amount"].origins = (Origin("revenue", 0),)
    again.cells["prior/total/amount"] = Cell("prior/total/amount", 1_234_567, 123, Unit.WAN, 2)
    write_data(again, dict(reversed(LINES.items())), tmp_path / "again")
    written = sorted(path.relative_to(folder) for path in folder.rglob("*.*") if "again" not in path.parts)
    assert len(written) == 7
    for path in written:
        assert (folder / path).read_bytes() == (tmp_path / "again" / path).read_bytes(), path
        assert b"\r" not in (folder / path).read_bytes()


def test_numbers_are_whole(folder):
    def floats(text):
        raise AssertionError(text)

    for path in (folder / "disclosure.json", folder / "data" / "datapackage.json"):
        json.loads(path.read_text(encoding="utf-8"), parse_float=floats)


def test_every_figure_is_there_as_printed_and_as_it_is(folder, disclosure):
    cells = {
        cell["address"]: cell
        for statement in told(folder)["statements"]
        for row in statement["rows"]
        for cell in row["cells"]
    }
    assert cells.keys() == disclosure.cells.keys() - {"prior/total/amount"}
    for address, cell in cells.items():
        ours = disclosure.cells[address]
        assert (cell["text"], cell["printed"], cell["exact"]) == (ours.text, ours.fen, ours.exact)
    assert (
        cells["expenditure/2010306/basic"]["label"]
        == "《2024年预算支出总表》“2010306 政务公开审批”行“2024年预算数 / 基本支出”栏"
    )
    assert [cell["address"] for cell in told(folder)["other_cells"]] == ["prior/total/amount"]


def test_only_lines_behind_a_figure_are_published(folder):
    assert [line["line"] for line in told(folder)["lines"]] == ["expenditure/0", "expenditure/1", "revenue/0"]


def test_a_path_of_this_machine_is_not_published(folder):
    assert [line["file"] for line in told(folder)["lines"]] == [
        "expenditure.csv",
        "expenditure.csv",
        "revenue.csv",
    ]
    assert "/home" not in (folder / "data" / "lines.csv").read_text(encoding="utf-8")


def test_a_figure_whose_line_is_not_told_is_not_passed_over(disclosure, tmp_path):
    with pytest.raises(KeyError):
        write_data(disclosure, {}, tmp_path)


def test_is_read_back_as_it_was_written(folder, disclosure):
    published = read_data(folder)
    assert isinstance(published, Published)
    assert published.cells.keys() == disclosure.cells.keys()
    for address, cell in disclosure.cells.items():
        read = published.cells[address]
        assert (read.text, read.printed, read.exact, read.unit) == (
            cell.text,
            cell.fen,
            cell.exact,
            cell.unit.value,
        )
        assert read.origins == cell.origins
    assert published.claims == tuple(disclosure.claims)
    assert published.lines[Origin("expenditure", 0)] == LINES[Origin("expenditure", 0)]
    assert (published.department, published.year, published.layout) == (
        disclosure.department,
        2024,
        "shanxi-13-2024",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "文件或文件夹不存在"),
        ("{", "不是完整的 JSON 文件"),
        ("[]", "缺少应有的内容"),
        ("{}", "缺少应有的内容"),
        ('{"format": 2}', "别的版本"),
        ('{"format": 1, "lines": [{"line": "a/1"}]}', "缺少应有的内容"),
        ("\udc80", "不是完整的 JSON 文件"),
    ],
)
def test_what_cannot_be_read_back_is_told(tmp_path, text, said):
    if text is not None:
        (tmp_path / "disclosure.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(Unreadable, match=said):
        read_data(tmp_path)


def test_tables_say_the_same_as_the_json(folder, disclosure):
    cells = rows(folder, "cells")
    assert [cell["cell"] for cell in cells][-1] == "prior/total/amount"
    assert {cell["cell"]: int(cell["exact_fen"]) for cell in cells} == {
        address: cell.exact for address, cell in disclosure.cells.items()
    }
    assert [(one["cell"], one["line"]) for one in rows(folder, "provenance")] == [
        ("summary/revenue/amount", "revenue/0"),
        ("expenditure/total/total", "expenditure/0"),
        ("expenditure/total/total", "expenditure/1"),
    ]
    assert [one["text"] for one in rows(folder, "claims")] == [claim.text for claim in disclosure.claims]
    assert [one["cell"] for one in rows(folder, "claim_cells") if one["claim"] == "c3"] == [
        "expenditure/total/basic",
        "expenditure/total/total",
    ]


def test_lines_carry_names_beside_codes_and_both_amounts(folder):
    first, second, revenue = rows(folder, "lines")
    assert (first["function_name"], first["source_name"], first["category_name"]) == (
        "行政运行",
        "一般公共预算",
        "基本支出",
    )
    assert (first["economic"], first["economic_name"]) == ("30101", "基本工资")
    assert (second["amount_fen"], second["amount_yuan"], second["period_name"]) == (
        "-567",
        "-5.67",
        "上年结转",
    )
    assert (revenue["direction"], revenue["function"], revenue["function_name"]) == ("revenue", "", "")


def test_every_table_is_described_as_it_is(folder):
    described = package(folder)
    assert [one["name"] for one in described["resources"]] == [
        "cells",
        "lines",
        "provenance",
        "claims",
        "claim_cells",
    ]
    for resource in described["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        table = rows(folder, resource["name"])
        assert list(table[0]) == names
        keys = [tuple(row[key] for key in resource["schema"]["primaryKey"]) for row in table]
        assert len(keys) == len(set(keys))
        for field in resource["schema"]["fields"]:
            values = [row[field["name"]] for row in table]
            rules = field.get("constraints", {})
            assert not rules.get("required") or all(values), field["name"]
            assert {value for value in values if value} <= set(rules.get("enum", values))


def test_every_reference_is_found(folder):
    for resource in package(folder)["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            there, field = key["reference"]["resource"], key["reference"]["fields"][0]
            found = {row[field] for row in rows(folder, there)}
            assert {row[key["fields"][0]] for row in rows(folder, resource["name"])} <= found


def test_lines_have_their_fiscal_meaning(folder):
    lines = next(one for one in package(folder)["resources"] if one["name"] == "lines")
    fields = [*lines["schema"]["fields"], *lines["schema"]["extraFields"]]
    meanings = [field["columnType"] for field in fields if "columnType" in field]
    assert len(meanings) == len(set(meanings))
    assert {
        "value", "direction", "phase:id", "date:fiscal-year", "value-currency:code",
        "functional-classification:generic:code", "economic-classification:generic:code",
        "administrative-classification:generic:code",
    } <= set(meanings)  # fmt: skip


def test_the_department_decides_on_the_licence(disclosure, folder, tmp_path):
    assert package(folder)["licenses"][0]["name"] == "notspecified"
    write_data(
        disclosure, LINES, tmp_path / "open", Licence("CC-BY-4.0", "署名 4.0", "https://example.org/by")
    )
    assert package(tmp_path / "open")["licenses"] == [
        {"name": "CC-BY-4.0", "title": "署名 4.0", "path": "https://example.org/by"}
    ]


def small(kind="form", *cells):
    table = Table("t", kind, "表", [list(cells)], 0, (1.0,) * len(cells))
    return Disclosure("公开", "某局", 2024, "shanxi-13-2024", "department", [table])


def test_nobody_is_named(tmp_path):
    made = small(
        "form",
        GridCell("经办人", head=True),
        GridCell("张某某"),
        GridCell("联系电话：", head=True),
        GridCell("03580000000"),
        GridCell("概况", head=True),
        GridCell("详询13900000000"),
    )
    write_data(made, {}, tmp_path)
    texts = [cell["text"] for cell in told(tmp_path)["forms"][0]["rows"][0]]
    assert texts == ["经办人", "", "联系电话：", "", "概况", "详询139****0000"]


def test_no_text_of_a_table_is_a_formula(tmp_path):
    made = small()
    made.claims = [Claim("c1", "items", "=HYPERLINK(1)", None, ())]
    write_data(made, {}, tmp_path)
    assert rows(tmp_path, "claims")[0]["text"] == "'=HYPERLINK(1)"
    assert told(tmp_path)["claims"][0]["text"] == "=HYPERLINK(1)"


def test_what_no_statement_shows_stands_in_the_json_alone(tmp_path):
    made = small()
    made.claims = [Claim("c1", "change", "1.00万元", 1_000_000, ("prior/revenue",))]
    write_data(made, {}, tmp_path)
    assert rows(tmp_path, "claim_cells") == []
    assert told(tmp_path)["claims"][0]["cells"] == ["prior/revenue"]


def test_a_figure_of_a_form_is_named_by_the_words_before_it(tmp_path):
    cell = Cell("form-1/total/year", 50_000, 5, Unit.WAN, 2)
    laid = grid(
        small(
            "form",
            GridCell("项目资金", head=True),
            GridCell("年度资金总额："),
            GridCell("0.05", "right", cell=cell),
        ).tables()[0]
    )
    assert laid.describe(laid.body[0][2]) == "《表》“年度资金总额：”行"


def test_a_draft_says_so(disclosure, tmp_path):
    write_data(replace(disclosure, draft=True), LINES, tmp_path)
    assert told(tmp_path)["draft"] is True


@given(st.integers(-(10**15), 10**15))
def test_yuan_and_fen_are_the_same_amount(fen):
    text = yuan(fen)
    assert int(text.replace(".", "")) == fen
    assert text.index(".") == len(text) - 3
