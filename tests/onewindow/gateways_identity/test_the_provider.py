"""The local identity service does what one of a province does."""

import json

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.onewindow.gateways_identity.services import BACK, CLIENT, Citizen, client_of, query_of, running


@pytest.fixture(scope="module")
def provider():
    with running() as one:
        yield one


@pytest.fixture
def asked(provider):
    return client_of(provider).ask(BACK).address


def read(provider, path: str):
    return json.loads(Citizen().open(provider.issuer + path)[2])


def test_it_says_what_it_is(provider):
    said = read(provider, "/.well-known/openid-configuration")
    assert said["issuer"] == provider.issuer
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert all(
        said[name].startswith(provider.issuer) for name in said if name.endswith(("_endpoint", "_uri"))
    )


def test_its_published_key_has_no_private_half(provider):
    (key,) = read(provider, "/jwks")["keys"]
    assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}


def test_its_page_names_invented_people(provider, asked):
    status, _leads, page = Citizen().open(asked)
    assert status == 200
    assert all(name in page for name in ("测试甲", "测试乙", "测试丙", "虚构"))


def test_its_tokens_hold_under_its_published_key(provider, asked):
    code = query_of(Citizen().picks(asked))["code"]
    granted = provider._codes.find(code)
    token = provider.id_token(provider._claims(granted, "access"))
    keys = KeySet.import_key_set(read(provider, "/jwks"))
    assert jwt.decode(token, keys, algorithms=["RS256"]).claims["acr"] == "3"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("client_id=onewindow", "client_id=other"),
        ("localhost%3A8000", "evil.example"),
        ("%2Flogin%2Fprovince%2Fback%2F", "%2Felsewhere%2F"),
        ("http%3A%2F%2Flocalhost", "https%3A%2F%2Fx%40localhost"),
    ],
)
def test_an_impostor_is_told_here_and_not_led_on(asked, before, after):
    assert before in asked
    status, leads_to, page = Citizen().open(asked.replace(before, after))
    assert (status, leads_to) == (400, "")
    assert "无法登录" in page


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("scope=openid", "scope=", "invalid_scope"),
        ("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request"),
    ],
)
def test_a_question_that_it_cannot_answer_is_told_to_whoever_asks(provider, asked, before, after, error):
    assert before in asked
    leads_to = Citizen().open(asked.replace(before, after))[1]
    assert leads_to.startswith(BACK)
    assert query_of(leads_to)["error"] == error
    assert query_of(leads_to)["iss"] == provider.issuer


def test_a_page_answers_one_question_once(provider, asked):
    citizen = Citizen()
    page = citizen.open(asked)[2]
    ticket = page.split('name="ticket" value="')[1].split('"')[0]
    form = {"ticket": ticket, "subject": "citizen-2"}
    assert query_of(citizen.open(f"{provider.issuer}/authorize", form)[1])["code"]
    assert citizen.open(f"{provider.issuer}/authorize", form)[0] == 400


def test_who_is_known_there_is_not_asked_again_until_he_logs_out(provider):
    client, citizen = client_of(provider), Citizen()
    question = client.ask(BACK)
    proof = client.answered(
        question.kept, query_of(citizen.picks(question.address, "citizen-2")), BACK
    ).id_token
    status, leads_to, _page = citizen.open(client.ask(BACK).address)
    assert (status, "code" in query_of(leads_to)) == (303, True)
    assert citizen.open(client.ask(BACK).address + "&prompt=login")[0] == 200
    left = "http://localhost:8000/login/left/"
    assert citizen.open(client.leave(proof, left))[1] == left
    assert citizen.open(client.ask(BACK).address)[0] == 200


def test_nobody_is_logged_out_or_led_elsewhere_by_a_stranger(provider):
    client, citizen = client_of(provider), Citizen()
    question = client.ask(BACK)
    proof = client.answered(question.kept, query_of(citizen.picks(question.address)), BACK).id_token
    assert citizen.open(f"{provider.issuer}/logout")[0] == 400
    assert citizen.open(client.leave(proof[:-8] + "AAAAAAAA", BACK))[0] == 400
    assert citizen.open(client.leave(proof, "https://evil.example/login/left/"))[:2] == (200, "")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"grant_type": "password"},
        {"client_id": CLIENT.id, "client_secret": "wrong", "grant_type": "authorization_code"},
        {"client_id": CLIENT.id, "client_secret": CLIENT.secret, "grant_type": "password"},
        {
            "client_id": CLIENT.id,
            "client_secret": CLIENT.secret,
            "grant_type": "authorization_code",
            "code": "x",
        },
    ],
)
def test_tokens_are_for_who_has_secret_and_code(provider, form):
    status, _leads, body = Citizen().open(f"{provider.issuer}/token", form)
    assert status in (400, 401)
    assert "error" in json.loads(body)


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/style.css", 200), ("/userinfo", 401), ("/nowhere", 404)]
)
def test_other_pages(provider, path, status):
    assert Citizen().open(provider.issuer + path)[0] == status
