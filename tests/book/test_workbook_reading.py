"""What people do to a workbook: what is meant is read, and whatever cannot be is told with its place."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from openbook.book.tables import SHEETS
from openbook.book.workbook import read_workbook

HEADS = ["单位", "功能科目", "经济科目", "资金来源", "支出类别", "项目", "资金年度", "金额", "备注"]
LINE = ["某局", "2010301", "30101", "一般公共预算", "基本支出", None, "本年", 100, None]


class Filled:
    """A workbook with the required sheets; rows of 支出 are written as given."""

    def __init__(self, path):
        self.path = path
        self.book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
        self.sheets = {}
        self.put("基本信息", [["项目", "内容"], ["报表套式", "shanxi-13-2024"], ["预算年度", 2024]])
        self.put("单位", [["单位名称", "单位性质"], ["某局", "行政"]])
        self.put("收入", [["单位", "资金来源", "资金年度", "金额"], ["某局", "一般公共预算", "本年", 100]])

    def put(self, title, rows, first=0):
        sheet = self.sheets[title] = self.book.add_worksheet(title)
        for number, row in enumerate(rows, first):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        return sheet

    def read(self):
        if "支出" not in self.sheets:
            self.put("支出", [HEADS, LINE])
        self.book.close()
        return read_workbook(self.path)


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path / "账簿.xlsx")


def told(book):
    return [(one.code, one.spot.describe()) for one in book.faults]


def amounts(book):
    return [row.values.get("amount") for row in book.tables["expenditure"]]


def spent(*given):
    return [HEADS, *([*LINE[:7], amount, None] for amount in given)]


def test_numbers_become_the_decimals_that_were_typed(filled):
    filled.put(
        "支出", spent(2004.1, 0.1 + 0.2, 1234567.8 + 0.1, 100, 1e9, -3.5, 12.345, 10.0000001, "1,234.50")
    )
    book = filled.read()
    assert amounts(book) == [
        "2004.1", "0.3", "1234567.9", "100", "1000000000", "-3.5", "12.345", "10", "1,234.50",
    ]  # fmt: skip
    assert book.faults == []


def test_codes_typed_as_numbers_are_codes(filled):
    filled.put("支出", [HEADS, ["某局", 2010306, 30101.0, *LINE[3:]], [" 某局　", "0201", *LINE[2:]]])
    rows = [row.values for row in filled.read().tables["expenditure"]]
    assert (rows[0]["function"], rows[0]["economic"]) == ("2010306", "30101")
    assert (rows[1]["unit"], rows[1]["function"]) == ("某局", "0201")


def test_blank_rows_and_titles_and_sums_are_passed_over_and_rows_keep_their_number(filled):
    filled.put(
        "支出",
        [
            ["某局支出表"],
            [],
            HEADS,
            LINE,
            [None, "  "],
            LINE,
            ["合 计", *[None] * 6, 200],
            ["总计", *[None] * 6, 200],
        ],
    )
    book = filled.read()
    assert [row.row for row in book.tables["expenditure"]] == [4, 6]
    assert book.faults == []


def test_columns_stand_in_any_order_and_heads_may_be_broken(filled):
    filled.put("支出", [["金额 *", "单\n位", *HEADS[1:7]], [100, "某局", *LINE[1:7]]])
    book = filled.read()
    assert book.tables["expenditure"][0].values["amount"] == "100"
    assert book.tables["expenditure"][0].values["unit"] == "某局"
    assert book.faults == []


def test_dates_and_percentages_are_read_as_meant(filled):
    sheet = filled.put("项目", [["项目编码", "项目名称", "实施单位", "填报日期"], ["P1", "甲", "某局"]])
    sheet.write_datetime(1, 3, date(2024, 1, 19), filled.book.add_format({"num_format": "yyyy年m月d日"}))
    sheet = filled.put(
        "绩效指标", [["项目", "二级指标", "三级指标", "年度指标值"], ["P1", "质量指标", "合格率"]]
    )
    sheet.write_number(1, 3, 0.985, filled.book.add_format({"num_format": "0%"}))
    book = filled.read()
    assert book.tables["projects"][0].values["filed"] == "2024-01-19"
    assert book.tables["indicators"][0].values["target"] == "98.5%"
    assert book.faults == []


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda sheet, _: sheet.write_formula(1, 7, "=Z9", None, "#REF!"), "公式出错（#REF!）"),
        (lambda sheet, _: sheet.write_formula(1, 7, "=Z9", None, ""), "公式没有计算结果"),
        (lambda sheet, _: sheet.write_boolean(1, 7, True), "逻辑值 TRUE"),
        (lambda sheet, _: sheet.write_number(1, 7, 1234567890123456), "超过 15 位"),
        (lambda sheet, day: sheet.write_number(1, 7, 45310, day), "日期（2024-01-19）"),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_with_its_place(filled, write, words):
    sheet = filled.put("支出", [HEADS, LINE])
    write(sheet, filled.book.add_format({"num_format": "yyyy-mm-dd"}))
    book = filled.read()
    assert told(book) == [("BK057", "账簿.xlsx「支出」 第 2 行“金额”栏")]
    assert words in book.faults[0].message
    assert book.faults[0].mend
    assert amounts(book) == [None]


def test_a_time_is_told(filled):
    sheet = filled.put("支出", [HEADS, LINE])
    sheet.write_number(1, 8, 0.5, filled.book.add_format({"num_format": "h:mm"}))
    assert told(filled.read()) == [("BK057", "账簿.xlsx「支出」 第 2 行“备注”栏")]


def test_a_formula_gives_its_stored_result(filled):
    filled.put("支出", spent(1)).write_formula(1, 7, "=1000*1.1", None, 1100.0000000000002)
    assert amounts(filled.read()) == ["1100"]


def test_heads_that_are_unknown_twice_or_missing_are_told_once(filled):
    filled.put("支出", [[*HEADS[:6], "年度", "金额", "金额"], LINE, LINE])
    assert told(filled.read()) == [
        ("BK054", "账簿.xlsx「支出」 第 1 行“年度”栏"),
        ("BK055", "账簿.xlsx「支出」 第 1 行“金额”栏"),
        ("BK056", "账簿.xlsx「支出」 第 1 行"),
    ]


def test_what_is_written_beside_the_table_is_told(filled):
    filled.put("支出", [HEADS, [*LINE, "旁注"]])
    book = filled.read()
    assert told(book) == [("BK054", "账簿.xlsx「支出」 第 2 行")]
    assert "J 列" in book.faults[0].message


def test_a_merged_cell_is_told(filled):
    sheet = filled.put("支出", [HEADS, LINE, [None, *LINE[1:]]])
    sheet.merge_range("A2:A3", "某局")
    assert told(filled.read()) == [("BK059", "账簿.xlsx「支出」 第 2 行“单位”栏")]


def test_a_required_sheet_that_is_missing_is_told_with_what_it_may_be(filled):
    filled.put("支出表", [["别的"]])
    filled.put("支出", [HEADS, LINE])
    filled.sheets["收入"].name = "收入表"
    book = filled.read()
    assert told(book) == [("BK052", "账簿.xlsx")]
    assert "“收入表”" in book.faults[0].mend


def test_a_copy_of_a_table_is_told_unless_it_is_kept_as_a_copy(filled):
    filled.put("支出 (2)", [HEADS, LINE])
    filled.put("备份支出", [HEADS, LINE])
    filled.put("底稿", [["随便", "写"], ["单位", 3]])
    assert told(filled.read()) == [("BK058", "账簿.xlsx「支出 (2)」")]


def test_a_sheet_without_heads_is_told(filled):
    filled.put("支出", [LINE])
    assert told(filled.read()) == [("BK053", "账簿.xlsx「支出」")]


def test_keys_of_the_first_sheet_have_their_places(filled):
    filled.sheets["基本信息"].write_column(3, 0, ["部门名称", "部门名称", "预算年份"])
    filled.sheets["基本信息"].write_column(3, 1, ["某局", "某局", 2024])
    book = filled.read()
    row = book.tables["book"][0]
    assert row.values == {"layout": "shanxi-13-2024", "year": "2024", "department": "某局"}
    assert row.spot("year", "预算年度").row == 3
    assert told(book) == [
        ("BK055", "账簿.xlsx「基本信息」 第 5 行“项目”栏"),
        ("BK054", "账簿.xlsx「基本信息」 第 6 行“项目”栏"),
    ]


def test_lines_without_a_name_go_on_with_the_text_above(filled):
    filled.put(
        "文字",
        [
            ["名称", "内容"],
            ["主要职责", "一"],
            [None, "二"],
            ["主要职责"],
            ["主要职责", "三"],
            ["职责", "四"],
        ],
    )
    book = filled.read()
    assert book.texts["duties"].values["text"] == "一\n二\n\n三"
    assert book.texts["duties"].row == 2
    assert told(book) == [("BK054", "账簿.xlsx「文字」 第 6 行“名称”栏")]


# --- files that are none


def _zip(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是 Excel 工作簿"),
        ("单位,金额\n".encode(), "不是 Excel 工作簿"),
        (_OLE, "旧版表格"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"PK\x03\x04" + b"\0" * 100, "损坏"),
        (_zip({"word/document.xml": "<a/>"}), "没有 Excel 工作簿"),
        (_zip({"xl/workbook.bin": b"1"}), "xlsb"),
        (_zip({"xl/workbook.xml": "<workbook"}), "损坏"),
        (_zip({"xl/workbook.xml": f'<!DOCTYPE a [<!ENTITY b "c">]><workbook xmlns="{_MAIN}"/>'}), "实体"),
        (_zip({"xl/workbook.xml": b" " * (300 << 20)}), "压缩炸弹"),
    ],
    ids=["empty", "csv", "xls", "encrypted", "damaged", "docx", "xlsb", "xml", "entities", "bomb"],
)
def test_a_file_that_is_no_workbook_is_one_fault(tmp_path, data, words):
    path = tmp_path / "账簿.xlsx"
    path.write_bytes(data)
    book = read_workbook(path)
    assert told(book) == [("BK051", "账簿.xlsx")]
    assert words in book.faults[0].mend
    assert book.tables == {}


def test_a_file_that_is_not_there_is_one_fault(tmp_path):
    assert told(read_workbook(tmp_path / "无.xlsx")) == [("BK051", "无.xlsx")]


def test_an_empty_workbook_lacks_every_required_sheet(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "空.xlsx")
    book.add_worksheet()
    book.close()
    faults = read_workbook(tmp_path / "空.xlsx").faults
    assert [one.code for one in faults] == ["BK052"] * (1 + sum(sheet.required for sheet in SHEETS))
