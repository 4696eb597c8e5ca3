"""When somebody has failed too often: pure functions of earlier failures.

Every attempt is charged before it is judged and refunded when it was right, so that a hundred attempts at
once count as a hundred, not as one. Moments are microseconds.
"""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """So many `failures` within a time lock for another."""

    failures: int
    within_us: int
    locked_us: int


class Tally(NamedTuple):
    """Failures that still count, oldest first, and until when it is locked (0: it is not)."""

    times: tuple[int, ...] = ()
    locked_until: int = 0


def charged(tally: Tally, now: int, limit: Limit) -> Tally | None:
    """With one more attempt; None while it is locked. The attempt that reaches the limit locks."""
    if tally.locked_until > now:
        return None
    kept = () if tally.locked_until else tuple(one for one in tally.times if now - one < limit.within_us)
    times = (*kept, now)
    return Tally(times, now + limit.locked_us if len(times) >= limit.failures else 0)


def refunded(tally: Tally, at: int) -> Tally:
    """Without the attempt of that moment, which was right; a lock that it set is lifted."""
    if at not in tally.times:
        return tally
    times = list(tally.times)
    times.remove(at)
    return Tally(tuple(times), 0)
