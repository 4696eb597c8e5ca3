from tests.statements.tables import codes, findings

EXPENDITURE = """2024年部门预算支出总表
单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 |  | 300.00 | 140.00 | 160.00
201 | 一般公共服务支出 | 300.00 | 140.00 | 160.00
20103 | 政府办公厅（室）及相关机构事务 | 139.50 | 139.50 |
2010301 | 行政运行 | 139.50 | 139.50 |
20138 | 市场监督管理事务 | 160.50 | 0.50 | 160.00
2013899 | 其他市场监督管理事务 | 160.50 | 0.50 | 160.00
"""
GENERAL = EXPENDITURE.replace("部门预算支出总表", "一般公共预算支出表")


def without(text: str, code: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(code + " ")) + "\n"


def test_a_lost_group_and_its_item_are_one_finding_with_the_amounts_they_had():
    [found] = findings("OB211", EXPENDITURE + without(without(GENERAL, "2013899"), "20138"))
    assert "《2024年一般公共预算支出表》缺少“20138 市场监督管理事务”一行" in found.message
    assert "合计 160.50、基本支出 0.50、项目支出 160.00 万元" in found.message
    assert found.severity.word == "error"


def test_the_other_statement_that_has_the_row_is_among_the_locations():
    [found] = findings("OB211", EXPENDITURE + without(without(GENERAL, "2013899"), "20138"))
    assert ("2024年部门预算支出总表", "160.50") in {(one.statement, one.value) for one in found.locations}


def test_a_difference_that_no_other_statement_explains_is_a_wrong_sum():
    lost = without(without(GENERAL, "2013899"), "20138")
    assert codes(EXPENDITURE + lost.replace("300.00 | 140.00 | 160.00", "301.00 | 141.00 | 160.00")) != [
        "OB211"
    ]


def test_statements_with_the_same_rows_lack_nothing():
    assert codes(EXPENDITURE + GENERAL) == []


def test_a_wrong_sum_is_no_lost_row():
    assert "OB211" not in codes(
        EXPENDITURE
        + GENERAL.replace("20138 | 市场监督管理事务 | 160.50", "20138 | 市场监督管理事务 | 160.60")
    )
