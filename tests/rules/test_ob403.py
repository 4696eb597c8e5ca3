from openbook.rules.ob403 import RULE
from tests.accounts.samples import findings


def test_all_places_of_a_former_name_are_listed():
    (found,) = findings(
        RULE,
        "# summary expenditure\n | 九、医疗卫生与计划生育支出\n# expenditure\n210 | 医疗卫生与计划生育支出",
        prose="一、医疗卫生与计划生育支出（类）行政事业单位医疗（款）3万元。",
    )
    assert len(found.locations) == 3
    assert found.expected == "卫生健康支出"


def test_the_present_name():
    assert findings(RULE, "# expenditure\n210 | 卫生健康支出", prose="卫生健康支出30.61万元。") == []


def test_a_former_section_in_prose():
    prose = "社会保障和就业支出（类）行政事业单位离退休（款）行政单位离退休（项）1.43万元。"
    (found,) = findings(RULE, "", prose=prose)
    assert found.expected == "行政事业单位养老支出"
    assert found.locations[0].place.column == prose.index("行政事业单位离退休") + 1


def test_doubtful_years_are_a_remark():
    (found,) = findings(RULE, "# expenditure\n215 | 资源勘探信息等支出")
    assert found.severity.word == "info"


def test_must_not_fire():
    assert findings(RULE, "# expenditure\n210 | 医疗卫生与计划生育支出", year=2018) == []
    assert findings(RULE, "# expenditure\n210 | 医疗卫生与计划生育支出", year=None) == []
    prose = "2018年医疗卫生与计划生育支出12万元。\n发展文化体育与传媒事业，做好行政事业单位离退休人员服务。"
    assert findings(RULE, "", prose=prose) == []
    assert findings(RULE, "", prose="乡村文化（款待来宾）、都市农业（项目）") == []
