"""A request that is repeated with its key counts once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from onewindow.kernel.api import Entry, Matter
from tests.onewindow.api.conftest import NEIGHBOUR, SUBMIT, founded


def test_a_repeated_beginning_is_answered_alike(clerk):
    one = clerk.post("matters", SUBMIT, idempotency_key="k-1")
    two = clerk.post("matters", SUBMIT, idempotency_key="k-1")
    assert (one.status, two.status) == (201, 201)
    assert one.raw == two.raw
    assert "Idempotency-Replayed" not in one.headers
    assert two.headers["Idempotency-Replayed"] == "true"
    assert two.headers["Location"] == one.headers["Location"]
    assert Matter.objects.filter(kind="permit").count() == 1


def test_a_repeated_step_is_answered_alike_even_when_the_matter_went_on(clerk, bureau, begun):
    one = clerk.post(f"matters/{begun}/steps/accept", {}, idempotency_key="k-2")
    opinion = {"facts": {"opinion": "grant", "grounds": "材料齐全"}}
    assert bureau.caller("officer").post(f"matters/{begun}/steps/propose", opinion).status == 200
    two = clerk.post(f"matters/{begun}/steps/accept", {}, idempotency_key="k-2")
    assert (two.status, two.raw) == (200, one.raw)
    assert two.headers["Idempotency-Replayed"] == "true"
    assert "ETag" not in two.headers  # that of what it was then is none of what it is now


def test_a_repeated_step_counts_even_with_the_tag_that_was_good_then(clerk, begun):
    for _each in range(2):
        answered = clerk.post(f"matters/{begun}/steps/accept", {}, idempotency_key="k-3", if_match='"1-0-0"')
        assert answered.status == 200


@pytest.mark.parametrize(
    "changed", [{"title": "公共场所卫生许可"}, {"owner": "p-2"}, {"facts": {"note": "补充"}}, {"promised": 5}]
)
def test_a_key_that_comes_with_another_request_is_refused(clerk, changed):
    clerk.post("matters", SUBMIT, idempotency_key="k-4")
    answered = clerk.post("matters", {**SUBMIT, **changed}, idempotency_key="k-4")
    assert (answered.status, answered["code"]) == (422, "key-reused")


def test_a_key_belongs_to_whoever_used_it(clerk, bureau):
    one = clerk.post("matters", SUBMIT, idempotency_key="k-5")
    two = bureau.caller("applicant").post("matters", SUBMIT, idempotency_key="k-5")
    assert two.status == 201
    assert two["id"] != one["id"]


def test_a_request_that_was_refused_leaves_its_key_free(clerk):
    assert clerk.post("matters", {**SUBMIT, "unit": NEIGHBOUR}, idempotency_key="k-6").status == 403
    assert clerk.post("matters", SUBMIT, idempotency_key="k-6").status == 201


@pytest.mark.parametrize("key", ["", "with space", "x" * 101, "编号"])
def test_a_key_that_cannot_be_one_is_told(clerk, key):
    answered = clerk.post("matters", SUBMIT, idempotency_key=key)
    assert (answered.status, answered["errors"][0]["header"]) == (422, "Idempotency-Key")


@pytest.mark.django_db(transaction=True)
def test_a_request_that_comes_eight_times_at_once_counts_once():
    clerks = [founded().caller("window")]
    clerks += [type(clerks[0])(clerks[0].token) for _each in range(7)]

    def ask(caller):
        try:
            return caller.post("matters", SUBMIT, idempotency_key="k-7")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, clerks))
    assert {answered.status for answered in answers} == {201}
    assert len({answered.raw for answered in answers}) == 1
    assert Entry.objects.filter(kind="permit").count() == 1
