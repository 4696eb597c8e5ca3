"""The OpenAPI document: what it says of itself, and that clients can rely on it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from onewindow.main.api.matters import MOST
from onewindow.people.tokens import SCOPES
from tests.onewindow.api.conftest import SUBMIT, Caller, document

OPERATIONS = [
    (method, path, operation)
    for path, operations in document()["paths"].items()
    for method, operation in operations.items()
]
NAMES = [f"{method} {path}" for method, path, _operation in OPERATIONS]


def test_it_is_served_to_everybody_as_openapi_3_1(db):
    answered = Caller().get("openapi.json")
    assert answered.status == 200
    assert answered["openapi"].startswith("3.1")
    assert answered.body == document()
    assert Caller().post("openapi.json").status == 405


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_endpoint_declares_scope_problems_and_words(method, path, operation):
    [security] = operation["security"]
    assert set(security["token"]) <= set(SCOPES)
    assert {"400", "401", "403", "406", "422", "500", "503"} <= set(operation["responses"])
    if method == "post":
        assert {"413", "415"} <= set(operation["responses"])
    if "{" in path and "procedures" not in path:
        assert "404" in operation["responses"]
    assert operation["summary"]
    assert [status for status in operation["responses"] if status.startswith(("2", "3"))]


def test_every_reference_leads_somewhere():
    def references(value):
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"]
            for item in value.values():
                yield from references(item)
        elif isinstance(value, list):
            for item in value:
                yield from references(item)

    for reference in set(references(document())):
        place = document()
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_operations_have_names_of_their_own():
    names = [operation["operationId"] for _method, _path, operation in OPERATIONS]
    assert len(names) == len(set(names))


def walked(caller, path, name):
    """All items of a list, page by page, along Link and along next alike."""
    found, pages = [], 0
    while path:
        answered = caller.get(path)
        assert answered.status == 200, answered.body
        found += answered[name]
        pages += 1
        link = answered.headers.get("Link", "")
        path = link.partition(">")[0].removeprefix("<")
        assert bool(path) == (answered["next"] is not None)
        if path:
            assert parse_qs(urlsplit(path).query)["after"] == [answered["next"]]
    return found, pages


@pytest.fixture
def many(clerk, bureau):
    """Ids of twenty-five matters, every fifth accepted."""
    found = [clerk.post("matters", {**SUBMIT, "title": f"许可{number}"})["id"] for number in range(25)]
    for matter in found[::5]:
        clerk.post(f"matters/{matter}/steps/accept")
    return found


@pytest.mark.parametrize("limit", [1, 4, 24, 25, 26])
def test_a_list_is_walked_without_gap_and_without_repetition(clerk, many, limit):
    found, pages = walked(clerk, f"/api/v1/matters?limit={limit}", "matters")
    assert [one["id"] for one in found] == sorted(many, reverse=True)
    assert pages == -(-25 // limit)


def test_what_waits_comes_most_urgent_first(clerk, many):
    found, _pages = walked(clerk, "/api/v1/matters?waits_for=window&limit=7", "matters")
    waiting = sorted(set(many) - set(many[::5]))
    assert [one["id"] for one in found] == waiting
    assert [(one["step_due"], one["id"]) for one in found] == sorted(
        (one["step_due"], one["id"]) for one in found
    )


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=permit", 25),
        ("kind=journal", 1),
        ("state=reviewing", 5),
        ("waits_for=officer", 5),
        ("waits_for=window&state=submitted", 20),
        ("unit=section", 25),
        ("unit=bureau", 0),
        ("owner=p-1", 25),
        ("owner=p-2", 0),
        ("card=none", 25),
        ("card=red", 0),
        ("kind=permit&state=reviewing&unit=section&owner=p-1&waits_for=officer&card=none", 5),
    ],
)
def test_filters_narrow(clerk, many, query, count):
    found, _pages = walked(clerk, f"/api/v1/matters?{query}&limit=10", "matters")
    assert len(found) == count


def test_cards_are_found_by_their_colour(on, clerk):
    with on("2026-05-06 09:00"):
        matter = clerk.post("matters", SUBMIT)["id"]
        clerk.post(f"matters/{matter}/steps/accept")
    for day, card in (
        ("2026-05-07", "none"),
        ("2026-06-01", "warning"),
        ("2026-06-02", "yellow"),
        ("2026-06-03", "red"),
    ):
        with on(f"{day} 09:00"):
            shown = {
                name: [one["id"] for one in clerk.get(f"matters?card={name}")["matters"]]
                for name in ("none", "warning", "yellow", "red")
            }
            assert shown == {name: [matter] if name == card else [] for name in shown}


def test_what_one_sees_on_two_grounds_is_listed_once(bureau, many):
    bureau.accounts["window"].party = "p-1"
    bureau.accounts["window"].save()
    found, _pages = walked(bureau.caller("window"), "/api/v1/matters?limit=10", "matters")
    assert [one["id"] for one in found if one["kind"] == "permit"] == sorted(many, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "AAAA", "W10", "WzFd", "e30", "bnVsbA", "A" * 400])
@pytest.mark.parametrize("path", ["matters", "feed", "matters/{matter}/entries"])
def test_a_place_that_no_list_has_given_is_refused(clerk, begun, path, cursor):
    answered = clerk.get(f"{path.replace('{matter}', begun)}?after={cursor}")
    assert (answered.status, answered["code"]) == (422, "cursor-invalid")


def test_a_place_is_good_for_the_list_that_gave_it_alone(clerk, many):
    place = clerk.get("matters?kind=permit&limit=1")["next"]
    assert clerk.get(f"matters?kind=permit&limit=1&after={place}").status == 200
    for other in ("matters", "matters?kind=journal", "matters?kind=permit&waits_for=window", "feed"):
        mark = "&" if "?" in other else "?"
        assert clerk.get(f"{other}{mark}after={place}")["code"] == "cursor-invalid"


def test_entries_are_walked(clerk, bureau):
    bureau.token("officer")
    for _each in range(7):
        bureau.token("officer")
    auditor = bureau.caller("audit-admin")
    found, pages = walked(auditor, "/api/v1/matters/J-a-officer/entries?limit=4", "entries")
    assert [one["seq"] for one in found] == list(range(1, 10))
    assert pages == 3


def test_a_matter_shows_its_last_hundred_entries(bureau):
    for _each in range(MOST + 5):
        bureau.token("officer")
    read = bureau.caller("audit-admin").get("matters/J-a-officer")
    assert [one["seq"] for one in read["entries"]] == list(range(7, MOST + 7))


def test_a_deadline_is_explained_day_by_day(on, clerk):
    with on("2026-05-06 09:00"):
        matter = clerk.post("matters", {**SUBMIT, "promised": 10})["id"]
        before = clerk.get(f"matters/{matter}/deadline")
        assert (before["clock"], before["promised"], before["card"]) == ("not_started", None, "none")
        clerk.post(f"matters/{matter}/steps/accept")
    with on("2026-05-08 09:00"):
        told = clerk.get(f"matters/{matter}/deadline")
    counted = [day["day"] for day in told["promised"]["days"] if day["counts"] == "counted"]
    assert len(counted) == told["promised"]["total"] == 10
    assert "2026-05-09" in counted  # a Saturday that is worked
    assert told["promised"]["due"] == counted[-1] == "2026-05-19"
    assert told["legal"]["total"] == 20
    assert told["promised"]["days"][0]["reason"]


def test_procedures_say_what_their_steps_want(clerk):
    assert {"permit", "journal"} <= {one["kind"] for one in clerk.get("procedures")["procedures"]}
    permit = clerk.get("procedures/permit")
    steps = {step["key"]: step for step in permit["steps"]}
    assert steps["propose"]["facts"]["required"] == ["opinion", "grounds"]
    assert steps["submit"]["from"] == [""]
    assert steps["propose"]["facts"]["properties"]["opinion"]["oneOf"][0]["const"] == "grant"


def test_measures_are_computed_for_what_one_sees(on, bureau, clerk):
    with on("2026-05-06 09:00"):
        matter = clerk.post("matters", SUBMIT)["id"]
        clerk.post(f"matters/{matter}/steps/accept")
    with on("2026-05-07 09:00"):
        told = bureau.caller("supervisor").get("measures?first=2026-05-01&last=2026-05-31")
        beside = bureau.caller("neighbour").get("measures")
        assert clerk.get("measures?unit=neighbour").status == 403
        for query in ("first=2026-13-01", "first=20260501", "first=2026-05-02&last=2026-05-01"):
            assert clerk.get(f"measures?{query}").status == 422
    figures = {one["key"]: one["numerator"] for one in told["measures"]}
    assert figures
    assert 1 in figures.values()
    assert {one["numerator"] for one in beside["measures"]} == {0}
