"""Every endpoint × every role and every scope: closed unless opened."""

import json

import pytest

from onewindow.kernel.api import Entry
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.kernel.keeping.days import close_days
from onewindow.main.api.service import SERVICE
from onewindow.main.api.urls import ENDPOINTS  # noqa: F401 - declares them
from onewindow.people.models import Unit
from onewindow.people.tokens import SCOPES
from tests.onewindow.api.conftest import NEIGHBOUR, SECTION, SUBMIT
from tests.onewindow.api.test_documents import form
from tests.onewindow.dossiers import papers

BUSINESS = {"window", "officer", "approver", "supervisor"}
ADMINISTRATORS = {"system-admin", "security-admin", "audit-admin"}
ANYBODY = {*BUSINESS, *ADMINISTRATORS, "neighbour", "applicant", "stranger"}
SEES = {*BUSINESS, "applicant"}
FORM = form()
DIGEST = sm3(papers.pdf()).hex()

# (method, path) -> scope, body, roles that get 2xx, what the others get
OPENED = {
    ("POST", "matters"): ("matters:write", SUBMIT, {"window", "applicant"}, 403),
    ("POST", "matters/{matter}/steps/accept"): ("matters:write", {}, {"window"}, None),
    ("GET", "matters/{matter}"): ("matters:read", None, SEES, 404),
    ("GET", "matters/{matter}/entries"): ("matters:read", None, SEES, 404),
    ("GET", "matters/{matter}/deadline"): ("matters:read", None, SEES, 404),
    ("GET", "matters/{matter}/receipt"): ("matters:read", None, SEES, 404),
    ("POST", "dossiers"): ("documents:write", b"", ANYBODY, 0),
    ("POST", "matters/{matter}/documents"): (
        "documents:write",
        FORM,
        {"window", "officer", "approver", "applicant"},
        None,
    ),
    ("GET", "matters/{matter}/documents"): ("documents:read", None, SEES, 404),
    ("GET", "matters/{matter}/documents/{digest}"): ("documents:read", None, SEES, 404),
    ("GET", "matters"): ("matters:read", None, ANYBODY, 0),
    ("GET", "procedures"): ("matters:read", None, ANYBODY, 0),
    ("GET", "procedures/permit"): ("matters:read", None, ANYBODY, 0),
    ("GET", "feed"): ("feed:read", None, ANYBODY, 0),
    ("GET", "measures"): ("measures:read", None, {*BUSINESS, "neighbour"}, 403),
}
CASES = sorted(OPENED)


@pytest.fixture
def matter(on, bureau, settings, tmp_path, request):
    """One with a receipt, and with a document where one is asked for, submitted on the day before."""
    settings.STORAGE, settings.DOCUMENTS_INCOMING = str(tmp_path / "documents"), tmp_path / "incoming"
    with on("2026-05-06 09:00"):
        clerk = bureau.caller("window")
        begun = clerk.post("matters", SUBMIT)["id"]
        if "{digest}" in request.node.callspec.params["path"]:
            content, kind = FORM
            sent = bureau.caller("applicant").post(f"matters/{begun}/documents", content, content_type=kind)
            assert sent.status == 201
    with on("2026-05-07 00:05"):
        close_days()
    with on("2026-05-07 09:00"):
        yield begun


def ask(caller, method, path, body, matter):
    path = path.replace("{matter}", matter).replace("{digest}", DIGEST)
    if isinstance(body, tuple):
        return caller.post(path, body[0], content_type=body[1])
    return caller.get(path) if method == "GET" else caller.post(path, body)


def wanted_of(path, method, who):
    _scope, _body, opened, others = OPENED[method, path]
    if who in opened:
        return {200, 201}
    if others is None:  # who does not see the matter is not told that it exists
        return {403} if who in SEES else {404}
    return {others}


@pytest.mark.parametrize(("method", "path"), CASES, ids=[f"{one} {two}" for one, two in CASES])
@pytest.mark.parametrize("who", sorted(ANYBODY))
def test_who_may_call_what(bureau, matter, method, path, who):
    body = OPENED[method, path][1]
    answered = ask(bureau.caller(who), method, path, body, matter)
    assert answered.status in wanted_of(path, method, who), answered.body


@pytest.mark.parametrize(("method", "path"), CASES, ids=[f"{one} {two}" for one, two in CASES])
@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_a_token_does_no_more_than_its_scope(bureau, matter, method, path, scope):
    needed, body, _opened, _others = OPENED[method, path]
    answered = ask(bureau.caller("window", [scope]), method, path, body, matter)
    if scope == needed:
        assert answered.status in (200, 201), answered.body
    else:
        assert (answered.status, answered["code"]) == (403, "scope-missing")


def test_the_matrix_knows_every_endpoint():
    """Who adds an endpoint says here whom it is for."""
    known = {
        (method, path.replace("accept", "{step}").replace("procedures/permit", "procedures/{kind}"))
        for method, path in OPENED
    }
    served = {
        (method.upper(), path.removeprefix("/api/v1/"))
        for path, operations in SERVICE.get_openapi_schema()["paths"].items()
        for method in operations
    }
    assert served == known


