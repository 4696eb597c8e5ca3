from openbook.rules.ob701 import RULE
from tests.rules.wording import findings

MOBILE = "139" + "0000" + "0000"


def test_the_handler_of_a_form_with_a_mobile_number_is_found_and_masked():
    [finding] = findings(
        RULE, f"负责人:\t\t经办人:\t赵某某\t联系电话:\t{MOBILE}\t填报日期:\t20230113091418\n"
    )
    assert "139****0000" in finding.message
    assert "“赵**”" in finding.message
    shown = [finding.message, *(one.value or "" for one in finding.locations), *finding.key]
    assert not any(MOBILE in text or "赵某某" in text for text in shown)
    assert finding.locations[0].place.line == 1


def test_one_number_in_three_forms_is_one_finding():
    row = f"经办人:\t赵某某\t联系电话:\t{MOBILE}\n\n"
    [finding] = findings(RULE, row * 3)
    assert len(finding.locations) == 3


def test_a_number_in_groups_is_found():
    assert findings(RULE, f"联系人：赵某某，手机 {MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}。")


def test_numbers_that_are_no_telephone_do_not_fire():
    text = f"""经办人：赵某某，填报日期：20230113091418
合同编号：{MOBILE}，联系电话见附件。
按照《云资源服务合同》(合同编号:GF{MOBILE})执行，由经办人负责。
负责人说明：年度资金总额 13,900,000,000 元
统一社会信用代码 1{MOBILE}000000
联系电话：139****0000
"""
    assert findings(RULE, text) == []
