"""Text messages: what a phone number is, how a text is cut, the phones of this machine, a provider over HTTP."""

import time
from contextlib import contextmanager

import pytest

from onewindow.gateways import posting
from onewindow.gateways.address import Misconfigured
from onewindow.gateways.sms import api, local
from onewindow.gateways.sms.models import Received
from onewindow.gateways.sms.numbers import segments
from onewindow.kernel.api import GatewayError, deliver_due, post
from tests.onewindow.gateways.servers import ACCOUNT, SECRET, Provider, certificate, closed_port, served

pytestmark = pytest.mark.django_db

ID = "0123456789abcdef" * 2
KEY = SECRET.replace(" ", "%20")


@pytest.fixture
def provider(settings):
    with served(Provider()) as server:
        settings.SMS = f"http://{ACCOUNT}:{KEY}@{server.address}/v1/send?sign=%E6%9F%90%E5%B8%82"
        yield server


@contextmanager
def refused(code, *, retry, down=None):
    with pytest.raises(GatewayError) as caught:
        yield
    assert (caught.value.code, caught.value.retry) == (code, retry)
    if down is not None:
        assert caught.value.down is down
    assert "0000" not in caught.value.message


# --- numbers and texts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to", ["13800000000", "+8613800000000", "0086 138-0000-0000", "00000000000", "（138）00000000"]
)
def test_a_mobile_number_in_any_of_its_spellings_is_reached(to):
    api.send(to, "您好", ID)
    assert local.received()[0].to in ("13800000000", "00000000000")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "12800000000",
        "0531-88880000",
        "1380000000",
        "138000000000",
        "13800000000;1",
        "一三八",
        "１３８００００００００",
    ],
)
def test_what_is_no_mobile_number_is_refused_for_good(to):
    with refused("not-a-mobile-number", retry=False, down=False):
        api.send(to, "您好", ID)
    assert Received.objects.count() == 0


def test_an_invented_number_is_good_for_the_phones_of_this_machine_alone(provider):
    with refused("not-a-mobile-number", retry=False):
        api.send("00000000000", "您好", ID)
    assert provider.delivered == {}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("好" * 70, [70]),
        ("好" * 71, [67, 4]),
        ("好" * 134, [67, 67]),
        ("好" * 135, [67, 67, 1]),
        ("🕊" * 35, [35]),
        ("🕊" * 36, [33, 3]),  # two units each, and never torn: 33 of them are 66 units
        ("好" * 66 + "🕊" + "好" * 4, [66, 5]),
    ],
)
def test_a_long_text_goes_out_in_parts_of_67(text, parts):
    assert [len(part) for part in segments(text)] == parts
    assert "".join(segments(text)) == text


def test_a_text_of_more_than_ten_parts_is_refused():
    api.send("00000000000", "好" * 670, ID)
    assert local.received()[0].segments == 10
    with refused("text-too-long", retry=False):
        api.send("00000000000", "好" * 671, ID)


def test_what_steers_a_screen_is_taken_out_of_a_text():
    api.send("00000000000", "第一行\r\n第二行\0\x1b[31m\u202e倒", ID)
    assert local.received()[0].text == "第一行\n第二行  [31m 倒"
    with refused("empty-text", retry=False):
        api.send("00000000000", "\0\x07 \u2028", ID)


# --- the phones of this machine -----------------------------------------------------------------


def test_a_text_that_comes_twice_rings_once():
    assert api.send("00000000000", "您好", ID) == api.send("00000000000", "您好", ID)
    (text,) = local.received()
    assert (text.to, text.text, text.segments, text.message_id) == ("00000000000", "您好", 1, ID)


def test_what_the_phones_received_is_sealed_at_rest_and_kept_for_ninety_days(on):
    with on("2026-05-06 09:00"):
        api.send("00000000000", "您好", ID)
    assert "您好".encode() not in bytes(Received.objects.get().sealed)
    with on("2026-08-04 09:00"):
        assert local.forget() == 0
    with on("2026-08-05 09:00"):
        assert local.forget() == 1
    assert local.received() == []


def test_from_the_outbox_to_the_phone(provider, settings):
    for where in ("local", settings.SMS):
        settings.SMS = where
        reference = post("sms", "13800000000", "您的申请已受理。")
        assert deliver_due().sent == 1
    assert provider.delivered == {reference: ("13800000000", "【某市】您的申请已受理。")}
    assert local.received()[0].text == "您的申请已受理。"


# --- a provider over HTTP -----------------------------------------------------------------------


