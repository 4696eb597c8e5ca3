"""Failures of log-in names and addresses, counted where two attempts at once see each other."""

from __future__ import annotations

import json
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from django.db import transaction

from onewindow.kernel import moment
from onewindow.kernel.keys import keyring
from onewindow.people.login.lockout import Limit, Tally, charged, refunded
from onewindow.people.login.policy import MINUTE_US, policy
from onewindow.people.models import Tries


class Charge(NamedTuple):
    """An attempt that was counted before it was judged. `locks`: it is the one that reached the limit."""

    key: str
    at: int
    locks: bool


class Locked(Exception):
    """It is locked until `until_us`."""

    def __init__(self, until_us: int) -> None:
        self.until_us = until_us
        super().__init__()


def key_of_login(login: str) -> str:
    """How the failures of a log-in name are called, whether or not there is such an account."""
    return "n:" + keyring().blind_index("people.tries:login", login.strip().casefold()).hex()


def key_of_address(address: str) -> str:
    """The same of a network address; of IPv6 its /64, which is one subscriber's."""
    try:
        found = ip_address(address)
    except ValueError:
        return "a:" + keyring().blind_index("people.tries:address", address).hex()
    net = str(ip_network((found, 64), strict=False) if isinstance(found, IPv6Address) else found)
    return "a:" + keyring().blind_index("people.tries:address", net).hex()


def login_limit() -> Limit:
    """Of a log-in name."""
    rule = policy().lock
    return Limit(rule.failures, rule.minutes * MINUTE_US, rule.locked_minutes * MINUTE_US)


def address_limit() -> Limit:
    """Of an address."""
    return login_limit()._replace(failures=policy().lock.address_failures)


def charge(key: str, limit: Limit) -> Charge:
    """Count an attempt. Raises Locked."""
    now = moment.now_us()
    with transaction.atomic():
        row = _locked_row(key, now)
        tally = charged(_tally(row), now, limit)
        if tally is None:
            raise Locked(row.locked_until_us)
        _write(row, tally, now)
    return Charge(key, now, tally.locked_until > 0)


def refund(*charges: Charge) -> None:
    """The attempts were right after all."""
    for one in charges:
        with transaction.atomic():
            now = moment.now_us()
            row = _locked_row(one.key, now)
            _write(row, refunded(_tally(row), one.at), now)


def clear(key: str) -> None:
    """Forget all failures, and lift the lock."""
    Tries.objects.filter(key=key).delete()


def locked_until(key: str) -> int:
    """Until when it is locked, microseconds; 0: it is not."""
    row = Tries.objects.filter(key=key, locked_until_us__gt=moment.now_us()).first()
    return row.locked_until_us if row else 0


def _locked_row(key: str, now: int) -> Tries:
    """Ours until the transaction ends, whether it was there or not."""
    Tries.objects.bulk_create(
        [Tries(key=key, touched_us=now)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["touched_us"],
    )
    return Tries.objects.get(key=key)


def _tally(row: Tries) -> Tally:
    return Tally(tuple(json.loads(row.times)), row.locked_until_us)


def _write(row: Tries, tally: Tally, now: int) -> None:
    row.times, row.locked_until_us, row.touched_us = json.dumps(tally.times), tally.locked_until, now
    row.save(update_fields=["times", "locked_until_us", "touched_us"])
