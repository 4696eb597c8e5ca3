"""Taking a step: what is asked, what is wrong with it, who was faster, and what was sent twice."""

import pytest

from onewindow.kernel.api import Entry, Matter, move
from onewindow.kernel.procedure import Role
from tests.onewindow.pages import cases
from tests.onewindow.pages.forms import faults, form_of

pytestmark = pytest.mark.django_db


def address(matter, step):
    return f"/matters/{matter.pk}/steps/{step}/"


def state_of(matter):
    return Matter.objects.get(pk=matter.pk).state


@pytest.fixture
def officer(signed_in):
    return signed_in(Role.OFFICER)


def test_a_plain_step_is_a_form_and_a_press(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    sent = form_of(clerk.get(address(matter, "accept"))) | {"fact-note": "材料齐全。"}
    answer = clerk.post(address(matter, "accept"), sent, follow=True)
    assert state_of(matter) == "reviewing"
    assert "已办理“受理”。" in answer.content.decode()
    assert "材料齐全。" in answer.content.decode()


def test_each_fault_stands_at_its_field_and_nothing_typed_is_lost(officer):
    matter = cases.accepted()
    sent = form_of(officer.get(address(matter, "propose"))) | {
        "fact-grounds": "  ",
        "fact-opinion": "perhaps",
    }
    answer = officer.post(address(matter, "propose"), sent)
    assert answer.status_code == 422
    assert faults(answer) == ["“意见”应选：建议准予、建议不予。", "请填写“理由”。"]
    assert state_of(matter) == "reviewing"
    sent = form_of(answer) | {"fact-opinion": "deny", "fact-grounds": "长" * 2001}
    answer = officer.post(address(matter, "propose"), sent)
    assert faults(answer) == ["“理由”最多2000个字，现有2001个字。"]
    kept = form_of(answer)
    assert kept["fact-grounds"] == "长" * 2001
    assert kept["fact-opinion"] == "deny"


def test_several_lines_are_kept_as_they_were_typed(officer):
    matter = cases.accepted()
    sent = form_of(officer.get(address(matter, "propose")))
    sent |= {"fact-opinion": "grant", "fact-grounds": "一、符合。\r\n二、已核查。"}
    page = officer.post(address(matter, "propose"), sent, follow=True).content.decode()
    assert "一、符合。\n二、已核查。" in page


def test_what_is_typed_is_shown_as_text_and_never_as_markup(officer):
    matter = cases.accepted()
    sent = form_of(officer.get(address(matter, "propose")))
    sent |= {"fact-opinion": "grant", "fact-grounds": "<script>alert(1)</script>\"'>"}
    page = officer.post(address(matter, "propose"), sent, follow=True).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_hostile_characters_are_a_fault_at_the_field(officer):
    matter = cases.accepted()
    sent = form_of(officer.get(address(matter, "propose")))
    answer = officer.post(
        address(matter, "propose"), sent | {"fact-opinion": "grant", "fact-grounds": "a\0b"}
    )
    assert answer.status_code == 422
    assert len(faults(answer)) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"key": "", "seen": "1"},
        {"key": "short", "seen": "1"},
        {"key": "x" * 200, "seen": "1"},
        {"key": "k" * 20},
        {"key": "k" * 20, "seen": "-1"},
        {"key": "k" * 20, "seen": "0"},
        {"key": "k" * 20, "seen": "9" * 400},
        {"key": "k" * 20, "seen": "٣"},
        {"key": "' or 1=1 --" + "k" * 20, "seen": "1"},
    ],
)
def test_what_no_page_of_ours_would_send_is_refused(said, signed_in):
    matter = cases.submitted()
    assert signed_in(Role.WINDOW).post(address(matter, "accept"), said).status_code == 400
    assert state_of(matter) == "submitted"


def test_a_step_that_does_not_exist_is_not_found(signed_in):
    matter = cases.submitted()
    assert signed_in(Role.WINDOW).get(address(matter, "no_such_step")).status_code == 404


def test_a_step_whose_time_has_not_come_leads_back_to_the_matter(signed_in):
    matter = cases.submitted()
    answer = signed_in(Role.WINDOW).get(address(matter, "issue"), follow=True)
    assert "“颁发送达”现在不能办理" in answer.content.decode()


