from openbook.rules.ob309 import RULE
from tests.narrative.samples import findings


def test_an_item_that_the_statement_does_not_have():
    [finding] = findings(RULE, basic="公用经费50.00万元，主要包括：办公费、工会经费、差旅费等。")
    assert "“差旅费”" in finding.message
    assert finding.key == ("items-named", "basic", "public", "差旅费")


def test_an_item_left_out_of_a_list_that_claims_to_be_complete():
    text = "人员经费350.00万元，主要包括：基本工资、津贴补贴；公用经费50.00万元，主要包括：办公费、{}。"
    assert not findings(RULE, basic=text.format("工会经费"))
    assert not findings(RULE, basic="公用经费50.00万元，主要包括：办公费、工会经费等。")


def test_nothing_is_said_of_a_list_that_knows_no_item():
    assert not findings(RULE, basic="公用经费50.00万元，主要包括：日常办公、日常维修。")
    assert not findings(RULE, basic="公用经费0万元，主要包括：无。")


def test_the_conjunction_within_a_name_divides_no_list():
    text = "公用经费50.00万元，主要包括：办公费、工会经费、税金及附加费用等。"
    [finding] = findings(RULE, basic=text)
    assert "“税金及附加费用”" in finding.message
