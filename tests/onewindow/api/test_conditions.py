"""Tags: what was seen, and whether it still is so."""

import pytest

from tests.onewindow.api.conftest import SUBMIT


def test_what_did_not_change_is_not_sent_again(clerk, begun):
    tag = clerk.get(f"matters/{begun}").headers["ETag"]
    for header in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = clerk.get(f"matters/{begun}", if_none_match=header)
        assert (again.status, again.raw, again.headers["ETag"]) == (304, b"", tag)


def test_a_step_changes_the_tag(clerk, begun):
    tag = clerk.get(f"matters/{begun}").headers["ETag"]
    taken = clerk.post(f"matters/{begun}/steps/accept")
    read = clerk.get(f"matters/{begun}", if_none_match=tag)
    assert read.status == 200
    assert read.headers["ETag"] == taken.headers["ETag"] != tag


def test_the_card_changes_the_tag_and_not_what_may_be_done(on, clerk):
    with on("2026-05-06 09:00"):
        begun = clerk.post("matters", SUBMIT)["id"]
        tag = clerk.post(f"matters/{begun}/steps/accept").headers["ETag"]
    with on("2026-06-04 09:00"):
        read = clerk.get(f"matters/{begun}", if_none_match=tag)
        assert (read.status, read["card"]) == (200, "red")
        assert read.headers["ETag"] != tag


def test_the_tag_that_was_seen_lets_the_step_be_taken(clerk, begun):
    tag = clerk.get(f"matters/{begun}").headers["ETag"]
    assert clerk.post(f"matters/{begun}/steps/accept", if_match=tag).status == 200


def test_who_comes_second_is_told_what_happened(clerk, begun):
    tag = clerk.get(f"matters/{begun}").headers["ETag"]
    clerk.post(f"matters/{begun}/steps/accept", if_match=tag)
    missing = {"facts": {"missing": [{"name": "章程", "problem": "缺少"}]}}
    answered = clerk.post(f"matters/{begun}/steps/correct", missing, if_match=tag)
    assert (answered.status, answered["code"], answered["seq"]) == (412, "stale", 2)
    assert [(one["seq"], one["step"], one["state"]) for one in answered["happened"]] == [
        (2, "受理", "审查中")
    ]


@pytest.mark.parametrize("tag", ["", '"x"', "x", '"1-0"', 'W/"1-0-0"', '"0-0-0"', '"99-0-0"'])
def test_a_tag_that_it_never_had_is_refused(clerk, begun, tag):
    answered = clerk.post(f"matters/{begun}/steps/accept", if_match=tag)
    assert (answered.status, answered["code"]) == (412, "stale")


def test_any_tag_is_met_by_what_exists(clerk, begun):
    assert clerk.post(f"matters/{begun}/steps/accept", if_match="*").status == 200


def test_answers_are_not_shared_by_caches(clerk, begun):
    headers = clerk.get(f"matters/{begun}").headers
    assert headers["Vary"] == "Authorization"
    assert headers["Cache-Control"] == "private, no-cache"
