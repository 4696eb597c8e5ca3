"""Many documents: in order, whatever happens to one of them."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from openbook.api import DocumentReport, Options
from openbook.scale.many import check_many


def fake(path, _options, priors):
    """What to do stands in the name of the file."""
    name = Path(path).stem
    if name.startswith("slow"):
        time.sleep(0.2)
    if name.startswith("hang"):
        time.sleep(60)
    if name.startswith("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("raise"):
        raise ValueError("坏")
    if name.startswith("deep"):
        raise RecursionError
    if name.startswith("full"):
        raise MemoryError
    return DocumentReport(path, department=(priors or {}).get(path))


def check(names, jobs=2, seconds=10.0, priors=None):
    return list(check_many(names, Options(), jobs, priors, seconds=seconds, check=fake))


def test_reports_come_in_the_order_of_the_paths():
    paths = ["slow.pdf", *(f"{n}.pdf" for n in range(100))]
    assert [report.path for report in check(paths)] == paths


def test_a_worker_that_dies_costs_its_document_only():
    reports = check(["a.pdf", "die.pdf", "b.pdf", "die2.pdf", "c.pdf"])
    assert [report.unreadable is None for report in reports] == [True, False, True, False, True]
    assert "意外退出" in reports[1].unreadable


def test_a_document_that_takes_too_long_is_given_up():
    start = time.monotonic()
    reports = check(["a.pdf", "hang.pdf", "b.pdf"], seconds=0.5)
    assert time.monotonic() - start < 10
    assert [report.unreadable is None for report in reports] == [True, False, True]
    assert "0.5 秒内没有检查完" in reports[1].unreadable


def test_a_single_text_is_given_up_too():
    (report,) = check(["hang.txt"], jobs=1, seconds=0.2)
    assert "0.2 秒内没有检查完" in report.unreadable


@pytest.mark.parametrize("suffix", [".txt", ".pdf"])
@pytest.mark.parametrize(("name", "reason"), [("raise", "坏"), ("deep", "嵌套太深"), ("full", "内存不够")])
def test_an_error_of_the_program_is_a_report(name, reason, suffix):
    (report,) = check([name + suffix], jobs=1)
    assert reason in report.unreadable


def test_nothing_to_check():
    assert check([]) == []


def test_priors_reach_the_worker():
    assert check(["a.pdf"], priors={"a.pdf": "去年"})[0].department == "去年"


def test_no_worker_is_left_when_the_reader_stops_early():
    reports = check_many([f"{n}.pdf" for n in range(50)], Options(), 2, check=fake)
    next(reports)
    reports.close()
    assert active_children() == []


def test_workers_that_are_done_are_not_waited_for():
    begin = time.monotonic()
    check(["a.pdf", "b.pdf"])
    assert time.monotonic() - begin < 0.9


def test_workers_end_when_the_parent_is_killed():
    program = (
        "import os, sys, time; from multiprocessing import active_children\n"
        "from openbook.scale.pool import Pool\n"
        "pool = Pool(3, str, lambda path, reason: reason, 60.0)\n"
        "print(*(one.pid for one in active_children()), flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        workers = [int(one) for one in parent.stdout.readline().split()]
        parent.kill()
    deadline = time.monotonic() + 10
    while any(alive(one) for one in workers) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(workers) == 3
    assert not [one for one in workers if alive(one)]


def alive(worker):
    """Whether it runs; one that has ended and that nobody has asked for is no longer running."""
    try:
        state = Path(f"/proc/{worker}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in "ZX"
