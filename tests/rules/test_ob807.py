import pytest

from openbook.rules.ob807 import RULE
from tests.rules.wording import findings


@pytest.mark.parametrize(
    "text",
    [
        "推进全区体系 and 标准化建设",
        "序号\t\\\\\\\\\\\\\\\\\t合计",
        "单位:\t\\rightarrow",
        "经费\ufffd\ufffd安排",
    ],
)
def test_garbage_is_found(text):
    assert len(findings(RULE, text)) == 1


def test_usual_abbreviations_and_names_do_not_fire():
    assert (
        findings(
            RULE,
            "开发政务app平台，提供wifi服务，容e查系统，“互联网+”，IT设备，见http://www.example.gov.cn网站",
        )
        == []
    )
