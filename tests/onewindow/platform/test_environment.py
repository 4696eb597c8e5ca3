"""Variables: each has a shape, and what does not fit is said with how to mend it."""

import pytest

from onewindow.main import databases
from onewindow.main.environment import VARIABLES, host_and_port, read, shown


def complaints(**values: str) -> dict[str, str]:
    found = read({f"ONEWINDOW_{name}": value for name, value in values.items()}).complaints
    return {one.variable.removeprefix("ONEWINDOW_"): one.message for one in found}


def test_nothing_set_is_right():
    assert complaints() == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("HTTPS", "tls"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "mysql://host/base"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_URL", "postgresql://user:pass#word@host:x/base"),
        ("ADDRESS", "8000"),
        ("ADDRESS", "127.0.0.1:99999"),
        ("ORIGIN", "spj.example.gov.cn"),
        ("ORIGIN", "https://spj.example.gov.cn/path"),
        ("STREAM_URL", "ws://host"),
        ("PROXIES", "the-proxy"),
        ("PROCESSES", "0"),
        ("THREADS", "-1"),
        ("THREADS", "４"),
        ("WORKER_SECONDS", "1.5"),
        ("TERMS", "/nowhere/terms.toml"),
    ],
)
def test_a_value_that_does_not_fit_is_named(name, value):
    assert list(complaints(**{name: value})) == [name]


def test_a_complaint_does_not_repeat_the_value_which_may_be_a_password():
    assert "hunter2" not in "".join(complaints(DATABASE_URL="hunter2", ADDRESS="hunter2").values())


def test_a_variable_nobody_knows_is_named_but_stops_nothing():
    (found,) = read({"ONEWINDOW_HOST": "x", "ONEWINDOW_TEST_POSTGRES": "y"}).complaints
    assert found.variable == "ONEWINDOW_HOST"
    assert not found.fatal


def test_https_needs_a_proxy_that_is_known():
    assert list(complaints(HTTPS="yes")) == ["PROXIES"]
    assert complaints(HTTPS="yes", PROXIES="10.0.0.0/24", ORIGIN="https://a.example") == {}
    assert list(complaints(HTTPS="yes", PROXIES="10.0.0.1", ORIGIN="http://a.example")) == ["ORIGIN"]


def test_web_and_stream_do_not_share_a_port():
    assert list(complaints(ADDRESS="127.0.0.1:1", STREAM_ADDRESS="127.0.0.1:1")) == ["STREAM_ADDRESS"]


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [("127.0.0.1:80", "127.0.0.1", 80), ("[::1]:80", "::1", 80), (":80", "0.0.0.0", 80)],
)
def test_addresses(text, host, port):
    assert host_and_port(text) == (host, port)


def test_secrets_are_shown_as_dots():
    by_name = {one.name: one for one in VARIABLES}
    assert shown(by_name["SECRET_KEY"], "s3cret") == "••••••••"
    assert shown(by_name["SECRET_KEY"], "") == ""
    assert shown(by_name["MAIL"], "smtp://me:s3cret@host") == "smtp://me:••••@host"
    assert shown(by_name["DATA"], "var") == "var"


# --- the database ---------------------------------------------------------------------------


def test_an_address_that_cannot_be_used_never_becomes_sqlite(tmp_path):
    assert databases.database("mysql://x", False, tmp_path)["ENGINE"].endswith("dummy")


def test_sqlite_guards_hold_against_replace(tmp_path):
    assert "recursive_triggers=ON" in databases.database("", True, tmp_path)["OPTIONS"]["init_command"]


def test_pages_do_not_wait_for_ever_and_commands_may(tmp_path):
    found = databases.database("postgresql://u@h/b?sslmode=require", True, tmp_path)
    assert "statement_timeout" not in str(found)
    databases.for_pages(found)
    assert "-c statement_timeout=30s" in found["OPTIONS"]["options"]
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["application_name"] == "onewindow"
