from openbook.rules.ob409 import RULE
from tests.accounts.samples import findings

FIRST = "# expenditure\n2011388 | 展会服务\n"


def test_two_names_of_one_code():
    (found,) = findings(RULE, FIRST + "# general_expenditure\n2011388 | 口岸建设")
    assert (found.expected, found.actual) == ("展会服务", "口岸建设")
    assert len(found.locations) == 2


def test_one_name():
    assert findings(RULE, FIRST + "# general_expenditure\n2011388 | 展会 服务支出") == []


def test_must_not_fire():
    assert findings(RULE, FIRST + "# general_expenditure\n2011388 | 展会服") == []
    judged = "# expenditure\n30203 | 水费\n# general_basic\n30203 | 咨询费"
    assert findings(RULE, judged) == []
    assert findings(RULE, "# expenditure\n604001 | 某局\n# general_expenditure\n604001 | 某中心") == []
