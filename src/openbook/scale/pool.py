"""Worker processes that do one piece of work each at a time, in the order given, in bounded memory.

A library in C that reads a hostile file may hang or take its process down. A worker that does so
costs exactly the piece it had; the caller says what stands in its place.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")  # an answer

AHEAD = 32  # finished answers that may wait for a slow one before them


def too_long(seconds: float) -> str:
    """What is said of a document that was given up."""
    return f"{seconds:g} 秒内没有检查完，已放弃"


def _serve(pipe: Connection, others: Sequence[Connection], work: Callable[[str], object]) -> None:
    """The life of a worker: paths in, answers out, until the pipe closes.

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
            pipe.send(work(path))
        except (EOFError, OSError):
            return


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    index: int | None = None  # of the document it has
    until: float = 0.0
    done: int = 0  # documents


class Pool(Generic[T]):
    """`work` must not raise; `lost` makes the answer for a path whose worker died or was too slow.

    `most`: documents after which a worker makes room for a fresh one, where a library keeps what it has
    seen; None for no end. `threaded`: libraries the work uses that start threads of their own and, once
    loaded, cannot be used in a fork.
    """

    def __init__(
        self,
        size: int,
        work: Callable[[str], T],
        lost: Callable[[str, str], T],
        seconds: float,
        most: int | None = None,
        threaded: frozenset[str] = frozenset(),
    ) -> None:
        self.most = most
        self.threaded = threaded
        self.work = work
        self.lost = lost
        self.seconds = seconds
        self.workers: list[_Worker] = []
        for _ in range(size):
            self.workers.append(self._start())

    def _start(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        context: Any = multiprocessing.get_context(self._method())
        forked = context.get_start_method() == "fork"
        held = [ours, *(one.pipe for one in self.workers if not one.pipe.closed)] if forked else []
        process = context.Process(target=_serve, args=(theirs, held, self.work), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _method(self) -> str | None:
        """How workers are started: the usual way, unless a library's threads are here, which no fork survives."""
        return None if self.threaded.isdisjoint(sys.modules) else "forkserver"

    def run(self, paths: Sequence[str]) -> Iterator[T]:
        """Yield one answer for each path, in the order of `paths`."""
        done: dict[int, T] = {}
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

    def _collect(self, paths: Sequence[str]) -> Iterator[tuple[int, T]]:
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
                yield index, self.lost(paths[index], too_long(self.seconds))

    def _receive(self, worker: _Worker, path: str) -> T:
        try:
            answer: T = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            code = worker.process.exitcode
            self._replace(worker)
            return self.lost(path, f"检查这份文件时进程意外退出（状态 {code}）")
        worker.index = None
        worker.done += 1
        if self.most is not None and worker.done >= self.most:
            self._replace(worker)
        return answer

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
