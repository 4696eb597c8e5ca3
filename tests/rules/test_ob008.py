import re
import zipfile

import xlsxwriter

from openbook.api import check_file


def workbook(path, *, stored):
    """A statement whose total is a formula, with or without its stored result."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        rows = [
            ["2024年部门预算支出总表"], ["单位：万元"], ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["201", "一般公共服务支出", "", "60.00", "40.00"],
        ]  # fmt: skip
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell)
        page.write_formula(3, 2, "=60+40", value=100)
    if not stored:
        without_result(path)
    return str(path)


def without_result(path):
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(r"<v>100</v>", "", sheet).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


def codes(path):
    return [found.code for found in check_file(path).findings if found.code == "OB008"]


def test_a_formula_without_its_result_is_said(tmp_path):
    assert codes(workbook(tmp_path / "a.xlsx", stored=False)) == ["OB008"]


def test_a_formula_with_its_result_is_a_figure(tmp_path):
    assert codes(workbook(tmp_path / "a.xlsx", stored=True)) == []
