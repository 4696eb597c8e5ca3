"""Check many documents in worker processes, in the order given and in bounded memory.

One document is in a worker at a time, so a worker that dies or hangs costs exactly the document
it had, which becomes a report of its own.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from openbook.api import DocumentReport, Options, check_file

SECONDS = 60.0  # a document that takes longer is given up
AHEAD = 32  # finished reports that may wait for a slow one before them
PLAIN = (".txt", ".md")  # pure Python reads these: no library can take the process down with it

CheckOne = Callable[[str, Options, Mapping[str, str] | None], DocumentReport]


def check_many(
    paths: Sequence[str],
    options: Options,
    jobs: int = 1,
    priors: Mapping[str, str] | None = None,
    *,
    seconds: float = SECONDS,
    check: CheckOne = check_file,
) -> Generator[DocumentReport, None, None]:
    """Yield one report for each path, in the order of `paths`. Never raises for a bad document.

    `priors` maps a path to last year's document of the same body.
    """
    plain = all(Path(path).suffix.lower() in PLAIN for path in paths)
    if plain and (jobs <= 1 or len(paths) == 1) and hasattr(signal, "SIGALRM"):
        for path in paths:
            yield _alone(path, options, priors, seconds, check)
        return
    pool = _Pool(min(max(1, jobs), len(paths)), options, priors, seconds, check)
    try:
        yield from pool.run(paths)
    finally:
        pool.close()


def _guarded(
    path: str, options: Options, priors: Mapping[str, str] | None, check: CheckOne
) -> DocumentReport:
    try:
        return check(path, options, priors)
    except MemoryError:
        return DocumentReport(path, unreadable="内存不够，没有检查完")
    except RecursionError:
        return DocumentReport(path, unreadable="嵌套太深，没有检查完")
    except Exception as error:
        return DocumentReport(
            path, unreadable=f"检查时程序出错（{type(error).__name__}：{error}），请报告此事"
        )


class _Late(BaseException):
    """Above Exception, so that no handler inside the check swallows it."""


def _late(*_: object) -> None:
    raise _Late


def _alone(
    path: str, options: Options, priors: Mapping[str, str] | None, seconds: float, check: CheckOne
) -> DocumentReport:
    """Check in this process, under an alarm; only the main thread may set one."""
    try:
        before = signal.signal(signal.SIGALRM, _late)
    except ValueError:
        return _guarded(path, options, priors, check)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return _guarded(path, options, priors, check)
    except _Late:
        return DocumentReport(path, unreadable=too_long(seconds))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def too_long(seconds: float) -> str:
    """What is said of a document that was given up."""
    return f"{seconds:g} 秒内没有检查完，已放弃"


def _serve(
    pipe: Connection,
    others: Sequence[Connection],
    options: Options,
    priors: Mapping[str, str] | None,
    check: CheckOne,
) -> None:
    """The life of a worker: paths in, reports out, until the pipe closes.

    `others` are the parent's ends of the pipes, which a fork inherits. While a worker holds them
    no pipe ever closes: the parent would wait for its workers, and they outlive a parent that is killed.
    """
    for other in others:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # what was imported lives as long as the worker: looking through it is a sixth of the time
    while True:
        try:
            path = pipe.recv()
            pipe.send(_guarded(path, options, priors, check))
        except (EOFError, OSError):
            return


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    index: int | None = None  # of the document it has
    until: float = 0.0


class _Pool:
    def __init__(
        self, size: int, options: Options, priors: Mapping[str, str] | None, seconds: float, check: CheckOne
    ) -> None:
        self.arguments = (options, priors, check)
        self.seconds = seconds
        self.workers: list[_Worker] = []
        for _ in range(size):
            self.workers.append(self._start())

    def _start(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        held = [ours, *(one.pipe for one in self.workers if not one.pipe.closed)]
        process = multiprocessing.Process(target=_serve, args=(theirs, held, *self.arguments), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def run(self, paths: Sequence[str]) -> Iterator[DocumentReport]:
        done: dict[int, DocumentReport] = {}
        sent = given = 0
        while given < len(paths):
            for worker in self.workers:
                if worker.index is None and sent < min(len(paths), given + AHEAD):
                    self._send(worker, sent, paths[sent])
                    sent += 1
            done.update(self._collect(paths))
            while given in done:
                yield done.pop(given)
                given += 1

    def _send(self, worker: _Worker, index: int, path: str) -> None:
        worker.index = index
        worker.until = time.monotonic() + self.seconds
        # If it died while idle, its closed pipe says so when the answers are collected.
        with contextlib.suppress(OSError):
            worker.pipe.send(path)

    def _collect(self, paths: Sequence[str]) -> Iterator[tuple[int, DocumentReport]]:
        """Wait for the next answer, death or time-out."""
        busy = [worker for worker in self.workers if worker.index is not None]
        left = min(worker.until for worker in busy) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], timeout=max(0.0, left))
        for worker in busy:
            index = worker.index
            if index is None:
                continue
            if worker.pipe in ready:
                yield index, self._receive(worker, paths[index])
            elif time.monotonic() >= worker.until:
                self._replace(worker)
                yield index, DocumentReport(paths[index], unreadable=too_long(self.seconds))

    def _receive(self, worker: _Worker, path: str) -> DocumentReport:
        try:
            report: DocumentReport = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            code = worker.process.exitcode
            self._replace(worker)
            return DocumentReport(path, unreadable=f"检查这份文件时进程意外退出（状态 {code}）")
        worker.index = None
        return report

    def _replace(self, worker: _Worker) -> None:
        _stop(worker)
        self.workers[self.workers.index(worker)] = self._start()

    def close(self) -> None:
        for worker in self.workers:
            worker.pipe.close()
        for worker in self.workers:
            if worker.index is None:
                worker.process.join(1)
            _stop(worker)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()
