from tests.statements.tables import findings


def test_sentences_alone():
    [found] = findings("OB007", "某馆2024年部门预算情况说明\n\n2024年收入预算为206.00万元，与上年持平。")
    assert found.severity.word == "warning"


def test_a_statement():
    text = "部门预算支出总表\n科目编码 | 科目名称 | 合计\n201 | 一般公共服务支出 | 5.00"
    assert findings("OB007", text) == []


def test_must_not_fire_for_an_empty_statement():
    assert findings("OB007", "部门预算支出总表\n科目编码 | 科目名称 | 合计\n合计 | |\n\n注：本表无数据") == []
