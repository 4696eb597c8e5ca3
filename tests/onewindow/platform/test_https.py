"""Behind a proxy that encrypts: nothing is answered in the clear, and cookies are bound to this host."""

import pytest

ENVIRONMENT = {
    "ONEWINDOW_HTTPS": "yes",
    "ONEWINDOW_PROXIES": "10.0.0.5",
    "ONEWINDOW_ORIGIN": "https://spj.example.gov.cn",
    "ONEWINDOW_HOSTS": "spj.example.gov.cn",
    "ONEWINDOW_STREAM_URL": "https://spj.example.gov.cn",
}
ASK = """
from django.test import Client
def ask(path, proxy="10.0.0.5", proto="https", host="spj.example.gov.cn"):
    return Client().get(path, headers={"host": host, "x-forwarded-proto": proto}, REMOTE_ADDR=proxy)
"""


@pytest.fixture
def answered(installed):
    return lambda code: installed.python(ASK + code, **ENVIRONMENT).strip().split("\n")


def test_what_comes_encrypted_is_answered_and_bound_to_encryption(answered):
    status, hsts, cookies = answered(
        "page = ask('/login/')\n"
        "print(page.status_code)\nprint(page.headers['Strict-Transport-Security'])\n"
        'print(*(f\'{name} {one["secure"]} {one["httponly"]} {one["path"]} {one["domain"]!r}\''
        " for name, one in page.cookies.items()), sep=';')"
    )
    assert status == "200"
    assert hsts == "max-age=31536000"
    assert cookies
    for cookie in cookies.split(";"):
        name, *properties = cookie.split()
        assert name.startswith("__Host-"), cookie
        assert properties[:3] == ["True", "True", "/"]
        assert properties[3] == "''"


def test_what_comes_in_the_clear_is_sent_to_where_it_is_encrypted(answered):
    told = answered(
        "for page in (ask('/', proto='http'), ask('/', proxy='203.0.113.9')):\n"
        "    print(page.status_code, page.headers['Location'])\n"
        "print(ask('/healthz', proxy='127.0.0.1', proto='http', host='127.0.0.1:8000').status_code)\n"
        "print(ask('/', host='elsewhere.example').status_code)"
    )
    assert (
        told[:2] == ["301 https://spj.example.gov.cn/"] * 2
    )  # a stranger's word about encryption is nothing
    assert told[2:] == ["200", "400"]


def test_the_policy_of_pages_lets_them_ask_the_stream_alone(answered):
    (policy,) = answered("print(ask('/').headers['Content-Security-Policy'])")
    assert "connect-src 'self' https://spj.example.gov.cn" in policy
    assert "default-src 'none'" in policy