# --- two people, and one who is impatient ---------------------------------------------------------


def test_the_slower_of_two_is_told_who_when_and_what_and_keeps_what_he_typed(signed_in):
    matter = cases.submitted()
    slow, fast = signed_in(Role.WINDOW, login="slow"), signed_in(Role.WINDOW, login="fast")
    sent = form_of(slow.get(address(matter, "refuse"))) | {
        "fact-reason": "不属于本局职权，应向主管部门申请。"
    }
    fast.post(address(matter, "accept"), form_of(fast.get(address(matter, "accept"))))
    answer = slow.post(address(matter, "refuse"), sent)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "窗口人员" in page
    assert ">受理</a>" in page
    assert "审查中" in page
    assert "不属于本局职权，应向主管部门申请。" in page
    assert Matter.objects.get(pk=matter.pk).seq == 2


def test_where_the_step_is_still_open_he_may_send_it_again(signed_in):
    matter = cases.accepted()
    slow, fast = signed_in(Role.OFFICER, login="slow"), signed_in(Role.OFFICER, login="fast")
    told = {"fact-opinion": "deny", "fact-grounds": "场所不符合要求。"}
    sent = form_of(slow.get(address(matter, "propose"))) | told
    move(matter.pk, "send_out", fast.actor, {"excluded": "testing"})
    move(matter.pk, "take_back", fast.actor, {"result": "合格"})
    answer = slow.post(address(matter, "propose"), sent)
    assert answer.status_code == 412
    again = form_of(answer)
    assert told.items() <= again.items()
    assert (again["seen"], again["key"] != sent["key"]) == ("4", True)
    slow.post(address(matter, "propose"), again)
    assert state_of(matter) == "reviewed"


def test_a_form_that_is_sent_twice_counts_once(officer):
    matter = cases.accepted()
    sent = form_of(officer.get(address(matter, "propose"))) | {
        "fact-opinion": "grant",
        "fact-grounds": "符合。",
    }
    officer.post(address(matter, "propose"), sent)
    answer = officer.post(address(matter, "propose"), sent, follow=True)
    assert "先前已经办理，没有重复办理" in answer.content.decode()
    assert Entry.objects.filter(matter=matter.pk, step="propose").count() == 1


def test_a_form_that_is_sent_again_with_other_words_is_refused_and_the_words_are_kept(officer):
    matter = cases.accepted()
    sent = form_of(officer.get(address(matter, "propose"))) | {
        "fact-opinion": "grant",
        "fact-grounds": "符合。",
    }
    officer.post(address(matter, "propose"), sent)
    answer = officer.post(address(matter, "propose"), sent | {"fact-grounds": "其实不符合。"})
    assert answer.status_code == 422
    assert "其实不符合。" in answer.content.decode()
    assert Entry.objects.filter(matter=matter.pk, step="propose").count() == 1


def test_an_extension_that_the_law_does_not_know_keeps_what_was_typed(signed_in):
    matter = cases.accepted()
    move(matter.pk, "ask_extension", cases.OFFICER, {"days": 10, "reason": "须核实。"})
    approver = signed_in(Role.APPROVER)
    sent = form_of(approver.get(address(matter, "extend"))) | {
        "fact-days": "11",
        "fact-reason": "须向外省核实。",
    }
    answer = approver.post(address(matter, "extend"), sent)
    assert answer.status_code == 409
    assert "最多延长10" in answer.content.decode()
    again = form_of(answer)
    assert again["fact-reason"] == "须向外省核实。"
    approver.post(address(matter, "extend"), again | {"fact-days": "10"})
    assert state_of(matter) == "reviewing"


def test_a_correction_notice_that_comes_too_late_says_that_the_law_has_accepted(signed_in, on):
    with on("2026-05-06 09:00"):
        matter = cases.submitted()
    with on("2026-05-12 16:00"):
        clerk = signed_in(Role.WINDOW)
        sent = form_of(clerk.get(address(matter, "correct")))
        sent |= {"fact-missing-1-name": "章程", "fact-missing-1-problem": "缺"}
    with on("2026-05-13 09:00"):
        clerk = signed_in(Role.WINDOW)
        answer = clerk.post(address(matter, "correct"), sent)
        page = answer.content.decode()
    assert answer.status_code == 409
    assert "已经逾期" in page
    assert "视为受理" in page
    assert "章程" in page


