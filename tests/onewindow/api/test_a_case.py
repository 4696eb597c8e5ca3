"""A case over the API: begun, moved, read, listed."""

from tests.onewindow.api.conftest import SUBMIT


def test_from_submission_to_acceptance(clerk, bureau):
    begun = clerk.post("matters", SUBMIT)
    assert begun.status == 201
    assert begun.headers["Location"] == f"/api/v1/matters/{begun['id']}"
    taken = clerk.post(f"matters/{begun['id']}/steps/accept", {"facts": {"note": "材料齐全"}})
    assert (taken.status, taken["state"], taken["seq"]) == (200, "reviewing", 2)
    read = bureau.caller("applicant").get(f"matters/{begun['id']}")
    assert read.status == 200
    assert [entry["step"] for entry in read["entries"]] == ["submit", "accept"]
    assert read["due"] is not None
    assert read["entries"][0]["hash"] == read["entries"][1]["previous"]
