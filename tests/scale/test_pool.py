"""Workers that do one piece at a time and make room for others."""

from __future__ import annotations

import os
import sys

from openbook.scale.pool import Pool


def _process(_path: str) -> int:
    return os.getpid()


def test_a_worker_makes_room_for_a_fresh_one_after_its_share():
    pool = Pool(1, _process, lambda _path, _why: -1, 30.0, most=2)
    try:
        found = list(pool.run(["a", "b", "c", "d", "e"]))
    finally:
        pool.close()
    assert found[0] == found[1] != found[2] == found[3] != found[4]


def test_a_worker_without_an_end_stays():
    pool = Pool(1, _process, lambda _path, _why: -1, 30.0)
    try:
        found = list(pool.run(["a", "b", "c"]))
    finally:
        pool.close()
    assert len(set(found)) == 1


def test_workers_start_afresh_where_a_library_has_threads(monkeypatch):
    """A fork of a process with threads may wait for ever for a lock that nobody holds any more."""
    monkeypatch.setitem(sys.modules, "typst", object())
    pool = Pool(1, str.upper, lambda _path, _why: "", 30.0, threaded=frozenset({"typst"}))
    try:
        assert list(pool.run(["a", "b"])) == ["A", "B"]
        assert type(pool.workers[0].process).__name__ == "ForkServerProcess"
    finally:
        pool.close()
