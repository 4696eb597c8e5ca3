from openbook.document import Form, Row, Statement, Text
from openbook.findings import Severity
from openbook.money import Unit
from openbook.rules.ob806 import RULE
from openbook.source import NOWHERE
from tests.rules.wording import findings, messages

ZONE = "山西转型综合改革示范区晋中开发区行政审批局"


def test_a_sentence_that_begins_in_the_middle_of_the_name():
    [finding] = findings(RULE, "政审批局由政务管理科、综合业务科构成。", ZONE)
    assert (finding.actual, finding.expected) == ("政审批局", "行政审批局")


def test_the_second_half_of_a_wrapped_name_is_no_fault():
    assert messages(RULE, "晋中开发区行\n\n政审批局是主管部门。", ZONE) == []


def test_an_abbreviated_zone_is_told_once():
    text = "山西转型综改示范区晋中开发区申报表\n\n山西转型综改示范区晋中开发区申报表\n\n" + ZONE
    [finding] = findings(RULE, text, ZONE)
    assert finding.severity is Severity.INFO
    assert len(finding.locations) == 2


def test_department_on_the_cover_and_unit_inside():
    text = "2024年度部门预算公开\n\n2024年单位预算公开报告\n"
    assert findings(RULE, text, ZONE)
    assert findings(RULE, "2024年度部门预算公开\n\n2024年部门预算报表\n\n编制单位预算公开说明。", ZONE) == []


def test_short_forms_at_a_word_boundary_do_not_fire():
    assert (
        messages(RULE, "行政审批局由政务管理科构成。\n\n审批局负责大厅管理。\n\n管理局内设8个机构。", ZONE)
        == []
    )


def _statement(*names: str) -> Statement:
    statement = Statement("projects", "项目支出预算表", NOWHERE, Unit.WAN)
    statement.rows = [Row(statement, f"project:{name}", None, name, None, NOWHERE) for name in names]
    return statement


def _form(name: str) -> Form:
    return Form(Text("申报表", NOWHERE), Text(name, NOWHERE))


def test_a_form_whose_project_is_in_no_statement_but_for_a_letter():
    listed = [_statement("社区事务受理经费", "单位工作经费", "单位运转经费")]
    [finding] = findings(RULE, "无", ZONE, statements=listed, forms=[_form("社区事物受理经费")])
    assert "社区事务受理经费" in finding.message


def test_two_listed_projects_and_numbered_ones_are_different_things():
    listed = [_statement("单位工作经费", "单位运转经费", "智慧城市建设项目(一期)")]
    forms = [_form("单位工作经费"), _form("智慧城市建设项目（二期）"), _form("智慧城市建设项目（一期）")]
    assert findings(RULE, "无", ZONE, statements=listed, forms=forms) == []
