"""Fixtures of log-in."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.onewindow.login.people import Browser, Clock


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["tests.onewindow.login.people.QuickHasher"]


@pytest.fixture
def clock():
    with ExitStack() as stack:
        yield Clock(stack)


@pytest.fixture
def browser():
    return Browser()
