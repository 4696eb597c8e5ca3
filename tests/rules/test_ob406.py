from openbook.rules.ob406 import RULE
from tests.accounts.samples import findings


def test_functions_in_the_revenue_column():
    rows = "201 | 一般公共服务支出\n20103 | 政府办公厅（室）及相关机构事务"
    (found,) = findings(RULE, f"# state_capital revenue\n{rows}")
    assert len(found.locations) == 2


def test_revenue_accounts():
    assert findings(RULE, "# state_capital revenue\n103 | 非税收入\n10306 | 国有资本经营收入") == []


def test_must_not_fire():
    assert findings(RULE, "# state_capital expenditure\n223 | 国有资本经营预算支出") == []
    assert findings(RULE, "# revenue\n201 | 一般公共服务支出") == []
    assert findings(RULE, "# fund_revenue\n10301 | 政府性基金收入") == []
