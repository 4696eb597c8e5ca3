"""Pages of units, staff, leave, persons and journals."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.kernel.api import SYSTEM, Entry
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.procedure import Role
from onewindow.people.api import Account, actor_of, find_persons, open_account, person, reveal, tree
from onewindow.people.login import authenticator
from onewindow.people.login.factors import factors_of
from onewindow.people.models import Authorisation, Delegation
from tests.onewindow.people.bureau import acting, identity, somebody, staff, units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _units():
    units()


class Reader(Client):
    """A browser in which somebody is signed in."""

    def __init__(self, account):
        super().__init__()
        self.account = account
        self.force_login(account)


@pytest.fixture
def clients():
    """`clients(Role.WINDOW)`: somebody of this role before the pages."""

    def sign_in(*roles, login=""):
        return Reader(staff(login or "-".join(role.value for role in roles), *roles))

    return sign_in


@pytest.fixture
def applicant():
    account = open_account("applicant", "某甲", SYSTEM, kind=Account.Kind.APPLICANT)
    account.party = somebody()
    account.save()
    return Reader(account)


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(client, address, **fields):
    """What is shown after a form was taken."""
    answer = client.post(address, fields, follow=True)
    assert answer.redirect_chain, text(answer, answer.status_code)
    return text(answer)


# --- units ------------------------------------------------------------------------------------


def test_the_system_administrator_sees_and_changes_the_tree(clients):
    admin = clients(Role.SYSTEM_ADMIN)
    shown = text(admin.get("/people/units/"))
    assert shown.index("某镇便民服务中心") < shown.index("某村便民服务站")
    sent(admin, "/people/units/add/", code="hall", name="进驻大厅", kind="department", parent="bureau")
    sent(admin, "/people/units/of/hall/", act="rename", name="政务大厅")
    sent(admin, "/people/units/of/hall/", act="move", parent="section")
    assert [unit.name for unit in tree().path("hall")][1:] == ["市场准入科", "政务大厅"]
    shown = sent(admin, "/people/units/of/hall/", act="close")
    assert "已撤销" in shown
    assert Entry.objects.filter(step="unit_changed", actor_id=admin.account.reference).count() == 4


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_how_to_mend_it(clients):
    admin = clients(Role.SYSTEM_ADMIN)
    shown = text(
        admin.post("/people/units/add/", {"code": "a b", "name": "进驻大厅", "kind": "section"}), 422
    )
    assert "单位代码应为" in shown
    assert 'value="进驻大厅"' in shown
    assert "不能作为它的上级" in text(
        admin.post("/people/units/of/town/", {"act": "move", "parent": "village"}), 422
    )
    text(admin.get("/people/units/of/nowhere/"), 404)


# --- staff ------------------------------------------------------------------------------------


def test_an_account_comes_from_the_one_and_its_role_from_the_other(clients):
    system, security = clients(Role.SYSTEM_ADMIN), clients(Role.SECURITY_ADMIN)
    shown = sent(system, "/people/staff/open/", login="Clerk", name="某某甲", kind="staff")
    assert "没有角色，什么都不能办理" in shown
    clerk = Account.objects.get(login="clerk")
    page = f"/people/staff/of/{clerk.reference}/"
    shown = text(system.post(f"{page}change/", {"act": "password"}))
    clerk.refresh_from_db()
    password = shown.split("<code>")[1].split("</code>")[0].replace("&amp;", "&")
    assert clerk.check_password(password)
    sent(security, f"{page}roles/", act="grant", role="window", unit="town", since="", until="")
    assert actor_of(clerk).grants[Role.WINDOW] == {"town", "village", "platform"}
    shown = text(
        security.post(f"{page}roles/", {"act": "grant", "role": "audit-admin", "unit": "bureau"}), 422
    )
    assert "三员分立" in shown
    held = clerk.assignments.get()
    assert "没有办理" in text(security.post(f"{page}roles/", {"act": "withdraw", "held": held.pk}), 422)
    sent(security, f"{page}roles/", act="withdraw", held=held.pk, reason="调离窗口")
    assert actor_of(clerk).grants == {}
    sent(system, f"{page}change/", act="rename", name="某某乙")
    sent(system, f"{page}change/", act="close", reason="离职")
    assert "恢复账户" in text(system.get(page))
    sent(system, f"{page}change/", act="reopen", reason="回局")
    assert "某某乙" in text(system.get("/people/staff/?q=某乙"))


def test_each_sees_only_his_own_forms(clients):
    clerk = staff("clerk", Role.WINDOW)
    page = f"/people/staff/of/{clerk.reference}/"
    system, security = (text(clients(role).get(page)) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))
    acts = ("close", "rename", "password", "grant", "withdraw")
    assert [f'name="act" value="{act}"' in system for act in acts] == [True, True, True, False, False]
    assert [f'name="act" value="{act}"' in security for act in acts] == [False, False, False, True, True]


def test_nobody_grants_himself_anything_by_the_page_either(clients):
    security = clients(Role.SECURITY_ADMIN)
    page = f"/people/staff/of/{security.account.reference}/"
    assert 'value="grant"' not in text(security.get(page))
    shown = text(security.post(f"{page}roles/", {"act": "grant", "role": "window", "unit": "town"}), 422)
    assert "不能给自己授予角色" in shown


def test_what_the_forms_do_not_offer_is_refused(clients):
    system, security = clients(Role.SYSTEM_ADMIN), clients(Role.SECURITY_ADMIN)
    clerk = staff("clerk", Role.WINDOW)
    page = f"/people/staff/of/{clerk.reference}/"
    text(system.post(f"{page}change/", {"act": "promote"}), 404)
    text(security.post(f"{page}roles/", {"act": "promote"}), 404)
    other = staff("other", Role.OFFICER).assignments.get()
    text(security.post(f"{page}roles/", {"act": "withdraw", "held": other.pk, "reason": "x"}), 404)
    text(security.post(f"{page}roles/", {"act": "withdraw", "held": "x", "reason": "x"}), 404)
    text(system.get("/people/staff/of/A-unknown/"), 404)


def test_it_takes_two_to_take_an_account_over(clients):
    """A password from the system administrator, second factors taken away by the security administrator."""
    system, security = clients(Role.SYSTEM_ADMIN), clients(Role.SECURITY_ADMIN)
    auditor = staff("auditor", Role.AUDIT_ADMIN)
    authenticator.enrol(auditor, "SECRETSECRET", 1)
    page = f"/people/staff/of/{auditor.reference}/"
    text(system.post(f"{page}change/", {"act": "factors", "reason": "丢失"}), 404)
    text(security.post(f"{page}roles/", {"act": "password"}), 404)
    assert "注销全部第二因素" in text(security.get(page))
    sent(security, f"{page}roles/", act="factors", reason="手机丢失")
    assert not factors_of(auditor)


def test_an_applicants_account_is_none_of_staff(clients, applicant):
    text(clients(Role.SYSTEM_ADMIN).get(f"/people/staff/of/{applicant.account.reference}/"), 404)


# --- leave ------------------------------------------------------------------------------------


def test_somebody_says_who_stands_in_for_him_and_takes_it_back(clients, on):
    with on("2026-05-06 09:00"):
        officer, deputy = clients(Role.OFFICER), staff("deputy")
        leave = {"since": "2026-05-11", "until": "2026-05-13", "reason": "年休假"}
        assert "职员deputy" in text(officer.get("/people/leave/"))
        shown = sent(officer, "/people/leave/", deputy=deputy.reference, **leave)
        assert "提前终止" in shown
        number = Delegation.objects.get().pk
        reader = Reader(staff("reader", Role.WINDOW))
        assert "年休假" not in text(reader.get("/people/leave/"))
        text(reader.post(f"/people/leave/{number}/end/"), 403)
        sent(officer, f"/people/leave/{number}/end/")
        assert Delegation.objects.get().ended is not None


def test_he_lends_only_his_own(clients, on):
    with on("2026-05-06 09:00"):
        officer, boss, deputy = clients(Role.OFFICER), staff("boss", Role.APPROVER), staff("deputy")
        sent(
            officer, "/people/leave/", lender=boss.reference, deputy=deputy.reference, since="2026-05-11",
            until="2026-05-13", reason="年休假",
        )  # fmt: skip
        assert Delegation.objects.get().assignment.account == officer.account


def test_the_security_administrator_sees_and_delegates_for_all(clients, on):
    with on("2026-05-06 09:00"):
        security, boss, deputy = clients(Role.SECURITY_ADMIN), staff("boss", Role.APPROVER), staff("deputy")
        leave = {"since": "2026-05-11", "until": "2026-05-13", "reason": "病假"}
        shown = sent(security, "/people/leave/", lender=boss.reference, deputy=deputy.reference, **leave)
        assert "病假" in shown


# --- journals ---------------------------------------------------------------------------------


def test_the_audit_administrator_reads_filters_and_goes_on(clients):
    audit, reference = clients(Role.AUDIT_ADMIN), somebody()
    clerk = acting("clerk", Role.WINDOW)
    for number in range(60):
        reveal(reference, "phone", clerk, f"理由{number}")
    shown = text(audit.get("/people/journals/", {"step": "value_read", "login": "clerk", "about": reference}))
    assert ("理由59" in shown, "理由10" in shown, "理由9" in shown.replace("理由59", "")) == (
        True,
        True,
        False,
    )
    assert "某*" in shown
    assert "职员clerk" in shown
    before = shown.split("before=")[1].split('"')[0]
    older = text(audit.get("/people/journals/", {"step": "value_read", "about": reference, "before": before}))
    assert ("理由9" in older, "理由10" in older) == (True, False)
    assert "没有记录" in text(audit.get("/people/journals/", {"login": "nobody"}))
    assert "没有记录" in text(audit.get("/people/journals/", {"until": "2020-01-01"}))
    text(audit.get("/people/journals/", {"since": "tomorrow", "before": "x"}))


def test_an_export_is_noted_before_it_is_given_and_asks_for_a_reason(clients):
    audit, reference = clients(Role.AUDIT_ADMIN), somebody()
    reveal(reference, "phone", acting("clerk", Role.WINDOW), "=HYPERLINK(1)")
    answer = audit.post("/people/journals/export/?step=value_read", {"reason": ""}, follow=True)
    assert "没有导出" in text(answer)
    assert not Entry.objects.filter(step="exported").exists()
    answer = audit.post("/people/journals/export/?step=value_read", {"reason": "季度审计"})
    entry = Entry.objects.get(step="exported")
    assert "日志1条" in entry.facts
    assert "季度审计" in entry.facts
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["时间", "对象", "事件", "角色", "操作人", "内容"]
    assert rows[1][1:5] == ["某*", "查看完整信息", "窗口人员", "职员clerk"]
    assert "HYPERLINK" in rows[1][5]
    assert all(cell[:1] not in "=+-@" for row in rows for cell in row if cell)


def test_no_spreadsheet_runs_what_a_name_says(clients):
    from onewindow.people.web.journals import _harmless

    assert [_harmless(cell) for cell in ("=1", "+1", "-1", "@x", "某")] == ["'=1", "'+1", "'-1", "'@x", "某"]


def test_somebody_sees_who_read_his_data_when_and_why(applicant):
    other = somebody("某乙", "1985-02-02")
    clerk = acting("clerk", Role.WINDOW)
    reveal(applicant.account.party, "identity", clerk, "核对证件原件")
    reveal(other, "identity", clerk, "与我无关")
    shown = text(applicant.get("/own/data/"))
    assert "核对证件原件" in shown
    assert "职员clerk" in shown
    assert "与我无关" not in shown
    assert "990000********" in shown
    assert identity("1990-01-01") not in shown
    full = text(applicant.post("/own/data/read/identity/"))
    assert identity("1990-01-01") in full
    assert "查看本人完整信息" in text(applicant.get("/own/data/"))
    text(applicant.post("/own/data/read/password/"), 422)


def test_who_is_not_registered_has_nothing_to_see():
    client = Reader(open_account("applicant", "某甲", SYSTEM, kind=Account.Kind.APPLICANT))
    assert "还没有登记您的个人信息" in text(client.get("/own/data/"))
    text(client.post("/own/data/read/name/"), 404)


# --- persons ----------------------------------------------------------------------------------


def test_a_person_is_registered_found_and_read_at_the_window(clients):
    window = clients(Role.WINDOW)
    told = {
        "document": "resident",
        "identity": identity("1990-01-01"),
        "name": "某某甲",
        "phone": "00000000000",
    }
    shown = sent(window, "/people/persons/register/", **told)
    assert "某*甲" in shown
    assert "不在行政区划表" in shown
    assert told["identity"] not in shown
    shown = sent(window, "/people/persons/register/", **{**told, "name": "某某乙"})
    assert "先前已经登记" in shown
    assert "登记的名称与本次填写的不同" in shown
    (found,) = find_persons("name", "某某甲")
    shown = text(window.post("/people/persons/", {"by": "identity", "value": told["identity"]}))
    assert found.reference in shown
    page = f"/people/persons/of/{found.reference}/"
    text(window.post(f"{page}read/identity/", {"reason": ""}), 422)
    shown = text(window.post(f"{page}read/identity/", {"reason": "核对证件"}))
    assert told["identity"] in shown
    sent(window, f"{page}change/", field="phone", value="01000000000")
    assert person(found.reference).phone == "010******00"
    assert "联系电话应为" in text(window.post(f"{page}change/", {"field": "phone", "value": "1"}), 422)
    text(window.get(f"{page}read/password/"), 404)
    text(window.get("/people/persons/of/P-unknown/"), 404)


def test_what_is_wrong_with_a_number_is_said_beside_it(clients):
    window = clients(Role.WINDOW)
    told = {"document": "resident", "identity": "990000199001010012", "name": "某甲"}
    shown = text(window.post("/people/persons/register/", told), 422)
    assert "校验位不符" in shown
    assert 'value="某甲"' in shown


def test_a_child_is_marked_on_the_page(clients, on):
    with on("2026-05-06 09:00"):
        reference = somebody(born="2020-01-01")
        window = clients(Role.WINDOW)
        assert "监护人同意" in text(window.get(f"/people/persons/of/{reference}/"))


def test_an_organisation_is_registered(clients):
    told = {"code": "91350100M000100Y43", "name": "某某有限公司", "representative": "某某甲"}
    shown = sent(clients(Role.WINDOW), "/people/persons/register/organisation/", **told)
    assert "91350100M000100Y43" in shown
    assert "某*甲" in shown


def test_an_agent_is_registered_with_his_paper_and_ended(clients):
    window, principal, agent = clients(Role.WINDOW), somebody(), somebody("某乙", "1985-02-02")
    page = f"/people/persons/of/{principal}/"
    told = {"agent": identity("1985-02-02"), "kind": "permit", "since": "2026-01-01", "until": "2099-12-31"}
    paper = SimpleUploadedFile("委托书.pdf", b"%PDF-1.7 a paper")
    sent(window, f"{page}agents/", **told, paper=paper)
    held = Authorisation.objects.get()
    assert (held.agent, held.kind, held.document) == (agent, "permit", sm3(b"%PDF-1.7 a paper").hex())
    paper.seek(0)
    stranger = {**told, "agent": identity("1970-07-07"), "paper": paper}
    shown = text(window.post(f"{page}agents/", stranger), 422)
    assert "请先登记代理人" in shown
    text(window.post(f"/people/persons/of/{agent}/agents/{held.pk}/end/"), 404)
    sent(window, f"{page}agents/{held.pk}/end/")
    held.refresh_from_db()
    assert held.ended is not None


def test_data_are_erased_by_the_security_administrator_who_is_sure(clients):
    security, reference = clients(Role.SECURITY_ADMIN), somebody()
    told = {"identity": identity("1990-01-01"), "reason": "本人申请删除"}
    text(security.post("/people/erasing/", told), 422)
    assert not person(reference).erased
    sent(security, "/people/erasing/", **told, sure="on")
    assert person(reference).erased
    assert "没有登记这个号码" in text(security.post("/people/erasing/", {**told, "sure": "on"}), 422)


def test_no_personal_value_stands_in_an_address(clients):
    window = clients(Role.WINDOW)
    somebody()
    answer = window.post("/people/persons/", {"by": "phone", "value": "00000000000"})
    assert "00000000000" not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
    assert answer["Cache-Control"] == "no-store"
