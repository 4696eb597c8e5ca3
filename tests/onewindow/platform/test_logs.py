"""Logs: one line of JSON for each request, which tells nothing of anybody."""

import io
import json
import logging
import sys

import pytest
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from onewindow.main.lines import JsonLines
from onewindow.main.logs import request_id
from onewindow.main.masking import MASK, masked
from onewindow.people.access import EVERYBODY, opened_to

SECRET = "张三 990000199001011234"


@opened_to(EVERYBODY)
def _one(_request, matter):
    return HttpResponse(f"{matter} {request_id()}")


@opened_to(EVERYBODY)
def _breaks(_request):
    somebody = SECRET
    raise ValueError(f"no such person: {somebody}")


urlpatterns = [path("one/<str:matter>/", _one), path("breaks", _breaks)]
handler500 = "onewindow.main.web.errors.broken"


@pytest.fixture
def written(caplog, settings):
    """Lines that were logged, as JSON."""
    settings.ROOT_URLCONF = __name__
    caplog.set_level(logging.DEBUG, "onewindow")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_a_request_is_told_once_by_its_route(client, written):
    answer = client.get("/one/261120-AAAA/?name=张三", HTTP_X_REQUEST_ID="not-believed")
    (line,) = written()
    assert line["event"] == "request"
    assert line["method"] == "GET"
    assert line["route"] == "one/<str:matter>/"
    assert line["status"] == 200
    assert line["ms"] >= 0
    assert line["request"] == answer.headers["X-Request-ID"]
    assert answer.content.decode().endswith(line["request"])
    assert "not-believed" not in str(line)
    assert "张三" not in str(line)
    assert "261120" not in str(line)


def test_an_address_that_does_not_exist_is_not_written_down(client, written):
    client.get("/search/990000199001011234")
    (line,) = written()
    assert (line["route"], line["level"]) == ("-", "DEBUG")
    assert "9900" not in str(line)


def test_an_exception_is_told_by_class_and_place_without_values(client, written):
    client.raise_request_exception = False
    answer = client.get("/breaks")
    broken, request = written()
    assert answer.status_code == 500
    assert broken["event"] == "broken"
    assert broken["exception"][0]["class"] == "builtins.ValueError"
    assert broken["exception"][0]["trace"][-1].endswith("_breaks")
    assert broken["request"] == request["request"] == answer.headers["X-Request-ID"]
    assert request["level"] == "ERROR"
    for part in SECRET.split():
        assert part not in str((broken, request))


def test_the_page_of_an_error_shows_the_id_of_the_request(client, written):
    client.raise_request_exception = False
    answer = client.get("/breaks")
    assert answer.headers["X-Request-ID"] in answer.content.decode()


def _formatted(error: Exception) -> dict:
    try:
        raise error
    except Exception:
        record = logging.LogRecord("onewindow.x", logging.ERROR, "", 0, "event", (), sys.exc_info())
    return json.loads(JsonLines().format(record))


def test_what_led_to_an_exception_is_told_too():
    cause = KeyError(SECRET)
    error = IntegrityError(SECRET)
    error.__cause__ = cause
    first, second = _formatted(error)["exception"]
    assert first["class"].endswith("IntegrityError")
    assert second["class"].endswith("KeyError")
    assert "张三" not in str((first, second))


def test_words_that_name_the_program_or_the_system_are_kept():
    assert "no attribute" in str(_formatted(AttributeError("'NoneType' has no attribute 'x'")))
    assert "28 No space left" in str(_formatted(OSError(28, "No space left on device", "/data/张三.pdf")))
    assert "张三" not in str(_formatted(OSError(28, "No space left on device", "/data/张三.pdf")))


def test_messages_of_libraries_pass_through_the_net():
    record = logging.LogRecord("library", logging.WARNING, "", 0, "call %s", ("139-0000-0000",), None)
    line = json.loads(JsonLines().format(record))
    assert line["message"] == f"call {MASK}"


# --- the net --------------------------------------------------------------------------------

_GAP = st.sampled_from(["", " ", "-", "－"])
_AROUND = st.text(alphabet="abc,;:/市民号码“”()<>", max_size=8)


def _written(digits: str, gaps: list[str], last: str = "") -> str:
    return "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=False)) + last


@st.composite
def numbers(draw):
    """Identity numbers of 18 and 15 digits, mobile phones and phones with an area code, as people write them."""
    size = draw(st.sampled_from([18, 15, 11, 12]))
    digits = draw(st.text(alphabet="0123456789", min_size=size, max_size=size))
    if size == 18 and draw(st.booleans()):
        digits, last = digits[:17], draw(st.sampled_from("Xx"))
    else:
        last = ""
    if draw(st.booleans()):
        digits = "".join(chr(ord("０") + int(digit)) for digit in digits)
    gaps = draw(st.lists(_GAP, min_size=len(digits) - 1, max_size=len(digits) - 1))
    return _written(digits, gaps, last)


@given(numbers(), _AROUND, _AROUND, st.sampled_from(["text", "list", "key", "number"]))
def test_no_number_of_anybody_passes(number, before, after, where):
    text = f"{before}{number}{after}"
    digits = "".join(one for one in number if one.isdigit())
    value = {
        "text": text,
        "list": [{"deep": (text,)}],
        "key": {text: 1},
        "number": int("9" + digits[1:]),
    }[where]
    told = str(masked(value))
    assert MASK in told
    assert number not in told
    assert sum(one.isdigit() for one in told) < 11


@given(st.integers(min_value=0, max_value=10**9), st.floats(0, 1e6), st.datetimes())
def test_figures_and_times_pass(number, seconds, at):
    told = {"count": number, "ms": seconds, "at": at.isoformat(timespec="seconds"), "right": True}
    assert masked(told) == told


def test_what_is_nested_without_end_is_cut():
    deep: list = []
    deep.append(deep)
    assert MASK in str(masked(deep))
