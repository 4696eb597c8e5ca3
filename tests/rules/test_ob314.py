from openbook.findings import Context, Severity
from openbook.rules.ob301 import RULE as AMOUNT
from openbook.rules.ob314 import RULE
from tests.narrative.samples import EMPTY_BASIC, STATEMENTS, document, findings


def test_a_figure_whose_statement_says_it_has_no_data_is_an_error():
    made = document({"basic": "公用经费18.37万元，主要包括：办公费、邮电费等。"}, statements=EMPTY_BASIC)
    [finding] = RULE.check(Context(made))
    assert finding.severity is Severity.ERROR
    assert "本表无数据" in finding.message
    assert not list(AMOUNT.check(Context(made)))


def test_none_said_where_the_statement_has_a_figure():
    [finding] = findings(RULE, three_public="本部门无“三公”经费预算。")
    assert finding.expected == "4.40万元"
    assert findings(RULE, operating="本单位没有机关运行经费。")


def test_none_of_one_kind_is_silent():
    assert not findings(RULE, three_public="“三公”经费4.40万元。本部门无因公出国（境）费预算。")


def test_zero_and_an_empty_statement_agree():
    made = document({"basic": "人员经费0万元，主要包括：无。"}, statements=EMPTY_BASIC)
    assert not list(RULE.check(Context(made)))


def test_none_last_year_or_in_a_unit_is_no_contradiction():
    said = "“三公”经费预算4.40万元，比2022年增加4.40万元，主要原因是2022年无“三公”经费预算。"
    assert not findings(RULE, three_public=said)
    assert not findings(RULE, three_public="“三公”经费4.40万元。下属事业单位无“三公”经费预算。")
    assert not findings(RULE, three_public="增加的原因是上年没有“三公”经费。")


def test_a_statement_of_which_only_the_head_is_left():
    headless = EMPTY_BASIC.replace("合计\t\t\t\t\n\n注：本表无数据", "注：本表无数据")
    assert headless != EMPTY_BASIC
    made = document({"basic": "公用经费18.37万元，主要包括：办公费。"}, statements=headless)
    [finding] = RULE.check(Context(made))
    assert finding.severity is Severity.ERROR
    none = document({"basic": "公用经费0万元，主要包括：无。"}, statements=headless)
    assert not list(RULE.check(Context(none)))


def test_nothing_but_none_where_an_office_has_public_expenses():
    parts = {"basic": "公用经费50.00万元，主要包括：办公费等。", "operating": "无"}
    empty = STATEMENTS.replace("\t50.00\t50.00\t\t\n", "\t\t\t\t\n")
    [finding] = RULE.check(Context(document(parts, statements=empty)))
    assert (finding.severity, finding.key) == (Severity.WARNING, ("said-none-public", "operating"))
    centre = document(parts, statements=empty.replace("政务服务管理局", "政务服务中心"))
    assert not list(RULE.check(Context(centre)))


def test_nothing_but_none_where_the_statement_has_a_figure():
    [finding] = findings(RULE, operating="无。")
    assert finding.severity is Severity.ERROR
    assert not findings(RULE, operating="无\n\n机关运行经费50.00万元，与上年持平。")
