from openbook.rules.ob703 import RULE
from tests.rules.wording import findings


def test_a_named_handler_with_an_office_telephone_is_found():
    [finding] = findings(RULE, "负责人:\t经办人:\t吴某\t联系电话:\t2000000\t填报日期:\t2024.1.19\n")
    assert "“吴**”" in finding.message
    assert "2000000" not in finding.message + str(finding.key) + str(finding.locations)


def test_a_telephone_of_an_office_without_a_person_does_not_fire():
    assert (
        findings(RULE, "咨询电话：0100-2000000（办公室）\n联系电话: 12345\n经办人:\t\t联系电话:\t2000000\n")
        == []
    )


def test_duties_of_a_post_are_no_person():
    assert findings(RULE, "负责组织推进全区12345热线电话：2000000 的受理工作。") == []
