"""What the local identity service remembers for a short time; it forgets everything when it ends."""

from __future__ import annotations

import secrets
import threading
import time
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 10_000


class Memory(Generic[T]):
    """Things under numbers that cannot be guessed, each for `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, T]] = {}

    def keep(self, thing: T) -> str:
        """Its number."""
        number, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._kept = {key: one for key, one in list(self._kept.items())[-_MOST:] if one[0] > now}
            self._kept[number] = (now + self._seconds, thing)
        return number

    def find(self, number: str) -> T | None:
        """What is kept under a number."""
        with self._lock:
            until, thing = self._kept.get(number, (0.0, None))
            return thing if until > time.monotonic() else None

    def take(self, number: str) -> T | None:
        """What is kept under a number, for the last time."""
        found = self.find(number)
        return found if self.forget(number) else None

    def forget(self, number: str) -> bool:
        """Whether it was there."""
        with self._lock:
            return self._kept.pop(number, None) is not None
