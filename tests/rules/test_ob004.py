from tests.statements.tables import findings

TABLE = """2024年部门预算支出总表
科目编码 | 科目名称 | {}
201 | 一般公共服务支出 | 60.00 | 20.00 | 40.00"""


def test_a_head_that_is_garbled():
    [found] = findings("OB004", TABLE.format("TH H | 基本支出 | 项目支出"))
    assert found.severity.word == "warning"
    assert "表头" in found.message


def test_a_head_that_is_read():
    assert findings("OB004", TABLE.format("合计 | 基本支出 | 项目支出")) == []


def test_a_row_without_code_and_name():
    [found] = findings("OB004", TABLE.format("合计 | 基本支出 | 项目支出") + "\n | | 7.00 | 7.00 |")
    assert "7.00" in found.message
    assert found.locations[0].place.line == 4


def test_a_total_that_lacks_an_unread_row_is_no_error():
    text = """2024年部门预算支出总表
科目编码 | 科目名称 | 合计
合计 | | 100.00
201 | 一般公共服务支出 | 60.00
 | | 40.00"""
    assert [found.severity.word for found in findings("OB202", text)] == ["warning"]
    assert [found.severity.word for found in findings("OB202", text.replace(" | | 40.00", ""))] == ["error"]


def test_must_not_fire_for_blank_rows_and_column_numbers():
    text = TABLE.format("合计 | 基本支出 | 项目支出\n栏次 | | 1 | 2 | 3") + "\n | | | |"
    assert findings("OB004", text) == []
