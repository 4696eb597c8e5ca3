"""Reports to the province: signed, in shape, once; and a receiver that really checks."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from wsgiref.simple_server import make_server

import pytest

from onewindow.gateways.address import Misconfigured
from onewindow.gateways.province import api, document, signing
from onewindow.gateways.province.receiver import Receiver
from onewindow.gateways.province.serving import _Handler, _Server
from onewindow.gateways.province.store import Store
from onewindow.kernel import moment
from onewindow.kernel.api import GatewayError
from onewindow.kernel.crypto import sm2
from tests.onewindow.gateways.servers import closed_port

ID = "0123456789abcdef" * 2
REPORT = api.Report(
    case="260506-ABCDEFGHJK",
    title="食品经营许可",
    unit="bureau",
    seq=2,
    state="reviewing",
    state_title="审查中",
    status=api.RECEIVED,
    kind=api.PROMISED,
    at=datetime(2026, 5, 7, 9, 30),  # noqa: DTZ001 - as it is written out
    applied=datetime(2026, 5, 6, 9, 0, 1),  # noqa: DTZ001
    basis="行政许可法 第三十二条第一款第五项",
    due=date(2026, 6, 3),
)
CONTENT = api.report(REPORT)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PROVINCE = "local"
    settings.PROVINCE_KEY = tmp_path / "province-key.pem"
    settings.PROVINCE_RECEIVED = tmp_path / "received.sqlite3"


@pytest.fixture
def store(settings):
    return Store(settings.PROVINCE_RECEIVED)


@pytest.fixture
def over_http(settings, store):
    """The receiver as a server, and the gateway set to it."""
    api.draw_key()
    receiver = Receiver(store, signing.public_path(settings.PROVINCE_KEY))
    with make_server("127.0.0.1", 0, receiver, _Server, _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        settings.PROVINCE = f"http://127.0.0.1:{server.server_port}/reports"
        yield server.server_port
        server.shutdown()
        thread.join()


@contextmanager
def refused(code, *, retry, told=None):
    with pytest.raises(GatewayError, match=told) as caught:
        yield caught
    assert (caught.value.code, caught.value.retry) == (code, retry)


def kept(store):
    return [json.loads(one.body) for one in store.received()]


# --- a report -----------------------------------------------------------------------------------


def test_a_report_says_what_happened_in_the_provinces_words(store):
    assert api.send(api.TO, CONTENT, ID) == "received-01234567"
    assert kept(store) == [
        {
            "messageId": ID,
            "projNo": "260506-ABCDEFGHJK",
            "projName": "食品经营许可",
            "serviceDepartmentCode": "bureau",
            "seq": 2,
            "handleStateCode": "reviewing",
            "handleStateName": "审查中",
            "affairStatus": "1",
            "affairType": "2",
            "affairTime": "2026-05-07 09:30:00",
            "applyTime": "2026-05-06 09:00:01",
            "promiseDate": "2026-06-03",
            "byLaw": "行政许可法 第三十二条第一款第五项",
        }
    ]


@pytest.mark.parametrize("where", ["in this process", "over HTTP"])
def test_a_report_that_comes_twice_is_kept_once(where, store, settings, request):
    if where == "over HTTP":
        request.getfixturevalue("over_http")
    assert api.send(api.TO, CONTENT, ID) == api.send(api.TO, CONTENT, ID)
    assert [one.doubles for one in api.received()] == [1]


def test_two_workers_that_report_at_once_are_both_answered(store):
    api.draw_key()
    threads = [threading.Thread(target=api.send, args=(api.TO, CONTENT, f"{n:032x}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(api.received()) == 8


def test_another_report_under_the_same_number_is_refused_for_good(over_http):
    api.send(api.TO, CONTENT, ID)
    with refused("http-409", retry=False, told="已用于另一份报文"):
        api.send(api.TO, CONTENT.replace("审查中", "已办结"), ID)


def test_a_report_that_was_altered_on_the_way_is_refused(store, settings, monkeypatch):
    honest = signing.signature
    monkeypatch.setattr(signing, "signature", lambda key, body: honest(key, body + b" "))
    with refused("http-401", retry=True):
        api.send(api.TO, CONTENT, ID)
    assert kept(store) == []


def test_a_report_signed_by_somebody_else_is_refused(over_http, settings):
    settings.PROVINCE_KEY.write_text(sm2.generate().to_pem())
    with refused("http-401", retry=True):
        api.send(api.TO, CONTENT, ID)


@pytest.mark.parametrize("claimed", ["", "no base64!", "AAAA", "MAYCAQECAQE="])
def test_what_is_no_signature_is_none(claimed):
    assert not signing.is_signed(sm2.generate().public, b"body", claimed)


def test_every_fault_of_a_shape_is_said_at_once(store):
    content = json.dumps({**json.loads(CONTENT), "affairStatus": "3", "seq": 0, "name": "x", "byLaw": None})
    with refused("http-400", retry=False) as caught:
        api.send(api.TO, content, ID)
    for fault in (
        "不认识字段 name",
        "字段 affairStatus 应为1（收件）或 2（办结）",
        "字段 seq 应为正整数",
        "字段 byLaw",
    ):
        assert fault in caught.value.message
    assert kept(store) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"[]", b"null", b'{"seq": true}', b"[" * 5000, b'{"messageId": "../../etc/passwd"}'],
)
def test_bodies_that_make_no_sense_have_faults(body):
    assert document.read(body)[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("projNo", "x" * 41),
        ("projName", ""),
        ("affairTime", "2026-05-07T09:30:00"),
        ("affairTime", "2026-02-30 09:30:00"),
        ("promiseDate", "20260603"),
        ("seq", True),
        ("seq", "2"),
        ("messageId", ID.upper()),
        ("affairType", ["1"]),
    ],
)
def test_each_field_is_held_to_its_shape(name, value):
    body = json.dumps({**json.loads(CONTENT), "messageId": ID, name: value}).encode()
    (fault,) = document.read(body)[1]
    assert fault.startswith(f"字段 {name} 应为")


def test_the_stand_in_forgets_after_ninety_days():
    assert api.forget() == 0
    api.send(api.TO, CONTENT, ID)
    assert api.forget() == 0
    with moment.set_to(moment.now() + timedelta(days=91)):
        assert api.forget() == 1
    assert api.received() == []


# --- when it does not work ----------------------------------------------------------------------


def test_told_to_fail_it_fails_so_many_times(store):
    store.fail(2, 503)
    for _each in range(2):
        with refused("http-503", retry=True, told="暂时不能接收"):
            api.send(api.TO, CONTENT, ID)
    assert api.send(api.TO, CONTENT, ID)
    store.fail(1, 400)
    with refused("http-400", retry=False):
        api.send(api.TO, CONTENT, ID)


def test_a_platform_that_is_not_there_is_worth_another_try(settings):
    api.draw_key()
    settings.PROVINCE = f"http://127.0.0.1:{closed_port()}/reports"
    with refused("unreachable", retry=True):
        api.send(api.TO, CONTENT, ID)


def test_without_a_key_nothing_is_reported_and_it_is_said_how_to_make_one(settings):
    settings.PROVINCE = "https://province.example.org/reports"
    with refused("no-key", retry=True, told="openssl genpkey -algorithm SM2"):
        api.send(api.TO, CONTENT, ID)
    with pytest.raises(Misconfigured, match="openssl genpkey -algorithm SM2"):
        api.check(settings.PROVINCE)


def test_a_key_that_others_may_read_is_a_complaint(settings):
    api.draw_key()
    api.check("https://province.example.org/reports")
    settings.PROVINCE_KEY.chmod(0o644)
    with pytest.raises(Misconfigured, match="chmod 600"):
        api.check("https://province.example.org/reports")


def test_the_key_is_drawn_once_for_its_owner_alone(settings):
    threads = [threading.Thread(target=api.draw_key) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    key = settings.PROVINCE_KEY
    assert key.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in key.parent.glob("*.pem")) == [
        "province-key.pem",
        "province-key.pub.pem",
    ]
    assert signing.private_key(key).public.to_pem() == signing.public_path(key).read_text()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("elsewhere", "应为 local，或以 https://主机、http://主机 开头"),
        ("http://province.example.org/", "只有本机"),
        ("https://province.example.org/?x=1", "不认识参数“x”"),
        ("file:///etc/passwd", "应为 local"),
    ],
)
def test_a_variable_that_cannot_be_says_how_to_mend_it(value, told):
    with pytest.raises(Misconfigured, match=told):
        api.check(value)


# --- the receiver's own door --------------------------------------------------------------------


def ask(port, method, path, body=b"", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    content = response.read().decode()
    connection.close()
    return response.status, content


def test_its_page_shows_what_came_with_nothing_in_it_taken_for_html(over_http):
    hostile = "<script>alert(1)</script>&\"'"
    api.send(api.TO, json.dumps({**json.loads(CONTENT), "projName": hostile, "projNo": "<b>"}), ID)
    status, page = ask(over_http, "GET", "/")
    assert status == 200
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


def test_its_form_makes_it_fail(over_http, store):
    form = urlencode({"times": "3", "status": "500"}).encode()
    here = f"http://127.0.0.1:{over_http}"
    assert ask(over_http, "POST", "/failing", form, Origin=here)[0] == 303
    assert store.failing() == (3, 500)
    for origin in ({}, {"Origin": "http://evil.example.org"}, {"Origin": "null"}):
        assert ask(over_http, "POST", "/failing", form, **origin)[0] == 403
    for wrong in ({"times": "-1", "status": "500"}, {"times": "1001", "status": "500"}, {"times": "1"}, {}):
        assert ask(over_http, "POST", "/failing", urlencode(wrong).encode(), Origin=here)[0] == 400
    assert store.failing() == (3, 500)


def test_it_serves_nobody_who_came_by_another_name(over_http):
    assert ask(over_http, "GET", "/", Host="evil.example.org:80")[0] == 421


def test_what_is_too_long_or_elsewhere_is_refused(over_http):
    assert ask(over_http, "POST", "/reports", b"x" * 20_000)[0] == 413
    assert ask(over_http, "POST", "/elsewhere")[0] == 404
    assert ask(over_http, "DELETE", "/reports")[0] == 404


def test_it_runs_as_a_process_of_its_own_upon_the_data_of_the_platform(settings, tmp_path):
    settings.PROVINCE_KEY = tmp_path / "province-key.pem"
    api.draw_key()
    port = closed_port()
    command = [sys.executable, "-m", "onewindow.gateways.province.receiver", "--port", str(port)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    process = subprocess.Popen([*command, "--data", str(tmp_path)], env=environment)
    try:
        settings.PROVINCE = f"http://127.0.0.1:{port}/reports"
        assert eventually(lambda: api.send(api.TO, CONTENT, ID)) == "received-01234567"
    finally:
        process.terminate()
    assert process.wait(10) == 0
    assert len(Store(tmp_path / "province-received.sqlite3").received()) == 1


def eventually(act, seconds=20):
    until = time.monotonic() + seconds
    while True:
        try:
            return act()
        except GatewayError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
