"""The rules of log-in as dated data: data/policy.toml, and a bureau's own file over it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from onewindow.kernel import moment

_FILE = Path(__file__).parent / "data" / "policy.toml"
MINUTE_US = 60 * 1_000_000
DAY_US = 24 * 60 * MINUTE_US


class PolicyError(ValueError):
    """A policy that cannot be read. The message is Chinese and says where it is wrong."""


@dataclass(frozen=True, slots=True)
class AccountRule:
    """For one kind of account. shortest: characters; days: 0 for never; the rest as in data/policy.toml."""

    shortest: int
    classes: int
    history: int
    days: int
    idle_minutes: int


@dataclass(frozen=True, slots=True)
class LockRule:
    """When a log-in name, or an address, has failed too often."""

    failures: int
    minutes: int
    locked_minutes: int
    address_failures: int


@dataclass(frozen=True, slots=True)
class SessionRule:
    """How long a session lasts at most, one that is still entering, and one that counts as fresh."""

    hours: int
    entering_minutes: int
    fresh_minutes: int


@dataclass(frozen=True, slots=True)
class ProvinceRule:
    """What is asked of the province's identity service."""

    level: int


@dataclass(frozen=True, slots=True)
class Policy:
    """All rules of log-in, from a day on. basis: the standard; mark: how sure the figures are."""

    since: date
    basis: str
    mark: str
    staff: AccountRule
    applicant: AccountRule
    lock: LockRule
    session: SessionRule
    province: ProvinceRule

    def of(self, kind: str) -> AccountRule:
        """The rule for a kind of account ("staff" or "applicant")."""
        return self.staff if kind == "staff" else self.applicant


_PARTS: Mapping[str, type] = {
    "staff": AccountRule,
    "applicant": AccountRule,
    "lock": LockRule,
    "session": SessionRule,
    "province": ProvinceRule,
}
# Less would lock nobody, end every session at once, or be no rule: refused rather than obeyed.
_LEAST = {"shortest": 6, "days": 0, "history": 0, "level": 0}
_MOST = {"shortest": 64, "classes": 4, "history": 24, "hours": 24}

T = TypeVar("T")


def policy() -> Policy:
    """What is in force today. Raises PolicyError."""
    today = moment.today()
    return max((one for one in _policies() if one.since <= today), key=lambda one: one.since)


@cache
def _policies() -> tuple[Policy, ...]:
    files = [_FILE, *([Path(settings.LOG_IN)] if settings.LOG_IN else [])]
    return read(*(path.read_text(encoding="utf-8") for path in files))


def read(*texts: str) -> tuple[Policy, ...]:
    """Policies out of TOML, oldest first; a later text changes what an earlier one said.

    Raises PolicyError.
    """
    tables: dict[date, dict[str, Any]] = {}
    for text in texts:
        for table in _tables(text):
            since = table.get("since")
            if not isinstance(since, date):
                raise PolicyError("登录规则的 since 应为日期，如 2019-12-01。")
            before = max((day for day in tables if day <= since), default=None)
            tables[since] = _merged(tables[before] if before else {}, table)
    return tuple(_policy(tables[day]) for day in sorted(tables))


def _tables(text: str) -> Iterable[dict[str, Any]]:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"登录规则不是合格的 TOML：{error}") from None
    found = said.get("policy")
    if set(said) - {"policy"} or not isinstance(found, list):
        raise PolicyError("登录规则文件里应只有 [[policy]] 表。")
    return found


def _merged(before: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(table) - {field.name for field in fields(Policy)}):
        raise PolicyError(f"登录规则里不认识的部分：{'、'.join(unknown)}。")
    parts = {name: {**before.get(name, {}), **table.get(name, {})} for name in _PARTS}
    return {**before, **table, **parts}


def _policy(table: Mapping[str, Any]) -> Policy:
    parts: dict[str, Any] = {name: _part(kind, name, table[name]) for name, kind in _PARTS.items()}
    try:
        return Policy(since=table["since"], basis=table["basis"], mark=table["mark"], **parts)
    except KeyError as error:
        raise PolicyError(f"登录规则缺少 {error.args[0]}。") from None


def _part(kind: type[T], name: str, table: Mapping[str, Any]) -> T:
    wanted = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    if set(table) != set(wanted):
        wrong = "、".join(sorted(set(table) ^ set(wanted)))
        raise PolicyError(f"登录规则 {name} 里缺少或多出：{wrong}。")
    for key, value in table.items():
        least, most = _LEAST.get(key, 1), _MOST.get(key, 10_000)
        if type(value) is not int or not least <= value <= most:
            raise PolicyError(f"登录规则 {name}.{key} 应为 {least} 到 {most} 的整数，现在是“{value}”。")
    return kind(**table)
