from openbook.statements.layouts import layout
from tests.statements.tables import findings

HEBEI = layout("hebei-9").titles
BODY = "\n科目编码 | 科目名称 | 合计\n合计 | |\n\n注：本表无数据\n\n"


def statements(titles) -> str:
    return "".join(title + BODY for title in titles)


def without(word: str) -> str:
    return statements(title for title in HEBEI if word not in title)


def test_eight_of_nine():
    [found] = findings("OB101", without("国有资本"), web=True)
    assert found.severity.word == "error"
    assert "国有资本经营预算财政拨款支出表" in found.message


def test_an_empty_statement_with_a_note_is_there():
    assert findings("OB101", statements(HEBEI), web=True) == []


def test_out_of_a_scanner_it_is_a_warning():
    [found] = findings("OB101", without("国有资本"))
    assert found.severity.word == "warning"


def test_the_table_of_contents_proves_that_it_should_be_there():
    contents = "目录\n" + "".join(f"{title}......{number}\n" for number, title in enumerate(HEBEI, 4))
    [found] = findings("OB101", contents + "\n" + without("国有资本"))
    assert "目录中列有该表" in found.message
    assert found.locations[0].place.line == 9


def test_must_not_fire_for_a_statement_that_was_found_and_not_read():
    text = without("国有资本") + "部门预算国有资本经营预算财政拨款支出表\n\n" + statements(HEBEI[-1:])
    assert findings("OB101", text) == []


def test_must_not_fire_for_a_layout_that_is_not_known():
    assert findings("OB101", statements(["某馆收支总表", "某馆支出表"])) == []


def test_must_not_fire_where_one_statement_stands_for_two():
    titles = [
        title for title in layout("shanxi-13-2024").titles if "运行" not in title and "三公" not in title
    ]
    assert findings("OB101", statements([*titles, "“三公”经费和机关运行经费预算表"])) == []
