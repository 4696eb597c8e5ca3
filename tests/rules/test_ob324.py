from openbook.rules.ob324 import RULE
from tests.narrative.samples import findings


def test_a_reason_that_admits_an_omission():
    [finding] = findings(
        RULE,
        change="收入总计1000.00万元，比上年减少500.00万元，主要原因是系统原因，服务费未提取到（涉及经费500万元）。",
    )
    assert finding.actual == "500万元"


def test_other_reasons_are_silent():
    assert not findings(
        RULE, change="收入总计1000.00万元，比上年减少500.00万元，主要原因是信息系统建设完成，不再安排。"
    )
    assert not findings(
        RULE, change="收入总计1000.00万元，比上年减少500.00万元，主要原因是部分项目未纳入本年计划。"
    )


def test_descriptions_outside_the_explanation_are_silent():
    assert not findings(RULE, glossary="一、漏报：指应报未报。")
