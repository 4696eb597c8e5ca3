from openbook.findings import Severity
from openbook.rules.ob503 import RULE
from tests.rules.project_forms import check, form, severities, statement

GOOD = "纳入绩效目标管理的项目11个。其中：其他运转类项目10个；特定目标类项目1个。\n"


def test_parts_do_not_make_the_whole():
    [finding] = check(RULE, GOOD.replace("11个", "10个"))
    assert finding.severity is Severity.ERROR
    assert finding.difference == "-1"


def test_parts_make_the_whole():
    assert not check(RULE, GOOD)


def test_some_parts_alone():
    text = "纳入绩效目标管理的项目11个。其中：特定目标类项目1个；其他运转类项目2个。\n"
    assert severities(RULE, text) == [Severity.WARNING]


def test_published_count_and_forms():
    assert severities(RULE, "公开项目绩效目标1个。\n\n" + form() + form("会议费", "1,000")) == [
        Severity.ERROR
    ]
    assert severities(RULE, "公开项目绩效目标3个。\n\n" + form() + form("会议费", "1,000")) == [
        Severity.WARNING
    ]
    assert not check(RULE, "公开项目绩效目标2个。\n\n" + form() + form("会议费", "1,000"))


def test_more_projects_than_lines():
    text = statement(("机房维护费", "18.80")) + "2024年实行绩效目标管理的项目3个。\n\n" + form()
    assert severities(RULE, text) == [Severity.WARNING]


def test_last_years_evaluation_is_no_claim():
    assert not check(RULE, statement(("机房维护费", "18.80")) + "2023年度开展绩效自评的项目9个。\n" + form())
    assert not check(
        RULE, statement(("机房维护费", "18.80")) + "2023年实行绩效目标管理的项目9个。\n" + form()
    )
