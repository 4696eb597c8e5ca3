from tests.statements.tables import codes, findings

TABLE = """2024年财政拨款“三公”经费支出预算表
单位：万元
项目 | 预算数
因公出国（境）费 |
公务接待费 | 1.20
公务用车购置及运行费 | {}
其中：公务用车购置费 | {}
公务用车运行维护费 | {}
合计 | {}"""


def test_a_total_that_is_not_the_sum():
    [found] = findings("OB206", TABLE.format("3.20", "", "3.20", "3.50"))
    assert found.severity.word == "error"
    assert found.locations[0].place.line == 9
    assert "4.40" in found.message


def test_a_total_that_is_the_sum():
    assert codes(TABLE.format("3.20", "", "3.20", "4.40")) == []


def test_vehicles_that_are_not_bought_and_run_for_that():
    [found] = findings("OB206", TABLE.format("4.20", "2.00", "3.20", "5.40"))
    assert "公务用车" in found.message


def test_must_not_fire_where_the_whole_has_no_parts():
    text = "“三公”经费支出表\n项目 | 预算数\n公务用车购置及运行费 | 3.20\n合计 | 3.20"
    assert codes(text) == []


def test_must_not_fire_for_an_empty_statement():
    assert codes(TABLE.format("", "", "", "").replace("1.20", "")) == []
