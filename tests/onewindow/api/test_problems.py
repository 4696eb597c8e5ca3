"""Whatever comes in, what goes out is an answer or a problem with a stable code; never a 500, never HTML."""

import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from jsonschema import Draft202012Validator

import onewindow
from onewindow.kernel.errors import Refused
from onewindow.main.api import lists
from onewindow.main.api.reading import DEEPEST, MOST_BYTES
from onewindow.main.api.shapes import SCHEMAS
from onewindow.main.problems import CODES, page
from tests.onewindow.api.conftest import SUBMIT, Caller

DOCS = Path(__file__).parents[3] / "docs" / "problems.md"
PROBLEM = Draft202012Validator(SCHEMAS["Problem"])


def is_problem(answered, code):
    assert answered.body is not None, answered.raw[:200]
    PROBLEM.validate(answered.body)
    assert answered.headers["Content-Type"] == "application/problem+json"
    assert (answered["code"], answered.status) == (code, CODES[code].status), answered.body
    assert answered["status"] == answered.status
    assert Caller().call("GET", answered["type"]).status == 200
    return True


def with_facts(text):
    return json.dumps(SUBMIT).replace('"facts": {}', f'"facts": {text}').encode()


HOSTILE = {
    "nothing": b"",
    "no JSON": b"kind=permit",
    "half of it": b'{"kind": "permit"',
    "two values": b"{}{}",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "not UTF-8": b'{"kind": "\xff"}',
    "UTF-16": json.dumps(SUBMIT).encode("utf-16"),
    "a name twice": b'{"kind": "permit", "kind": "journal"}',
    "a name twice below": with_facts('{"note": "1", "note": "2"}'),
    "NaN": with_facts('{"note": NaN}'),
    "Infinity": with_facts('{"note": -Infinity}'),
    "an endless number": with_facts('{"note": ' + "9" * 5000 + "}"),
    "an endless fraction": with_facts('{"note": 0.' + "9" * 5000 + "}"),
    "a number beyond all": with_facts('{"note": 1e999}'),
    "half a character": with_facts('{"note": "\\ud800"}'),
    "half a character as a name": with_facts('{"\\udc00": 1}'),
    "U+0000": with_facts('{"note": "\\u0000"}'),
    "U+0000 as a name": with_facts('{"\\u0000": 1}'),
    "too deep": with_facts("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)),
    "much too deep": b"[" * 100_000,
    "much too deep an object": b'{"a":' * 40_000,
    "a raw control character": with_facts('{"note": "\x01"}'),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_json_that_means_nothing_or_two_things_is_refused(clerk, name):
    assert is_problem(clerk.post("matters", HOSTILE[name]), "json-invalid")


def each(name: str, *values: Any) -> list[Any]:
    """Submissions, each with another value."""
    return [{**SUBMIT, name: value} for value in values]


MATERIAL = {"name": "章程", "problem": "缺少"}
WRONG: dict[str, list[Any]] = {
    "#": [b"[]", b"null", b'"text"', b"1", b"true"],
    "#/kind": each("kind", 1, None, "x" * 41),
    "#/title": each("title", "", "  ", "x" * 201, "\u3000", "a\nb"),
    "#/unit": each("unit", [], "", "a b"),
    "#/owner": each("owner", {}, "x" * 41),
    "#/promised": each("promised", 0, -1, 3651, 1.5, True, "5", 10**19),
    "#/facts": each("facts", None, [], "x", 1),
    "#/facts/note": each("facts", {"note": 1.5}, {"note": {}}, {"note": {"a": []}}),
    "#/facts/note/0": each("facts", {"note": [1]}, {"note": [None]}, {"note": ["x"]}, {"note": [[]]}),
    "#/facts/note/0/name": each("facts", {"note": [{**MATERIAL, "name": 1}]}),
    "#/facts/note/0/colour": each("facts", {"note": [{**MATERIAL, "colour": "red"}]}),
    "#/facts/days": each("facts", {"days": 2**53}, {"days": -(2**53)}, {"days": 10**19}),
    "#/facts/材料": each("facts", {"材料": "x"}),
    "#/documents": each("documents", {}, ["0" * 64] * 201),
    "#/documents/0": each("documents", [""], ["g" * 64], ["0" * 63], ["0" * 64 + "\n"], [1]),
    "#/colour": each("colour", "red"),
    "#/a~1b~0c": each("a/b~c", 1),
}


@pytest.mark.parametrize("pointer", sorted(WRONG))
def test_what_is_wrong_is_told_with_its_place(clerk, pointer):
    for body in WRONG[pointer]:
        answered = clerk.post("matters", body)
        assert is_problem(answered, "request-invalid")
        assert {one["pointer"] for one in answered["errors"]} == {pointer}, body


def test_everything_that_is_wrong_is_told_at_once(clerk):
    answered = clerk.post("matters", {"kind": 1, "title": "", "colour": "red"})
    assert {one["pointer"] for one in answered["errors"]} == {
        "#/kind",
        "#/step",
        "#/unit",
        "#/title",
        "#/colour",
    }


def test_facts_are_told_with_their_place(clerk, bureau, begun):
    clerk.post(f"matters/{begun}/steps/accept")
    wrong = {"facts": {"opinion": "maybe", "colour": "red"}}
    answered = bureau.caller("officer").post(f"matters/{begun}/steps/propose", wrong)
    assert is_problem(answered, "facts-invalid")
    assert {(one["pointer"], one["code"]) for one in answered["errors"]} == {
        ("#/facts/colour", "unknown"),
        ("#/facts/opinion", "choice"),
        ("#/facts/grounds", "missing"),
    }


@pytest.mark.parametrize("value", [1, -1, True, [], [{"name": "", "problem": ""}], None, "", "x", 2**53 - 1])
def test_facts_of_any_type_are_read_or_refused(clerk, bureau, begun, value):
    clerk.post(f"matters/{begun}/steps/accept")
    for step, key in (
        ("propose", "opinion"),
        ("propose", "grounds"),
        ("send_out", "excluded"),
        ("ask_extension", "days"),
    ):
        answered = bureau.caller("officer").post(f"matters/{begun}/steps/{step}", {"facts": {key: value}})
        assert is_problem(answered, "facts-invalid")
    missing = {"facts": {"missing": value}}
    assert clerk.post(f"matters/{clerk.post('matters', SUBMIT)['id']}/steps/correct", missing).status == 422


def test_what_does_not_fit_into_an_entry_is_refused(clerk, begun):
    """Every material within its limit, and all of them beyond that of an entry."""
    missing = [{"name": "材" * 200, "problem": "缺" * 490} for _each in range(160)]
    body = json.dumps({"facts": {"missing": missing}}, ensure_ascii=False).encode()
    assert len(body) > MOST_BYTES
    assert is_problem(clerk.post(f"matters/{begun}/steps/correct", body), "too-large")
    missing = missing[: len(missing) * MOST_BYTES // len(body)]
    body = json.dumps({"facts": {"missing": missing}}, ensure_ascii=False).encode()
    assert clerk.post(f"matters/{begun}/steps/correct", body).status in (200, 422)


def test_a_body_that_is_too_large_is_refused_before_it_is_read(clerk):
    assert is_problem(clerk.post("matters", b" " * (MOST_BYTES + 1)), "too-large")
    assert is_problem(clerk.post("matters", b" " * 3_000_000), "too-large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "", "application/x-www-form-urlencoded", "application/json; charset=gbk"]
)
def test_another_type_of_content_is_refused(clerk, kind):
    assert is_problem(clerk.post("matters", SUBMIT, content_type=kind), "media-type")


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/json ;charset=UTF-8"]
)
def test_json_may_say_that_it_is_utf_8(clerk, kind):
    assert clerk.post("matters", SUBMIT, content_type=kind).status == 201


def test_compressed_content_is_refused(clerk):
    assert is_problem(clerk.post("matters", SUBMIT, content_encoding="gzip"), "media-type")


def test_another_type_of_answer_is_refused(clerk):
    assert is_problem(clerk.get("matters", accept="text/html"), "not-acceptable")
    for accept in ("*/*", "application/*", "text/html, application/json;q=0.5"):
        assert clerk.get("matters", accept=accept).status == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_other_methods_are_refused(clerk, method):
    answered = clerk.call(method, "matters")
    assert answered.status == 405
    assert set(answered.headers["Allow"].split(", ")) == {"GET", "POST"}
    if method != "HEAD":
        assert is_problem(answered, "method-not-allowed")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "matters/",
        "/api",
        "/api/",
        "/api/v2/matters",
        "matters/x/y/z",
        "matters/%00",
        "matters/%FF",
    ],
)
def test_an_address_that_does_not_exist(clerk, path):
    assert is_problem(clerk.get(path), "not-found")


