from openbook.rules.ob606 import RULE
from tests.rules.wording import check, findings, understood

TABLE = """六、政府采购预算情况

2023年，某局安排政府采购预算{stated}万元。具体内容见下表。

部门政府采购预算

单位：万元

项目名称\t采购物品名称\t数量\t合计\t一般公共预算拨款
合计\t\t\t{table}\t{table}
办公设备\t计算机\t5\t{table}\t{table}
"""


def test_nothing_stated_beside_a_table_with_figures():
    made = understood(TABLE.format(stated="0.00", table="23.50"))
    if made.statement("procurement") is None:
        made.statements = [_statement(made)]
    [finding] = check(RULE, made)
    assert "23.50" in finding.message


def test_equal_figures_and_an_empty_table_for_nothing_are_fine():
    made = understood(TABLE.format(stated="23.50", table="23.50"))
    if made.statement("procurement") is None:
        made.statements = [_statement(made)]
    assert check(RULE, made) == []


def test_an_amount_beside_a_note_that_there_is_none():
    text = "政府采购预算总额{}万元，其中货物{}万元。\n\n(注: 本部门没有政府采购情况。)"
    assert findings(RULE, text.format("6.50", "6.50"))
    assert findings(RULE, text.format("0", "0")) == []


def _statement(made):
    """The procurement table as layouts that know it bind it."""
    from openbook.document import Cell, Column, Row, Statement
    from openbook.money import Unit, parse_amount

    table = next(made.source.tables())
    statement = Statement("procurement", "部门政府采购预算", table.rows[0][0].place, Unit.WAN)
    column = Column("total", "合计", 3)
    row = Row(statement, "total", None, "合计", None, table.rows[1][0].place)
    figure = parse_amount(table.rows[1][3].text, Unit.WAN)
    assert figure is not None
    row.cells["total"] = Cell(row, column, table.rows[1][3].text, table.rows[1][3].place, *figure)
    statement.columns, statement.rows = [column], [row]
    return statement


LIST = """2023年，某局安排政府采购预算{stated}万元。具体内容见下表。

项目名称\t采购物品名称\t数量\t单价\t合计\t一般公共预算拨款
办公设备\t计算机\t5\t0.50\t{item}\t{item}
打印机\t打印机\t1\t0.20\t{item}\t{item}

{note}
"""


def _said(stated: str, item: str, note: str = "") -> list[str]:
    return [one.message for one in findings(RULE, LIST.format(stated=stated, item=item, note=note))]


def test_a_list_with_figures_beside_none_in_words():
    [message] = _said("0.00", "2.50")
    assert "2.50" in message
    assert not _said("5.00", "2.50")
    assert not _said("0.00", "0.00")


def test_an_empty_list_beside_an_amount():
    assert _said("10.00", "")
    [message] = _said("10.00", "", "注:无政府采购预算,空表列示。")
    assert "另一处写“无政府采购预算”" in message
    assert not _said("0.00", "", "注:无政府采购预算,空表列示。")


def test_a_catalogue_is_no_list_of_purchases():
    text = "政府采购预算0万元。\n\n序号\t政府采购目录\t说明\t备注\n1\t计算机\t甲\t2.5\n2\t打印机\t乙\t3.5\n"
    assert not findings(RULE, text)


def test_quantities_of_things_that_cost_next_to_nothing_are_no_amounts():
    text = TABLE.format(stated="0.00", table="").replace("政府采购预算\n\n单位", "政府采购预算表\n\n单位")
    made = understood(text)
    assert made.statement("procurement").cell("line:办公设备", "quantity").text == "5"
    assert check(RULE, made) == []
