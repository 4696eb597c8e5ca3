"""When somebody has failed too often."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from onewindow.people.login import tries
from onewindow.people.login.lockout import Limit, Tally, charged, refunded

MINUTE = 60_000_000
LIMIT = Limit(failures=5, within_us=15 * MINUTE, locked_us=15 * MINUTE)


def after(*minutes: float) -> Tally:
    tally = Tally()
    for minute in minutes:
        passed = charged(tally, int(minute * MINUTE), LIMIT)
        assert passed is not None, "locked"
        tally = passed
    return tally


def test_the_fifth_failure_in_fifteen_minutes_locks_for_fifteen():
    assert after(0, 1, 2, 3).locked_until == 0
    assert after(0, 1, 2, 3, 4).locked_until == 19 * MINUTE
    assert charged(after(0, 1, 2, 3, 4), int(18.9 * MINUTE), LIMIT) is None


def test_failures_that_are_older_do_not_count():
    assert after(0, 1, 2, 3, 15.5).locked_until == 0


def test_after_a_lock_counting_starts_anew():
    assert after(0, 1, 2, 3, 4, 19) == Tally((19 * MINUTE,))


def test_attempts_while_it_is_locked_do_not_make_it_longer():
    locked = after(0, 1, 2, 3, 4)
    assert charged(locked, 10 * MINUTE, LIMIT) is None
    assert charged(locked, 19 * MINUTE, LIMIT) is not None


def test_the_right_password_at_the_fifth_attempt_lifts_the_lock_that_it_set():
    assert refunded(after(0, 1, 2, 3, 4), 4 * MINUTE) == Tally((0, MINUTE, 2 * MINUTE, 3 * MINUTE))


def test_what_was_never_charged_is_not_refunded():
    locked = after(0, 1, 2, 3, 4)
    assert refunded(locked, 99) == locked


@pytest.mark.django_db(transaction=True)
def test_thirty_attempts_at_once_count_as_thirty():
    def attempt(_number: int) -> bool:
        try:
            tries.charge("n:somebody", LIMIT)
        except tries.Locked:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(attempt, range(30)))
    assert passed.count(True) == 5


@pytest.mark.django_db
def test_names_differ_by_more_than_capitals_and_blanks():
    assert tries.key_of_login("Clerk ") == tries.key_of_login("clerk")
    assert tries.key_of_login("clerk") != tries.key_of_login("clerk2")
    assert "clerk" not in tries.key_of_login("clerk")


def test_addresses_of_one_subscriber_are_one():
    assert tries.key_of_address("2001:db8::1") == tries.key_of_address("2001:db8::ffff:2")
    assert tries.key_of_address("2001:db8::1") != tries.key_of_address("2001:db8:0:1::1")
    assert tries.key_of_address("203.0.113.1") != tries.key_of_address("203.0.113.2")
