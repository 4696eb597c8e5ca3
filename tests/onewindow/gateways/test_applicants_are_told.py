"""What an applicant reads on his phone as his case goes on, and what the province is told of it."""

import json
from datetime import date

import pytest

from onewindow.approval.cases import messages, reports
from onewindow.approval.cases.procedure import PROCEDURE
from onewindow.gateways.province import api as province
from onewindow.gateways.sms import local
from onewindow.kernel.actor import SYSTEM
from onewindow.kernel.api import Subject, begin, deliver_due, move, outbox_messages, post
from onewindow.kernel.models import Message
from onewindow.main import wiring
from onewindow.people import personal
from onewindow.people.models import Person
from tests.onewindow.people import APPLICANT, APPROVER, CLERK, OFFICER

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "食品经营许可", "p-1")
PHONE = "00012345678"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PROVINCE_KEY = tmp_path / "province-key.pem"
    settings.PROVINCE_RECEIVED = tmp_path / "received.sqlite3"


def submitted(facts=None, subject=SUBJECT):
    told = {"contact": PHONE} if facts is None else facts
    return begin("permit", "submit", APPLICANT, told, subject=subject).matter


def told(matter):
    """The newest text about a matter, without its beginning."""
    deliver_due()
    text = local.received()[0]
    assert text.to == PHONE
    beginning = f"您的“食品经营许可”申请（编号{matter.id}）"
    assert text.text.startswith(beginning)
    return text.text.removeprefix(beginning)


def reported():
    deliver_due()
    return [json.loads(kept.body) for kept in reversed(province.received())]


def test_from_application_to_delivery(on):
    with on("2026-05-06 09:00"):
        matter = submitted()
        assert told(matter) == (
            "已提交。现为“已提交”，最迟5月12日告知您是否受理，逾期未告知即视为受理。依据：行政许可法 第二十九条。"
        )
    with on("2026-05-07 09:00"):
        move(matter.id, "accept", CLERK)
        assert told(matter) == (
            "已受理。现为“审查中”，最迟6月3日作出决定。依据：行政许可法 第三十二条第一款第五项。"
        )
    with on("2026-05-20 09:00"):
        move(matter.id, "send_out", OFFICER, {"excluded": "expert-review"})
        assert told(matter) == (
            "转入专家评审，所需时间不计入办理期限。现为“特别程序中”，特别程序结束后期限接着计算。"
            "依据：行政许可法 第四十五条。"
        )
    with on("2026-05-27 09:00"):
        move(matter.id, "take_back", OFFICER, {"result": "通过"})
        assert told(matter) == (
            "的特别程序已结束，结论：通过，期限接着计算。现为“审查中”，最迟6月10日作出决定。依据：行政许可法 第四十五条。"
        )
    with on("2026-05-28 09:00"):
        reason = {"days": 5, "reason": "需要现场核查"}
        move(matter.id, "ask_extension", OFFICER, reason)
        move(matter.id, "extend", APPROVER, reason)
        assert told(matter) == (
            "经负责人批准延长5个工作日，理由：需要现场核查。现为“审查中”，最迟6月17日作出决定。"
            "依据：行政许可法 第四十二条第一款。"
        )
    with on("2026-06-01 09:00"):
        move(matter.id, "propose", OFFICER, {"opinion": "grant", "grounds": "符合条件"})
        move(matter.id, "decide", APPROVER)
        assert told(matter) == (
            "已准予许可。现为“已准予，待送达”，最迟6月15日颁发送达。依据：行政许可法 第三十八条第一款。"
        )
    with on("2026-06-02 09:00"):
        move(matter.id, "issue", CLERK, {"manner": "post"})
        assert told(matter) == "已颁发送达（邮寄）。现为“已办结”。依据：行政许可法 第四十四条。"
    assert Message.objects.filter(channel="sms").count() == 7
    assert [(one["handleStateName"], one["affairStatus"]) for one in reported()] == [
        ("审查中", "1"),
        ("已准予，待送达", "2"),
        ("已办结", "2"),
    ]


def test_what_is_missing_is_told_once_and_how_much_more(on):
    missing = [{"name": f"材料{number}", "problem": "缺少签字"} for number in range(5)]
    with on("2026-05-06 09:00"):
        matter = submitted()
        move(matter.id, "correct", CLERK, {"missing": missing})
        assert told(matter) == (
            "需要补正：材料0（缺少签字）；材料1（缺少签字）；材料2（缺少签字）等5项。现为“待补正”，请补正后再提交。"
            "依据：行政许可法 第三十二条第一款第四项。"
        )


