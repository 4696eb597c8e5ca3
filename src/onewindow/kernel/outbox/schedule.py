"""When a message is tried again: fixed waits that grow, from `schedules.toml` and the bureau's own file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from django.conf import settings

_FILE = Path(__file__).parent / "schedules.toml"
DEFAULT = "default"
_MOST = 365 * 86_400  # seconds


class ScheduleError(ValueError):
    """A schedule that cannot be; says in Chinese how to mend it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Seconds before the second try, by how much each wait grows, the longest wait, and tries in all."""

    first: int
    factor: int
    longest: int
    tries: int

    def wait(self, tries: int) -> int | None:
        """Seconds until the next try, after `tries` that failed; None where that was the last."""
        if tries >= self.tries:
            return None
        wait: int = self.first * self.factor ** (tries - 1)
        return min(wait, self.longest)


def read(*texts: str) -> dict[str, Schedule]:
    """Schedules by channel; a later text replaces a channel of an earlier one. Raises ScheduleError."""
    found: dict[str, Schedule] = {}
    for text in texts:
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ScheduleError(f"重发时间表不是合法的 TOML：{error}") from error
        found.update({channel: _schedule(channel, table) for channel, table in tables.items()})
    return found


def schedule_of(channel: str) -> Schedule:
    """The schedule of a channel. Raises ScheduleError and OSError."""
    known = _schedules(str(settings.RETRIES))
    return known.get(channel, known[DEFAULT])


@cache
def _schedules(own: str) -> Mapping[str, Schedule]:
    texts = [Path(own).read_text(encoding="utf-8")] if own else []
    return read(_FILE.read_text(encoding="utf-8"), *texts)


def _schedule(channel: str, table: object) -> Schedule:
    names = [field.name for field in fields(Schedule)]
    if not isinstance(table, dict) or table.keys() != set(names):
        raise ScheduleError(f"重发时间表 [{channel}] 应有且只有 {'、'.join(names)} 四项。")
    for name in names:
        least = 1
        most = 1000 if name in ("factor", "tries") else _MOST
        if type(table[name]) is not int or not least <= table[name] <= most:
            raise ScheduleError(f"重发时间表 [{channel}] 的 {name} 应为 {least} 至 {most} 的整数。")
    return Schedule(**table)
