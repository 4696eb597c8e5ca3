from tests.statements.tables import findings

EMPTY = "2024年政府性基金预算支出表\n科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n合计 | | {} | |\n{}"


def test_an_empty_statement_without_a_word():
    [found] = findings("OB104", EMPTY.format("", ""))
    assert found.severity.word == "warning"
    assert found.locations[0].place.line == 1


def test_an_empty_statement_with_a_note():
    assert findings("OB104", EMPTY.format("", "\n注：本部门本年度无政府性基金预算，故本表无数据")) == []
    assert findings("OB104", EMPTY.format("", "注：本表无数据 | | | |")) == []
    assert findings("OB104", EMPTY.format("0.00", "\n本部门没有政府性基金预算安排的支出，空表列示。")) == []


def test_must_not_fire_for_a_statement_with_figures():
    assert findings("OB104", EMPTY.format("5.00", "")) == []


def test_must_not_fire_for_procurement_which_has_rules_of_its_own():
    assert findings("OB104", "政府采购预算表\n项目 | 合计\n货物 |\n服务 |") == []
