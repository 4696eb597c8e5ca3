"""Who comes back from the identity service is believed only as far as it is proved."""

import time

import pytest

from onewindow.gateways.address import Misconfigured
from onewindow.gateways.identity import discovery
from onewindow.gateways.identity.api import IdentityRefused, identity_service
from onewindow.gateways.identity.provider import Provider
from onewindow.gateways.identity.service import _level
from tests.onewindow.gateways_identity import services
from tests.onewindow.gateways_identity.services import BACK, Citizen, client_of, lying, query_of, running


def goes_through(kind=Provider, **picking):
    """A whole log-in at a service of some kind; who came back."""
    with running(kind) as provider:
        client = client_of(provider)
        question = client.ask(BACK)
        back = Citizen().picks(question.address, **picking)
        return client.answered(question.kept, query_of(back), BACK)


def refused(kind, **picking) -> IdentityRefused:
    with pytest.raises(IdentityRefused) as caught:
        goes_through(kind, **picking)
    return caught.value


def test_a_whole_log_in():
    citizen = goes_through()
    assert (citizen.subject, citizen.name, citizen.level) == ("citizen-1", "测试甲", 3)
    assert (citizen.identity_number, citizen.phone) == ("990000199001010017", "00000000001")
    assert "990000" not in repr(citizen)


def test_what_is_asked_is_bound_to_this_log_in():
    with running() as provider:
        client = client_of(provider)
        one, two = (query_of(client.ask(BACK).address) for _each in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert len(one[name]) >= 43
        assert one[name] != two[name]
    assert one["code_challenge_method"] == "S256"
    assert "code_verifier" not in one


NOW = int(time.time())
LIES = {
    "another nonce": lying(nonce="guessed"),
    "no nonce": lying(nonce=None),
    "another audience": lying(aud="another-client"),
    "no audience": lying(aud=None),
    "several audiences, for another": lying(aud=["onewindow", "other"], azp="other"),
    "another issuer": lying(iss="https://evil.example"),
    "no issuer": lying(iss=None),
    "expired": lying(iat=NOW - 1000, exp=NOW - 700),
    "no end": lying(exp=None),
    "made in the future": lying(iat=NOW + 4000, exp=NOW + 4300),
    "not yet good": lying(nbf=NOW + 4000),
    "nobody": lying(sub=None),
    "another access token": lying(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "alg none": services.Unsigned,
    "a key that is not theirs, under the name of theirs": services.ForeignKey,
    "a key that is not theirs": services.UnknownKey,
    "a MAC with the public key": services.KeyConfusion,
    "no token": services.Garbled,
}


@pytest.mark.parametrize("kind", LIES.values(), ids=LIES)
def test_an_id_token_that_does_not_hold_is_refused(kind):
    told = refused(kind)
    assert told.why == "id-token"
    assert "没有通过核验" in told.message


def test_a_service_that_tells_of_somebody_else_is_refused():
    assert refused(services.Other).why == "subject"


def test_a_service_under_a_false_name_is_refused():
    assert refused(services.Impostor).why == "discovery"


def test_our_secret_is_not_sent_in_clear_to_another_host():
    assert refused(services.Elsewhere).why == "discovery"


def test_who_cancels_is_told_so():
    told = refused(Provider, cancel="yes")
    assert told.why == "declined"


def test_a_new_key_of_the_service_is_asked_for_but_not_without_end(monkeypatch):
    with running(services.Rotating) as provider:
        client, citizen = client_of(provider), Citizen()

        def log_in():
            question = client.ask(BACK)
            return client.answered(question.kept, query_of(citizen.picks(question.address)), BACK)

        log_in()
        with pytest.raises(IdentityRefused):  # asked a moment ago
            log_in()
        monkeypatch.setattr(discovery, "_ASKED_AGAIN_SECONDS", 0)
        assert log_in().subject == "citizen-1"


@pytest.fixture
def under_way():
    """A client, what it kept, and the answer that the browser brings."""
    with running() as provider:
        client = client_of(provider)
        question = client.ask(BACK)
        yield client, question.kept, query_of(Citizen().picks(question.address))


@pytest.mark.parametrize(
    ("kept", "told", "why"),
    [
        ({"state": "another"}, {}, "state"),
        ({}, {"state": "another"}, "state"),
        ({}, {"state": ""}, "state"),
        ({}, {"state": "状态"}, "state"),
        ({}, {"iss": "https://evil.example"}, "issuer"),
        ({}, {"code": ""}, "code"),
        ({}, {"code": "guessed"}, "token_endpoint"),
        ({"verifier": "A" * 43}, {}, "token_endpoint"),
        ({"nonce": "another"}, {}, "id-token"),
    ],
)
def test_an_answer_to_another_question_is_refused(under_way, kept, told, why):
    client, ours, answer = under_way
    with pytest.raises(IdentityRefused) as caught:
        client.answered({**ours, **kept}, {**answer, **told}, BACK)
    assert caught.value.why == why


def test_an_answer_to_no_question_is_refused(under_way):
    client, _kept, answer = under_way
    with pytest.raises(IdentityRefused) as caught:
        client.answered(None, answer, BACK)
    assert caught.value.why == "state"


def test_a_code_is_good_once(under_way):
    client, kept, answer = under_way
    client.answered(kept, answer, BACK)
    with pytest.raises(IdentityRefused):
        client.answered(kept, answer, BACK)


def test_a_code_for_another_address_is_refused(under_way):
    client, kept, answer = under_way
    with pytest.raises(IdentityRefused):
        client.answered(kept, answer, BACK.replace("8000", "8001"))


def test_with_a_wrong_secret_nothing_is_told():
    with running() as provider:
        client = client_of(provider, "wrong")
        question = client.ask(BACK)
        with pytest.raises(IdentityRefused) as caught:
            client.answered(question.kept, query_of(Citizen().picks(question.address)), BACK)
    assert "http-401" in caught.value.message


def test_a_service_that_does_not_answer_is_told():
    with running() as provider:
        client = client_of(provider)
    with pytest.raises(IdentityRefused) as caught:
        client.ask(BACK)
    assert "暂时连不上统一身份认证" in caught.value.message


@pytest.mark.parametrize("issuer", ["http://identity.example.gov.cn", "identity", "", "ftp://127.0.0.1"])
def test_an_address_that_cannot_be_trusted_is_refused_at_once(issuer):
    with pytest.raises(Misconfigured):
        identity_service(issuer, "onewindow", "secret")


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("3", 3),
        (2, 2),
        ("L2", 2),
        ("urn:example:level:1", 1),
        ("level-3-verified", 3),
        ("高", 0),
        (None, 0),
        ([3], 0),
        (True, 0),
    ],
)
def test_levels_of_assurance_in_many_dresses(acr, level):
    assert _level(acr) == level
