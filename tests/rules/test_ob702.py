from openbook.rules.masking import identity
from openbook.rules.ob702 import RULE
from tests.rules.wording import findings


def _number() -> str:
    stem = "999999".replace("9", "1") + "2000" + "0101" + "000"
    return next(stem + check for check in "0123456789X" if identity(stem + check))


def test_an_identity_number_whose_check_digit_holds_is_an_error():
    number = _number()
    [finding] = findings(RULE, f"发放对象身份证号：{number}")
    assert number not in finding.message
    assert number not in (finding.locations[0].value or "")
    assert finding.locations[0].place.column == 10


def test_eighteen_digits_that_fail_the_check_or_are_another_code_do_not_fire():
    number = _number()
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert (
        findings(RULE, f"流水 {wrong}\n统一社会信用代码：{number}\n合同编号 {number}\n日期 20230113091418")
        == []
    )
