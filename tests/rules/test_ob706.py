from openbook.rules.ob706 import RULE
from tests.rules.wording import findings

ACCOUNT = "6200" + "0000" * 3 + "000"


def test_an_account_and_a_private_mailbox_are_masked():
    account, mailbox = findings(RULE, f"开户行：某银行，账号：{ACCOUNT}\n联系邮箱 someone@mail.example.com")
    assert ACCOUNT not in account.message
    assert "s***@mail.example.com" in mailbox.message


def test_a_government_mailbox_and_other_numbers_do_not_fire():
    assert findings(RULE, f"邮箱 office@example.gov.cn，合同编号 {ACCOUNT}，账户余额 1234.56 万元") == []
