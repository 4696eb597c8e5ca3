"""Who asks, where a proxy stands before: named proxies are believed, nobody else."""

import pytest
from django.http import HttpResponse

from onewindow.main.proxies import FORWARDED, Proxies


@pytest.fixture
def seen(rf, settings):
    """META as the rest of the platform sees it."""
    settings.PROXIES = ["10.0.0.0/24", "127.0.0.1"]

    def ask(peer: str, **headers: str):
        told = {f"HTTP_{name}": value for name, value in headers.items()}
        request = rf.get("/", REMOTE_ADDR=peer, **told)
        Proxies(lambda _request: HttpResponse())(request)
        return request.META

    return ask


def test_a_proxy_is_believed(seen):
    meta = seen("10.0.0.7", X_FORWARDED_FOR="203.0.113.5", X_FORWARDED_PROTO="https", X_REQUEST_ID="k" * 12)
    assert meta["REMOTE_ADDR"] == "203.0.113.5"
    assert meta["HTTP_X_FORWARDED_PROTO"] == "https"
    assert meta["HTTP_X_REQUEST_ID"] == "k" * 12


def test_a_stranger_is_not(seen):
    meta = seen("203.0.113.9", X_FORWARDED_FOR="127.0.0.1", X_FORWARDED_PROTO="https", X_REQUEST_ID="k" * 12)
    assert meta["REMOTE_ADDR"] == "203.0.113.9"
    assert not {"HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUEST_ID"} & meta.keys()


def test_what_the_client_itself_claims_comes_first_and_is_not_believed(seen):
    meta = seen("10.0.0.7", X_FORWARDED_FOR="127.0.0.1, 203.0.113.5, 10.0.0.8")
    assert meta["REMOTE_ADDR"] == "203.0.113.5"


def test_rubbish_ends_the_search(seen):
    meta = seen("10.0.0.7", X_FORWARDED_FOR="203.0.113.5, unknown, 10.0.0.8")
    assert meta["REMOTE_ADDR"] == "10.0.0.8"


def test_a_proxy_that_says_nothing_is_the_client(seen):
    assert seen("10.0.0.7")["REMOTE_ADDR"] == "10.0.0.7"
    assert not seen("10.0.0.7")[FORWARDED]


def test_what_came_through_other_hands_is_marked_even_where_they_are_not_believed(seen):
    assert seen("127.0.0.1", FORWARDED="for=203.0.113.5")[FORWARDED]