def test_whom_nobody_answered_in_time_is_told_that_he_is_accepted(on):
    with on("2026-05-06 09:00"):
        matter = submitted()
    with on("2026-05-13 00:30"):
        move(matter.id, "deem_accepted", SYSTEM)
        assert told(matter) == (
            "未在法定期限内告知补正，自收到材料之日起视为受理。现为“审查中”，最迟6月2日作出决定。"
            "依据：行政许可法 第三十二条第一款第四项。"
        )
    assert [one["affairStatus"] for one in reported()] == ["1"]


def test_refused_and_denied_with_the_reason(on):
    with on("2026-05-06 09:00"):
        refused, denied = submitted(), submitted()
        move(refused.id, "refuse", CLERK, {"reason": "不属于\n本机关职权" + "，" * 200})
        deliver_due()
        text = local.received()[0].text
        assert "不予受理，理由：不属于 本机关职权" in text
        assert len(text) < 200
        move(denied.id, "accept", CLERK)
        move(denied.id, "propose", OFFICER, {"opinion": "deny", "grounds": "不符合条件"})
        move(
            denied.id, "deny", APPROVER, {"reason": "场所不符合要求", "remedy": "可在六十日内申请行政复议。"}
        )
        assert told(denied) == (
            "不予许可，理由：场所不符合要求。可在六十日内申请行政复议。现为“不予许可”。依据：行政许可法 第三十八条第二款。"
        )


def test_a_day_of_another_year_names_its_year(on):
    with on("2025-12-30 09:00"):
        matter = submitted()
        assert "最迟2026年1月7日告知您是否受理" in told(matter)


def test_where_a_year_is_not_loaded_no_last_day_is_made_up(on):
    with on("2026-12-15 09:00"):
        matter = submitted()
        matter = move(matter.id, "accept", CLERK).matter
        assert matter.due is None
        assert "最后期限待工作日历公布后可查询" in told(matter)


def test_every_step_that_is_wired_has_its_words_and_every_word_is_wired():
    wired = {
        step for (kind, step), who in wiring.REACTIONS.items() if kind == "permit" and messages.tell in who
    }
    assert wired == set(messages.STEPS)
    wired = {step for (_kind, step), who in wiring.REACTIONS.items() if reports.report in who}
    assert wired == set(reports.STEPS)
    assert wired | set(messages.STEPS) <= {step.key for step in PROCEDURE.steps}


# --- whom ---------------------------------------------------------------------------------------


def person(reference, phone):
    holder = Person(reference=reference, document="resident", registered_us=0)
    personal.put(holder, "phone", phone)
    holder.save()


def test_the_number_left_with_the_case_goes_before_the_registered_one():
    person("p-1", "00099999999")
    submitted()
    submitted({})
    deliver_due()
    assert [text.to for text in local.received()] == ["00099999999", PHONE]


def test_who_has_no_number_is_on_the_desk_and_reached_when_he_has_one():
    matter = submitted({})
    assert deliver_due().dead == 1
    (shown,) = outbox_messages(about=matter.id).messages
    assert (shown.code, shown.to) == ("no-address", f"办件联系人 {matter.id}")
    assert "请联系窗口补登记" in shown.trouble
    person("p-1", PHONE)
    Message.objects.update(state="waiting", dead_us=None, due_us=0)
    assert deliver_due().sent == 1


def test_a_number_that_was_left_and_is_none_is_on_the_desk():
    submitted({"contact": "0531-0000"})
    assert deliver_due().dead == 1
    assert outbox_messages().messages[0].code == "not-a-mobile-number"


def test_a_party_and_a_case_that_do_not_exist_have_no_address():
    post("sms", "party:nobody", "您好")
    post("sms", "matter:nothing", "您好")
    post("mail", "matter:nothing", "您好")
    assert deliver_due().dead == 3


def test_what_waits_in_the_outbox_names_no_number():
    submitted()
    row = Message.objects.get()
    from onewindow.kernel.outbox.sealing import unseal

    letter = unseal(row)
    assert PHONE not in letter.to + letter.content


def test_the_last_day_in_the_report_is_that_of_the_case(on):
    with on("2026-05-06 09:00"):
        matter = begin("permit", "submit", APPLICANT, subject=Subject("bureau", "许可", "p-1", 10)).matter
        matter = move(matter.id, "accept", CLERK).matter
    (report,) = reported()
    assert date.fromisoformat(report["promiseDate"]) == matter.due
    assert date.fromisoformat(report["anticipateDate"]) == matter.legal_due
    assert (report["seq"], report["projNo"]) == (2, matter.id)
