from tests.statements.tables import findings

TABLE = """2024年财政拨款“三公”经费支出预算表
项目 | 预算数
公务接待费 | {}
合计 | {}

{}"""
NOTE = "注：本部门无“三公”经费预算，故本表为空表"


def test_a_note_that_says_empty_under_figures():
    [found] = findings("OB105", TABLE.format("47.91", "47.91", NOTE))
    assert found.severity.word == "error"
    assert "47.91" in found.message
    assert [place.place.line for place in found.locations] == [6, 3, 4]


def test_figures_without_the_note():
    assert findings("OB105", TABLE.format("47.91", "47.91", "")) == []


def test_the_note_under_an_empty_statement():
    assert findings("OB105", TABLE.format("", "", NOTE)) == []
    assert findings("OB105", TABLE.format("0.00", "0.00", NOTE)) == []


def test_must_not_fire_for_a_note_about_something_else():
    assert findings("OB105", TABLE.format("1.00", "1.00", "注：本表按财政拨款口径填列")) == []
    assert findings("OB105", TABLE.format("1.00", "1.00", "注：无因公出国（境）费预算")) == []


def test_must_not_fire_for_the_note_of_the_next_statement():
    following = "2024年政府性基金预算支出表\n科目编码 | 科目名称 | 合计\n合计 | |\n\n注：本表无数据"
    assert findings("OB105", TABLE.format("1.00", "1.00", following)) == []
