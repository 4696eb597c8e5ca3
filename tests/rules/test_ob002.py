from tests.statements.tables import findings

FIRST = "2023年预算收支总表\n收入 | | 支出 |\n项目 | 预算数 | 项目 | 预算数\n收入总计 | 5.00 | 支出总计 | 5.00\n\n"
TABLE = "科目编码 | 科目名称 | 合计\n201 | 一般公共服务支出 | 5.00\n"
LAST = "2023年预算收入总表\n" + TABLE


def test_a_title_followed_by_a_picture():
    [found] = findings("OB002", FIRST + "2023年预算支出总表\n\n" + LAST)
    assert found.severity.word == "warning"
    assert "预算支出总表" in found.message
    assert found.locations[0].place.line == 6


def test_a_title_followed_by_its_table():
    assert findings("OB002", FIRST + "2023年预算支出总表\n" + TABLE + "\n" + LAST) == []


def test_must_not_fire_for_a_table_of_contents():
    contents = "目录\n2023年预算收支总表\n2023年预算支出总表\n2023年预算收入总表......7\n\n"
    assert findings("OB002", contents + FIRST + LAST) == []


def test_must_not_fire_for_a_caption_between_title_and_table():
    text = FIRST + "2023年预算支出总表\n部门名称：某区档案馆\n单位：万元\n" + TABLE
    assert findings("OB002", text) == []