@pytest.mark.parametrize("matter", ["x" * 41, "%E4%B8%80", "000000-0000000000", "'", "%2e%2e", "J-"])
def test_a_matter_that_does_not_exist(clerk, matter):
    for path in ("", "/entries", "/deadline"):
        assert is_problem(clerk.get(f"matters/{matter}{path}"), "not-found")
    assert is_problem(clerk.post(f"matters/{matter}/steps/accept"), "not-found")


@pytest.mark.parametrize("kind", ["nothing", "%00", "x" * 300])
def test_a_kind_that_does_not_exist(clerk, kind):
    assert is_problem(clerk.get(f"procedures/{kind}"), "not-found")
    body = {**SUBMIT, "kind": kind[:40]}
    assert is_problem(clerk.post("matters", body), "not-found")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("limit=1.0", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("colour=red", "colour"),
        ("waits_for=nobody", "waits_for"),
        ("card=green", "card"),
        ("owner=", "owner"),
        ("kind=" + "x" * 41, "kind"),
        ("%00=1", "␀"),
        ("kind=a%00", "kind"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(clerk, query, parameter):
    answered = clerk.get(f"matters?{query}")
    assert is_problem(answered, "request-invalid")
    assert answered["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize("name", ["kind", "state", "unit", "owner"])
@pytest.mark.parametrize("value", ["%FF", "%27", "%ED%A0%80", "%F0%9F%98%80"])
def test_a_filter_of_any_text_finds_nothing(clerk, begun, name, value):
    answered = clerk.get(f"matters?{name}={value}")
    assert answered.status == 200
    assert answered["matters"] == []


def test_a_step_that_is_not_possible_says_why(clerk, begun):
    clerk.post(f"matters/{begun}/steps/accept")
    answered = clerk.post(f"matters/{begun}/steps/accept")
    assert is_problem(answered, "step-not-possible")
    assert (answered["state"], answered["seq"]) == ("reviewing", 2)


def test_a_term_that_has_passed_says_when(on, clerk):
    with on("2026-05-06 09:00"):
        begun = clerk.post("matters", SUBMIT)["id"]
    with on("2026-05-20 09:00"):
        missing = {"facts": {"missing": [{"name": "章程", "problem": "缺少"}]}}
        answered = clerk.post(f"matters/{begun}/steps/correct", missing)
    assert is_problem(answered, "term-lapsed")
    assert answered["last"] == "2026-05-12"


def test_a_database_that_is_gone_is_told_from_a_fault(clerk, monkeypatch):
    def gone(*_args):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(lists, "page", gone)
    answered = clerk.get("matters")
    assert is_problem(answered, "unavailable")
    assert answered.headers["Retry-After"]
    assert "server closed" not in answered.raw.decode()


def test_a_fault_of_ours_tells_nothing_of_itself(clerk, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(lists, "page", broken)
    answered = clerk.get("matters")
    assert is_problem(answered, "broken")
    assert "secret" not in answered.raw.decode()


def test_a_host_that_is_not_ours_is_refused(clerk):
    assert is_problem(clerk.get("matters", host="elsewhere.example"), "bad-request")


def test_an_answer_that_is_wrong_sets_no_cookie(clerk):
    for answered in (clerk.get("matters"), clerk.get("nothing"), Caller().get("matters")):
        assert "Set-Cookie" not in answered.headers


def refusals(kind=Refused):
    for one in kind.__subclasses__():
        yield one
        yield from refusals(one)


def test_every_refusal_of_the_platform_has_its_line():
    for module in pkgutil.walk_packages(onewindow.__path__, "onewindow."):
        importlib.import_module(module.name)
    found = {one.code for one in refusals() if one.__module__.startswith("onewindow.")}
    assert {"stale", "file-refused"} <= found <= set(CODES)


def test_the_page_of_problems_is_written_from_the_table():
    assert DOCS.read_text(encoding="utf-8") == page(), "docs/problems.md is out of date: run `make docs`"


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_problem_has_a_page(code):
    answered = Caller().call("GET", f"/problems/{code}")
    assert answered.status == 200
    assert str(CODES[code].mend) in answered.raw.decode()


def test_a_problem_that_there_is_not_has_none(db):
    assert Caller().call("GET", "/problems/nothing").status == 404
