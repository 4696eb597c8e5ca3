from openbook.statements.layouts import layout
from tests.statements.tables import findings

BODY = "\n科目编码 | 科目名称 | 合计\n201 | 一般公共服务支出 | 5.00\n\n"


def test_titles_of_ones_own_making():
    [found] = findings("OB003", "某馆收支总表" + BODY + "某馆收入表" + BODY + "某馆支出表" + BODY)
    assert found.severity.word == "info"
    assert "某馆收入表" in found.message


def test_the_titles_of_a_province():
    assert findings("OB003", "".join(title + BODY for title in layout("hebei-9").titles)) == []


def test_must_not_fire_for_another_year_or_for_one_missing_statement():
    titles = layout("shanghai-9").titles[:-1]
    assert findings("OB003", "".join("2019年" + title + BODY for title in titles)) == []


def test_must_not_fire_without_statements():
    assert findings("OB003", "某馆情况说明。\n\n本馆今年没有报表。") == []
