from openbook.statements.layouts import layout
from tests.statements.tables import findings

BODY = "\n科目编码 | 科目名称 | 合计\n合计 | |\n\n注：本表无数据\n\n"


def statements(titles) -> str:
    return "".join(title + BODY for title in titles)


def test_expenditure_before_the_summary():
    summary, revenue, expenditure, *rest = layout("shanxi-13-2024").titles
    [found] = findings("OB103", statements([expenditure, summary, revenue, *rest]))[:1]
    assert found.severity.word == "warning"
    assert "预算支出总表" in found.message
    assert [place.place.line for place in found.locations] == [7, 1]


def test_the_order_of_the_layout():
    assert findings("OB103", statements(layout("shanxi-13-2024").titles)) == []


def test_must_not_fire_where_a_statement_is_missing():
    titles = layout("shanxi-13-2024").titles
    assert findings("OB103", statements([*titles[:4], *titles[6:]])) == []


def test_must_not_fire_for_a_statement_that_no_layout_orders():
    titles = layout("hebei-9").titles
    assert findings("OB103", statements([titles[0], "政府采购预算表", *titles[1:]])) == []