def test_lists_hold_only_what_one_sees(bureau, begun, clerk):
    other = {**SUBMIT, "unit": NEIGHBOUR, "owner": "p-2"}
    beside = bureau.caller("neighbour").post("matters", other)["id"]
    seen = {
        who: {row["id"] for row in bureau.caller(who).get("matters")["matters"]} & {begun, beside}
        for who in ANYBODY
    }
    assert seen == {
        **{who: {begun} for who in BUSINESS},
        **{who: set() for who in ADMINISTRATORS},
        "neighbour": {beside},
        "applicant": {begun},
        "stranger": {beside},
    }


def test_an_applicant_submits_only_what_is_his_own(bureau):
    answered = bureau.caller("applicant").post("matters", {**SUBMIT, "owner": "p-2"})
    assert (answered.status, answered["code"]) == (403, "not-allowed")


def test_an_applicant_promises_nothing_in_the_bureaus_name(bureau, clerk):
    answered = bureau.caller("applicant").post("matters", {**SUBMIT, "promised": 1})
    assert (answered.status, answered["errors"][0]["pointer"]) == (422, "#/promised")
    assert clerk.post("matters", {**SUBMIT, "promised": 10}).status == 201


def test_nothing_is_given_to_a_unit_that_there_is_not_or_that_is_closed(bureau):
    applicant = bureau.caller("applicant")
    assert applicant.post("matters", {**SUBMIT, "unit": "nowhere"}).status == 422
    assert applicant.post("matters", SUBMIT).status == 201
    unit = Unit.objects.get(code=SECTION)
    unit.closed = "2026-01-01"
    unit.save()
    for who in ("applicant", "window"):
        answered = bureau.caller(who).post("matters", SUBMIT)
        assert (answered.status, answered["errors"][0]["pointer"]) == (422, "#/unit")


def test_a_clerk_of_the_unit_above_handles_the_section_and_not_the_neighbour(clerk):
    assert clerk.post("matters", {**SUBMIT, "unit": SECTION}).status == 201
    assert clerk.post("matters", {**SUBMIT, "unit": NEIGHBOUR}).status == 403


@pytest.mark.parametrize("step", ["accept", "there-is-no-such-step"])
def test_who_does_not_see_a_matter_cannot_tell_it_from_none(bureau, begun, step):
    caller = bureau.caller("stranger")
    hidden = caller.post(f"matters/{begun}/steps/{step}").body
    missing = caller.post(f"matters/000000-0000000000/steps/{step}").body
    for told in (hidden, missing):
        told.pop("instance")
        told["detail"] = told["detail"].replace(begun, "…").replace("000000-0000000000", "…")
    assert hidden == missing


def test_journals_are_written_by_nobody_from_outside(bureau):
    """Else anybody could note in his own journal that he had logged in with a second factor."""
    for who in ("window", "applicant", "security-admin"):
        caller = bureau.caller(who)
        body = {"facts": {"what": "一次性口令"}}
        answered = caller.post(f"matters/J-a-{who}/steps/factor_added", body)
        assert (answered.status, answered["code"]) == (403, "not-allowed")
        assert caller.post("matters/J-a-officer/steps/factor_added", body).status == 404
    begin = {**SUBMIT, "kind": "journal", "step": "open"}
    assert bureau.caller("system-admin").post("matters", begin).status == 403


def test_his_own_journal_is_read_by_himself_and_by_the_audit_administrator(bureau):
    for who in ANYBODY:
        bureau.token(who)
    for who in ANYBODY:
        status = bureau.caller(who).get("matters/J-a-officer").status
        assert status == (200 if who in ("officer", "audit-admin") else 404)


def refusals(who):
    entries = Entry.objects.filter(matter=f"J-a-{who}", step="refused").order_by("seq")
    return [json.loads(entry.facts)["what"] for entry in entries]


def test_who_calls_what_he_may_not_is_noted_once_an_hour(on, bureau, begun):
    with on("2027-05-06 09:00"):
        caller = bureau.caller("officer", ["matters:write"])
        for _each in range(3):
            assert caller.post(f"matters/{begun}/steps/accept").status == 403
            assert caller.get("feed").status == 403
            assert caller.get("matters/260101-AAAAAAAAAA").status == 403
    expected = [
        f"API POST /api/v1/matters/{begun}/steps/accept",
        "API GET /api/v1/feed",
        "API GET /api/v1/matters/260101-AAAAAAAAAA",
    ]
    assert refusals("officer") == expected
    with on("2027-05-06 10:01"):
        assert caller.get("feed").status == 403
    assert refusals("officer") == [*expected, expected[1]]


def test_what_does_not_exist_is_no_refusal(bureau, begun):
    assert bureau.caller("stranger").get(f"matters/{begun}").status == 404
    assert bureau.caller("stranger").post(f"matters/{begun}/steps/accept").status == 404
    assert refusals("stranger") == []
