"""A conversation over a socket ends when its time is over, however slowly the other side goes on talking.

A socket's own timeout starts anew with every byte; the lease of a message does not.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def deadline(seconds: float, current: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Shut the socket that `current` gives after `seconds`; whoever reads from it then sees its end."""

    def shut() -> None:
        if (open_socket := current()) is not None:
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
