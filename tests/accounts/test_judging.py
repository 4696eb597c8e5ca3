"""A printed name against the code beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbook.accounts import Verdict, alike, classification, judge, stem


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("20103", "政府办公厅 (室)及相关 机构事务"),
        ("2080505", "机关事业单位\n基本养老保险\n缴费支出"),
        ("201", "一、一般公共服务"),
        ("30213", "维修（护）费"),
        ("2120899", "其他国有土地 使用权出让收 入安排的支出"),
        ("2013101", "行政运行"),
    ],
)
def test_blanks_brackets_and_numbering_do_not_count(code, name):
    assert judge(2024, code, name).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("code", "name", "verdict", "owner"),
    [
        ("30203", "水费", Verdict.ELSEWHERE, "30205"),
        ("30301", "退休费", Verdict.ELSEWHERE, "30302"),
        ("2013802", "行政运行", Verdict.ELSEWHERE, "2013801"),
        ("2019702", "行政运行", Verdict.ELSEWHERE, "2019701"),
        ("303", "离退休人员经费", Verdict.DIFFERENT, None),
        ("30108", "机关事业单位基本养老保险费", Verdict.ALIKE, None),
        ("210", "医疗卫生与计划生育支出", Verdict.FORMER, None),
        ("30288", "某项费用", Verdict.UNKNOWN, None),
        ("30201", "", Verdict.UNKNOWN, None),
    ],
)
def test_verdicts(code, name, verdict, owner):
    judged = judge(2024, code, name)
    assert judged.verdict is verdict
    assert (judged.owners[0].code if judged.owners else None) == owner


def test_what_rests_on_memory_is_never_proven():
    accounts = [a for a in map(classification(2024).functional, ("20102", "2010204")) if a]
    assert accounts
    assert not any(a.proven for a in accounts)
    assert not judge(2024, "2010204", "委员视察").proven


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared(one, other):
    assert alike(one, other) == alike(other, one)
    assert alike(one, one)
    assert len(stem(one)) <= len(one)
