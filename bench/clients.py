"""Clients that press on a web server: each a process of its own with one kept connection, timing every request."""

from __future__ import annotations

import json
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

Life = Callable[["Client", int], None]  # one lifecycle, the how-manieth
_FORK = multiprocessing.get_context("fork")


class Refused(Exception):
    """The server answered with a status that was not hoped for. `args`: status, start of the body."""


@dataclass
class Client:
    """One kept connection to a server on this machine. `seconds`: by kind of request."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    _socket: socket.socket | None = None

    def ask(
        self, kind: str, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Status and body. Raises OSError where the server is gone; the next call connects anew."""
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(content)}"]
        if content:
            lines.append("Content-Type: application/json")
        lines += [f"{name}: {value}" for name, value in {**self.headers, **(headers or {})}.items()]
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + content
        started = time.perf_counter()
        try:
            status, answer = self._exchange(request)
        except OSError:
            self.close()
            raise
        self.seconds.setdefault(kind, []).append(time.perf_counter() - started)
        return status, answer

    def json(self, kind: str, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The body of an answer of 200 to 299. Raises Refused."""
        status, answer = self.ask(kind, method, path, body, **more)
        if not 200 <= status < 300:
            raise Refused(status, answer[:300])
        return json.loads(answer)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        names = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        if names.get(b"transfer-encoding") == b"chunked":
            body = self._chunks(body)
        else:
            length = int(names.get(b"content-length", b"0"))
            while len(body) < length:
                body += self._more()
        if names.get(b"connection") == b"close":
            self.close()
        return int(head.split(b" ", 2)[1]), body

    def _chunks(self, got: bytes) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in got:
                got += self._more()
            size, _, got = got.partition(b"\r\n")
            length = int(size, 16)
            while len(got) < length + 2:
                got += self._more()
            body, got = body + got[:length], got[length + 2 :]
            if not length:
                return body

    def _more(self) -> bytes:
        assert self._socket is not None
        some = self._socket.recv(65536)
        if not some:
            raise ConnectionResetError("the server closed the connection")
        return some


@dataclass(frozen=True)
class Pressed:
    """What came of it. `seconds`: of each request by its kind, from all clients."""

    lives: int
    elapsed: float
    seconds: dict[str, list[float]]

    @property
    def rate(self) -> float:
        """Lifecycles a second."""
        return self.lives / self.elapsed

    @property
    def requests(self) -> int:
        return sum(map(len, self.seconds.values()))

    def p95(self, kind: str = "") -> float:
        """Milliseconds, of one kind of request or of all."""
        found = (
            self.seconds.get(kind, []) if kind else [one for each in self.seconds.values() for one in each]
        )
        return quantiles(found, n=20)[-1] * 1000


def press(make: Callable[[], Client], life: Life, clients: int, seconds: float) -> Pressed:
    """Run lifecycles from so many clients at once for a time; a refusal or a lost connection fails the run."""
    answers = _FORK.Queue()
    started = _FORK.Barrier(clients + 1)

    def one(number: int) -> None:
        client, lives = make(), 0
        started.wait()
        end = time.perf_counter() + seconds
        try:
            while time.perf_counter() < end:
                life(client, number * 1_000_000 + lives)
                lives += 1
        except Exception as error:
            answers.put((repr(error), {}))
            return
        answers.put((lives, client.seconds))

    processes = [_FORK.Process(target=one, args=(number,), daemon=True) for number in range(clients)]
    for process in processes:
        process.start()
    started.wait()
    begin = time.perf_counter()
    total, timed = 0, dict[str, list[float]]()
    for _each in processes:
        lives, one_timed = answers.get()
        if isinstance(lives, str):
            raise RuntimeError(f"a client failed: {lives}")
        total += lives
        for kind, found in one_timed.items():
            timed.setdefault(kind, []).extend(found)
    elapsed = time.perf_counter() - begin
    for process in processes:
        process.join()
    return Pressed(total, elapsed, timed)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(port: int, seconds: float = 60) -> None:
    """Until somebody listens. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nobody listens on {port} after {seconds} s")


@contextmanager
def warmed(make: Callable[[], Client], life: Life) -> Iterator[None]:
    """After two seconds of the same work that do not count."""
    press(make, life, 4, 2)
    yield