def test_the_provider_checks_the_signature_and_gives_a_receipt(provider):
    assert api.send("13800000000", "您好", ID) == "r-012345"
    assert provider.delivered == {ID: ("13800000000", "【某市】您好")}


def test_a_wrong_secret_is_not_the_fault_of_the_message(provider, settings):
    settings.SMS = settings.SMS.replace(KEY, "another-secret-of-16")
    with refused("http-401", retry=True, down=True):
        api.send("13800000000", "您好", ID)
    assert provider.delivered == {}


@pytest.mark.parametrize(
    ("status", "retry"),
    [(400, False), (404, False), (409, False), (422, False), (403, True), (408, True), (429, True), (500, True),
     (503, True), (302, True)],
)  # fmt: skip
def test_what_the_provider_answers_says_whether_to_try_again(provider, status, retry):
    provider.answers = [status]
    with refused(f"http-{status}", retry=retry, down=retry):
        api.send("13800000000", "您好", ID)
    assert api.send("13800000000", "您好", ID)


def test_the_reason_of_a_refusal_stands_on_the_desk(provider):
    provider.answers = [400]
    with pytest.raises(GatewayError, match="被要求这样答复"):
        api.send("13800000000", "您好", ID)


def test_a_redirection_is_followed_nowhere(provider):
    with served(Provider()) as elsewhere:

        def away(handler):
            handler.send_response(307)
            handler.send_header("Location", f"http://{elsewhere.address}/")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        provider.answers = [away]
        with refused("http-307", retry=True, down=True):
            api.send("13800000000", "您好", ID)
        assert elsewhere.requests == []


def test_nobody_there_is_worth_another_try(settings):
    settings.SMS = f"http://{ACCOUNT}:{KEY}@127.0.0.1:{closed_port()}/"
    with refused("unreachable", retry=True, down=True):
        api.send("13800000000", "您好", ID)


def test_a_provider_that_hangs_up_or_never_stops_is_worth_another_try(provider, monkeypatch):
    monkeypatch.setattr(posting, "ANSWER_SECONDS", 0.5)

    def hang_up(handler):
        handler.close_connection = True

    def drip(handler):
        for _each in range(200):
            handler.wfile.write(b"X")
            time.sleep(0.02)  # a socket's own timeout of ten seconds would start anew each time

    for answer in (hang_up, drip):
        provider.answers = [answer]
        began = time.monotonic()
        with refused("unreachable", retry=True, down=True):
            api.send("13800000000", "您好", ID)
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b'{"receipt": 5}', b"[" * 60_000, b"x" * 100_000])
def test_an_answer_that_makes_no_sense_is_still_a_yes(provider, body):
    def strange(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    provider.answers = [strange]
    assert api.send("13800000000", "您好", ID) in ("", "5")


def test_a_certificate_that_nobody_vouches_for_is_refused(settings, tmp_path):
    path = certificate(tmp_path)
    with served(Provider(), path) as server:
        address = f"https://{ACCOUNT}:{KEY}@{server.address}/send"
        settings.SMS = address
        with refused("certificate", retry=True, down=True):
            api.send("13800000000", "您好", ID)
        settings.SMS = f"{address}?ca={path}"
        assert api.send("13800000000", "您好", ID) == "r-012345"


# --- the variable -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("lokal", "应为 local，或以 https://主机、http://主机 开头"),
        ("ftp://a:0123456789abcdef@host/", "应为 local"),
        ("https://host/send", "应写明账号和至少 16 个字符的密钥"),
        ("https://a:short@host/send", "至少 16 个字符的密钥"),
        ("https://a%0d%0aX:0123456789abcdef@host/send", "应写明账号"),
        ("http://a:0123456789abcdef@sms.example.org/", "只有本机"),
        ("https://a:0123456789abcdef@host:99999/", "主机名和端口"),
        ("https://a:0123456789abcdef@主机/", "主机名和路径只能用英文"),
        ("https://a:0123456789abcdef@host/?name=x", "不认识参数“name”"),
        ("https://a:0123456789abcdef@host/?ca=/nowhere.pem", "找不到这个文件"),
    ],
)
def test_a_variable_that_cannot_be_says_how_to_mend_it(value, told):
    with pytest.raises(Misconfigured, match=told) as caught:
        api.check(value)
    assert "0123456789abcdef" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        "local",
        "https://a:0123456789abcdef@sms.example.org:8443/v1?sign=某市",
        "http://a:0123456789abcdef@localhost/",
    ],
)
def test_variables_that_are_good(value):
    api.check(value)
