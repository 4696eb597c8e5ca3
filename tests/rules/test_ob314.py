from openbook.findings import Context, Severity
from openbook.rules.ob301 import RULE as AMOUNT
from openbook.rules.ob314 import RULE
from tests.narrative.samples import EMPTY_BASIC, document, findings


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
