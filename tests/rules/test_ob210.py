from tests.statements.tables import codes, findings

TABLES = """2024年一般公共预算支出表
单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | 41.00 | 41.00 |

2024年一般公共预算基本支出表
单位：万元
科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
合计 | | {} | 30.00 | {}
301 | 工资福利支出 | 30.00 | 30.00 |
302 | 商品和服务支出 | {} | | {}
30217 | 公务接待费 | {} | | {}

2024年财政拨款“三公”经费支出表
单位：万元
项目 | 合计 | 一般公共预算 | 政府性基金预算
公务接待费 | {} | {} |
合计 | {} | {} |"""


def tables(public: str, reception: str) -> str:
    total = f"{30 + float(public):.2f}"
    return TABLES.format(total, public, public, public, public, public, *[reception] * 4)


def test_less_reception_in_one_statement_than_in_the_other():
    text = tables("11.00", "10.00")
    assert codes(text) == ["OB210"]
    [found] = findings("OB210", text)
    assert found.severity.word == "error"
    assert "30217" in found.message
    assert "应不小于" in found.message


def test_as_much_in_both():
    assert codes(tables("11.00", "11.00")) == []


def test_must_not_fire_where_projects_pay_for_reception_as_well():
    assert codes(tables("11.00", "13.00")) == []


def test_basic_expenditure_in_two_statements():
    text = tables("11.00", "11.00").replace("| 41.00 | 41.00 |\n\n", "| 42.00 | 42.00 |\n\n", 1)
    assert codes(text) == ["OB210"]


def test_operating_expenses_above_the_public_part_are_a_warning():
    text = (
        tables("11.00", "11.00")
        + """

2024年机关运行经费预算表
单位名称 | 合计 | 一般公共预算
部门合计 | {} | {}"""
    )
    assert codes(text.format("11.00", "11.00")) == []
    [found] = findings("OB210", text.format("12.00", "12.00"))
    assert found.severity.word == "warning"
