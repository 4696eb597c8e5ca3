from openbook.rules.ob405 import RULE
from tests.accounts.samples import findings, severities

BAD = "# general_basic\n30108 | 机关事业单位基本养老保险费"


def test_a_letter_is_missing():
    (found,) = findings(RULE, BAD)
    assert found.severity.word == "warning"
    assert found.expected == "机关事业单位基本养老保险缴费"


def test_spelled_as_in_the_classification():
    assert findings(RULE, "# general_basic\n30108 | 机关事业单位基本养老保险缴费") == []


def test_a_scanner_misreads():
    assert severities(RULE, BAD, form="txt") == ["info"]


def test_must_not_fire():
    text = "# expenditure\n2080505 | 机关事业单位基本养老保险缴费支\n20103 | 政府办公厅(室)及 相关机构事务"
    assert findings(RULE, text) == []
