"""Several programs in one command: started together, started again when one crashes, stopped together.

Every program has a process group of its own, so that Ctrl-C reaches the supervisor alone, and so that what a
program leaves behind (the workers of a web server that was killed) ends with it.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

STOP_S = 7.0  # seconds to stop by itself; then it is killed
_LOOK_S = 0.1
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_STEADY_S = 60.0  # who ran that long starts anew without a pause
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_log = logging.getLogger("onewindow.supervisor")


@dataclass
class Program:
    """One program. `arguments`: of the process, the executable first."""

    name: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again: float = 0.0  # not before this moment, of the monotonic clock
    pause: float = field(default=_FIRST_PAUSE_S)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            self.arguments,
            env=dict(environment),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - this process has one thread
        )
        self.started = time.monotonic()
        _log.info("started", extra={"told": {"program": self.name, "pid": self.process.pid}})

    def ended(self) -> None:
        """It is gone: reckon when it starts again, and end what it left."""
        assert self.process is not None
        self.kill()
        now = time.monotonic()
        if now - self.started >= _STEADY_S:
            self.pause = _FIRST_PAUSE_S
        self.again = now + self.pause
        told = {"program": self.name, "code": self.process.returncode, "again_in_s": self.pause}
        _log.error("ended", extra={"told": told})
        self.pause = min(2 * self.pause, _LONGEST_PAUSE_S)
        self.process = None

    def stop(self) -> None:
        """Ask it to stop."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.terminate()

    def kill(self) -> None:
        """End whatever is left of it."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Runs programs until it is told to stop.

    ready     asked now and then until it says yes; then `announce` is called, once; it returns whether to go on
    """

    def __init__(
        self,
        programs: Sequence[Program],
        environment: Mapping[str, str],
        ready: Callable[[], bool] = lambda: True,
        announce: Callable[[], bool] = lambda: True,
    ) -> None:
        self.programs = programs
        self.environment = environment
        self.ready, self.announce = ready, announce
        self.asked = 0  # how often it was told to stop

    def run(self) -> int:
        """0 when it was told to stop and everything did by itself, 1 when something had to be killed."""
        announced = False
        with self._listening():
            try:
                while not self.asked:
                    self._look()
                    if not announced and self.ready():
                        announced = True
                        if not self.announce():
                            break
                    time.sleep(_LOOK_S)
            finally:
                killed = self._stop()
        return 1 if killed else 0

    def _look(self) -> None:
        now = time.monotonic()
        for program in self.programs:
            if program.process is not None and not program.alive:
                program.ended()
            if program.process is None and now >= program.again:
                program.start(self.environment)

    def _stop(self) -> list[str]:
        """Names of those that had to be killed. Who asks a second time does not want to wait."""
        asked = self.asked
        running = [program for program in self.programs if program.alive]
        for program in running:
            program.stop()
        deadline = time.monotonic() + STOP_S
        while any(program.alive for program in running):
            if time.monotonic() > deadline or self.asked > max(asked, 1):
                break
            time.sleep(_LOOK_S)
        killed = [program.name for program in running if program.alive]
        for program in self.programs:
            program.kill()
        _log.info("stopped", extra={"told": {"killed": killed}})
        return killed

    @contextmanager
    def _listening(self) -> Iterator[None]:
        def heard(*_: object) -> None:
            self.asked += 1

        before = {one: signal.signal(one, heard) for one in _SIGNALS}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def end_with_parent() -> None:
    """In a program before it begins: the system stops it when we are gone, however we ended. Linux only."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