# --- what cannot be taken back is asked twice --------------------------------------------------------


def test_a_step_that_ends_a_matter_is_confirmed_first(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    sent = form_of(clerk.get(address(matter, "refuse"))) | {"fact-reason": "不属于本局职权。"}
    confirming = clerk.post(address(matter, "refuse"), sent)
    page = confirming.content.decode()
    assert "以“不予受理”终结" in page
    assert "不属于本局职权。" in page
    assert state_of(matter) == "submitted"
    clerk.post(address(matter, "refuse"), form_of(confirming) | {"confirmed": "yes"})
    assert state_of(matter) == "refused"


def test_from_the_confirmation_one_goes_back_with_everything_typed(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    sent = form_of(clerk.get(address(matter, "refuse"))) | {"fact-reason": "不属于本局职权。"}
    confirming = clerk.post(address(matter, "refuse"), sent)
    back = clerk.post(address(matter, "refuse"), form_of(confirming) | {"back": "yes"})
    assert form_of(back)["fact-reason"] == "不属于本局职权。"
    assert state_of(matter) == "submitted"


def test_what_is_wrong_is_said_before_it_is_confirmed(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    answer = clerk.post(address(matter, "refuse"), form_of(clerk.get(address(matter, "refuse"))))
    assert faults(answer) == ["请填写“理由”。"]


def test_somebody_else_may_be_faster_than_the_confirmation(signed_in):
    matter = cases.submitted()
    slow, fast = signed_in(Role.WINDOW, login="slow"), signed_in(Role.WINDOW, login="fast")
    sent = form_of(slow.get(address(matter, "refuse"))) | {"fact-reason": "不属于本局职权。"}
    confirming = form_of(slow.post(address(matter, "refuse"), sent))
    move(matter.pk, "accept", fast.actor)
    answer = slow.post(address(matter, "refuse"), confirming | {"confirmed": "yes"})
    assert answer.status_code == 412
    assert "不属于本局职权。" in answer.content.decode()


# --- lists of materials --------------------------------------------------------------------------------


def test_rows_are_added_without_script(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    page = form_of(clerk.get(address(matter, "correct")))
    one = {"fact-missing-1-name": "章程", "fact-missing-1-problem": "缺签字"}
    more = form_of(clerk.post(address(matter, "correct"), page | one | {"more": "fact-missing"}))
    assert one.items() <= more.items()
    assert more["fact-missing-2-name"] == ""
    two = {"fact-missing-2-name": "租赁合同", "fact-missing-2-problem": "缺第三页"}
    confirming = clerk.post(address(matter, "correct"), more | two)
    assert "不能再补" in confirming.content.decode()
    clerk.post(address(matter, "correct"), form_of(confirming) | {"confirmed": "yes"})
    assert "缺第三页" in clerk.text(f"/matters/{matter.pk}/")


def test_blank_rows_are_nothing_and_half_rows_are_a_fault(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    page = form_of(clerk.get(address(matter, "correct")))
    said = {"fact-missing-1-name": "", "fact-missing-1-problem": " ", "fact-missing-7-name": "章程"}
    answer = clerk.post(address(matter, "correct"), page | said)
    assert faults(answer) == ["请填写““需要补正的材料”第1项的问题”。"]
    assert form_of(answer)["fact-missing-1-name"] == "章程"


def test_more_rows_than_there_may_be_are_refused(signed_in):
    matter, clerk = cases.submitted(), signed_in(Role.WINDOW)
    page = form_of(clerk.get(address(matter, "correct")))
    many = {f"fact-missing-{number}-{part}": "甲" for number in range(1, 260) for part in ("name", "problem")}
    answer = clerk.post(address(matter, "correct"), page | many)
    assert faults(answer) == ["“需要补正的材料”应为1至200项材料的清单。"]
