"""Sharing a whole out: parts that are whole numbers, true to one, and add up to it."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(total: int, exact: Sequence[int], step: int) -> list[int]:
    """Round each ``exact[i] / step`` down or up so that the results add up to `total`.

    The largest remainders are rounded up, the first of equals first (Hamilton's method). `total` must
    lie between the sums of all rounded down and all rounded up; a true total rounded either way does.
    """
    parts = [value // step for value in exact]
    missing = total - sum(parts)
    rest = sorted(range(len(exact)), key=lambda index: (-(exact[index] % step), index))
    able = [index for index in rest if exact[index] % step]
    if not 0 <= missing <= len(able):
        raise ValueError(f"{total} steps of {step} cannot be shared out over {list(exact)}")
    for index in able[:missing]:
        parts[index] += 1
    return parts


def share_out(total: int, exact: Sequence[int], step: int) -> list[int]:
    """As `apportion`, for a total printed by controlled rounding: it may be a step beyond what its parts allow.

    The largest part, the first of equals, takes what is beyond.
    """
    low = sum(value // step for value in exact)
    within = min(max(total, low), low + sum(1 for value in exact if value % step))
    parts = apportion(within, exact, step)
    if total != within:
        parts[exact.index(max(exact))] += total - within
    return parts


def percentages(parts: Sequence[int], whole: int) -> list[int]:
    """Shares of a whole in 0.01 %; where the parts make up the whole they add up to 100.00 %.

    `whole` > 0; parts that are not all of it are rounded half up, each for itself.
    """
    scaled = [part * 10_000 for part in parts]
    if sum(parts) == whole:
        return apportion(10_000, scaled, whole)
    return [(2 * value + whole) // (2 * whole) for value in scaled]
