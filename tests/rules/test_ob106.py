from tests.statements.tables import codes, findings

SUMMARY = """2023年预算收支总表
单位：万元
收入 | | 支出 |
项目 | 预算数 | 项目 | 预算数
一、一般公共预算 | 738.05 | 一、一般公共服务支出 | 419.39
 | | 二、教育支出 | 318.67
本年收入合计 | 738.05 | 本年支出合计 | {}
收入总计 | 738.05 | 支出总计 | 738.05"""


def test_a_total_left_blank():
    [found] = findings("OB106", SUMMARY.format(""))
    assert found.severity.word == "error"
    assert "本年支出合计" in found.message
    assert "738.0" in found.message
    assert found.locations[0].place.line == 7


def test_the_total_is_printed():
    assert codes(SUMMARY.format("738.05"), "OB1") == []


def test_it_is_told_once_and_not_as_a_wrong_sum():
    assert codes(SUMMARY.format(""), "OB1") == ["OB106"]
    assert codes(SUMMARY.format(""), "OB2") == []


def test_must_not_fire_for_a_blank_part():
    text = SUMMARY.format("738.05").replace("二、教育支出 | 318.67", "二、教育支出 |")
    assert findings("OB106", text) == []


def test_must_not_fire_for_an_empty_statement():
    assert (
        findings(
            "OB106", "政府性基金预算支出表\n科目编码 | 科目名称 | 合计\n合计 | |\n208 | 社会保障和就业支出 |"
        )
        == []
    )


def test_a_blank_total_of_guessed_columns_is_a_warning():
    text = """部门预算支出总表
科目编码 | 科目名称 | 合计 | TH H | 项目支出
合计 | | | 7.00 | 5.00
201 | 一般公共服务支出 | 12.00 | 7.00 | 5.00
205 | 教育支出 | 6.00 | | 6.00"""
    assert [found.severity.word for found in findings("OB106", text)] in ([], ["warning"])
