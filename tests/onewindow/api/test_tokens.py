"""Tokens: drawn, shown once, kept as a digest, ended."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection

from onewindow.kernel import moment
from onewindow.kernel.api import Entry, FactsInvalid, NotAllowed, NotFound
from onewindow.people.api import actor_of
from onewindow.people.models import ApiToken
from onewindow.people.tokens import SCOPES, bearer_of, issue, revoke
from tests.onewindow.api.conftest import SECURITY, Caller, founded
from tests.onewindow.people import CLERK

pytestmark = pytest.mark.django_db


def until(days=30):
    return moment.today() + timedelta(days=days)


def notes(account):
    return list(Entry.objects.filter(matter=f"J-{account.reference}").values_list("step", flat=True))


def test_a_token_stands_for_its_account_and_scopes(bureau):
    found = bearer_of(bureau.token("window", ["matters:read"]))
    assert found.actor == actor_of(bureau.accounts["window"])
    assert found.scopes == {"matters:read"}


def test_the_text_of_a_token_is_kept_nowhere(bureau):
    token = bureau.token("window")
    secret = token.rsplit("_", 1)[1] if token.count("_") == 2 else token[12:]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert secret not in repr(cursor.fetchall())
    assert ApiToken.objects.get().prefix in token


def test_issuing_and_revoking_are_noted_in_the_journal_of_the_account(bureau):
    token = bureau.token("window")
    revoke(ApiToken.objects.get().prefix, SECURITY)
    assert notes(bureau.accounts["window"])[-2:] == ["token_issued", "token_revoked"]
    facts = Entry.objects.get(step="token_issued").facts
    assert token not in facts
    assert "matters:read" in facts


def test_only_the_security_administrator_issues_and_revokes(bureau):
    with pytest.raises(NotAllowed):
        issue(bureau.accounts["window"], "测试", ["matters:read"], until(), CLERK)
    assert not ApiToken.objects.exists()
    bureau.token("window")
    with pytest.raises(NotAllowed):
        revoke(ApiToken.objects.get().prefix, CLERK)
    assert ApiToken.objects.get().revoked is None


@pytest.mark.parametrize(
    ("title", "scopes", "days", "wrong"),
    [
        ("", ["matters:read"], 30, "title"),
        ("x" * 101, ["matters:read"], 30, "title"),
        ("测试", [], 30, "scopes"),
        ("测试", ["everything"], 30, "scopes"),
        ("测试", ["matters:read"], -1, "until"),
        ("测试", ["matters:read"], 367, "until"),
    ],
)
def test_what_is_wrong_with_a_token_is_told(bureau, title, scopes, days, wrong):
    with pytest.raises(FactsInvalid) as caught:
        issue(bureau.accounts["window"], title, scopes, until(days), SECURITY)
    assert [fault.key for fault in caught.value.faults] == [wrong]


def test_a_token_that_does_not_exist_cannot_be_revoked():
    with pytest.raises(NotFound):
        revoke("00000000", SECURITY)


def test_a_token_ends_on_its_last_day(on, bureau):
    with on("2026-05-06 09:00"):
        token = bureau.token("window")
    with on("2026-06-05 23:59"):
        assert bearer_of(token) is not None
    with on("2026-06-06 00:00"):
        assert bearer_of(token) is None


def test_a_revoked_token_and_one_of_a_closed_account_hold_no_more(bureau):
    first, second = bureau.token("window"), bureau.token("officer")
    revoke(ApiToken.objects.get(account=bureau.accounts["window"]).prefix, SECURITY)
    bureau.accounts["officer"].is_active = False
    bureau.accounts["officer"].save()
    assert bearer_of(first) is None
    assert bearer_of(second) is None


@pytest.mark.parametrize("change", [lambda one: one[:-1], lambda one: one + "A", str.lower, lambda _: "ow_"])
def test_a_token_that_is_almost_right_is_wrong(bureau, change):
    assert bearer_of(change(bureau.token("window"))) is None


def test_a_token_with_the_right_prefix_and_another_secret_is_wrong(bureau):
    one, two = bureau.token("window"), bureau.token("window")
    assert bearer_of(one[:12] + two[12:]) is None


def test_the_last_day_of_use_is_noted(on, bureau):
    with on("2026-05-06 09:00"):
        token = bureau.token("window")
    with on("2026-05-07 09:00"):
        bearer_of(token)
        assert ApiToken.objects.get().used == moment.today()
    with on("2026-05-08 09:00"):
        bearer_of(token)
        assert ApiToken.objects.get().used == moment.today()


def test_without_a_token_nothing_is_answered(db):
    answered = Caller().get("matters")
    assert (answered.status, answered["code"]) == (401, "token-missing")
    assert answered.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header", ["Basic eDp5", "Bearer", "Bearer ", "Bearer x", "ow_x", "Bearer ow_\u4e00"]
)
def test_what_is_no_token_is_refused(db, header):
    answered = Caller().get("matters", authorization=header)
    assert answered.status == 401


def test_a_wrong_token_is_told_from_a_missing_one(bureau):
    caller = bureau.caller("window")
    caller.token = caller.token[:-4] + "AAAA"
    answered = caller.get("matters")
    assert (answered.status, answered["code"]) == (401, "token-invalid")
    assert 'error="invalid_token"' in answered.headers["WWW-Authenticate"]


def test_what_a_missing_scope_is_called(bureau):
    answered = bureau.caller("window", ["feed:read"]).get("matters")
    assert (answered.status, answered["code"], answered["scope"]) == (403, "scope-missing", "matters:read")


def test_every_scope_is_wanted_by_an_endpoint_or_by_documents():
    assert set(SCOPES) == {
        "matters:read",
        "matters:write",
        "feed:read",
        "measures:read",
        "documents:read",
        "documents:write",
    }


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_restarted_costs_no_request():
    """Kept connections are not tried out before each request; the first one that is dead is made anew."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server")
    caller = founded().caller("window")
    assert caller.get("matters").status == 200
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    assert caller.get("matters").status == 200
