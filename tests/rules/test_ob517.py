import pytest

from openbook.rules.ob517 import RULE
from tests.rules.project_forms import check, form


@pytest.mark.parametrize(
    "filed", ["20240116213068", "2024061101420", "20241316", "2024.2.30", "2024年13月1日"]
)
def test_impossible_dates(filed):
    assert len(check(RULE, form(filed=filed))) == 1


@pytest.mark.parametrize(
    "filed", ["20240116213008", "20240116", "2024. 1. 1 9", "2024年1月5日", "", "年 月 日"]
)
def test_possible_dates(filed):
    assert not check(RULE, form(filed=filed))
