"""What somebody who is logging in must still do: a pure function of what he has and has done."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """The next page of a log-in; the value is the name of its address."""

    SECOND = "login-second"
    PASSWORD = "login-password"  # noqa: S105 - the name of a page
    SET_UP = "login-set-up"
    DONE = ""


def next_stage(*, must_have: bool, has_factor: bool, proved: bool, password_due: bool) -> Stage:
    """must_have: a second factor is asked of this account; proved: he has passed one in this log-in.

    A factor that exists is asked for before anything else, so that a password alone changes nothing.
    """
    if has_factor and not proved:
        return Stage.SECOND
    if password_due:
        return Stage.PASSWORD
    if must_have and not has_factor:
        return Stage.SET_UP
    return Stage.DONE
