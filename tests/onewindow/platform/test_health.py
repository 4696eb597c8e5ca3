"""What machines ask: life, readiness, figures."""

import pytest

from onewindow.kernel import moment
from onewindow.kernel.api import CHANNELS, Subject, begin, post
from onewindow.main import worker
from onewindow.main.models import Heartbeat
from tests.onewindow.people import APPLICANT

pytestmark = pytest.mark.django_db

SUBJECT = Subject("bureau", "食品经营许可", "p-1")


def figures(client, **headers):
    answer = client.get("/metrics", **headers)
    lines = (line for line in answer.content.decode().split("\n") if line and line[0] != "#")
    return answer.status_code, {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in lines}


def test_a_process_that_lives_says_so_without_a_database(client, django_db_blocker):
    with django_db_blocker.block():
        assert client.get("/healthz").status_code == 200


def test_ready(client):
    worker.beat()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json().values()) == {"ok"}


def test_not_ready_without_a_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "后台进程没有启动过"


def test_not_ready_when_the_worker_has_stopped(client, settings):
    Heartbeat.objects.create(name="worker", at_us=moment.now_us() - 121_000_000)
    assert client.get("/readyz").json()["worker"] == "后台进程已 121 秒没有动静"
    settings.WORKER_SECONDS = 300
    assert client.get("/readyz").status_code == 200


def test_not_ready_when_nothing_can_be_stored(client, settings, tmp_path):
    worker.beat()
    settings.STORAGE = str(tmp_path / "documents")
    assert client.get("/readyz").status_code == 200
    (tmp_path / "file").touch()
    settings.STORAGE = str(tmp_path / "file" / "documents")
    assert client.get("/readyz").json()["storage"] == "材料存放处不能写入"


def test_not_ready_when_messages_do_not_leave(client, on):
    worker.beat()
    with on("2026-05-06 09:00"):
        post(next(iter(CHANNELS.open)), "00000000000", "已受理")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["outbox"].startswith("消息发不出去")


def test_the_figures_of_what_stands(client, on):
    worker.beat()
    with on("2026-05-06 09:00"):
        begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT)
    status, found = figures(client)
    assert status == 200
    assert found['onewindow_matters_open{card="none"}'] == "1.0"
    assert float(found["onewindow_worker_seen_seconds"]) < 5
    assert found['onewindow_outbox_messages{channel="sms",state="dead"}'] == "0.0"


@pytest.mark.django_db(transaction=True)
def test_requests_and_moves_are_counted(client):
    name = 'onewindow_moves_total{kind="permit",step="submit"}'
    before = float(figures(client)[1].get(name, 0))
    begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=SUBJECT)
    found = figures(client)[1]
    assert float(found[name]) == before + 1
    assert float(found['onewindow_request_seconds_count{method="GET",route="metrics",status="200"}']) >= 1


def test_figures_are_for_this_machine_alone(client, settings):
    assert figures(client, REMOTE_ADDR="203.0.113.9")[0] == 403
    assert figures(client, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9")[0] == 403
    assert figures(client, REMOTE_ADDR="::1")[0] == 200
    assert figures(client, REMOTE_ADDR="")[0] == 403


def test_or_for_who_has_the_token(client, settings):
    settings.METRICS_TOKEN = "a-long-token"
    assert figures(client, REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION="Bearer a-long-token")[0] == 200
    assert figures(client, REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION="Bearer 错")[0] == 403
    assert figures(client)[0] == 403
