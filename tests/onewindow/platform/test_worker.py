"""The worker: each duty in its time, none hindered by another, and seen to live."""

import threading

import pytest

from onewindow.main import worker
from onewindow.main.worker import Duty, last_seen_s, work

pytestmark = pytest.mark.django_db(transaction=True)


def fails():
    raise RuntimeError("always")


def test_one_that_fails_does_not_stop_the_others_and_is_told(caplog):
    stop, done = threading.Event(), []

    def counted():
        done.append(1)
        if len(done) == 3:
            stop.set()

    work([Duty("bad", fails, 0.0), Duty("good", counted, 0.0)], stop)
    assert len(done) == 3
    assert {record.told["duty"] for record in caplog.records if record.msg == "duty-failed"} == {"bad"}


def test_what_fails_is_tried_later_and_later():
    duty = Duty("bad", fails, 10.0)
    waits = []
    for _each in range(8):
        duty.run(1000.0)
        waits.append(duty.due - 1000.0)
    assert waits == [20, 40, 80, 160, 300, 300, 300, 300]
    duty.do = list
    duty.run(1000.0)
    assert (duty.due, duty.failures) == (1010.0, 0)


def test_it_is_seen_to_live():
    assert last_seen_s() is None
    stop = threading.Event()
    work([Duty("once", stop.set, 1.0)], stop)
    assert last_seen_s() < 5


def test_it_is_seen_to_live_even_where_every_duty_fails(monkeypatch):
    stop = threading.Event()
    tried = []

    def bad():
        tried.append(1)
        if len(tried) == 2:
            stop.set()
        fails()

    work([Duty("bad", bad, 0.0)], stop)
    assert last_seen_s() is not None


def test_the_usual_duties_find_nothing_to_do_on_an_empty_platform():
    for duty in worker.usual():
        duty.run(0.0)
        assert duty.failures == 0, duty.name
