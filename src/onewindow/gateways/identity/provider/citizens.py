"""The invented citizens whom this identity service knows."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

LEVELS = {1: "已注册，未实名", 2: "已实名", 3: "已实名并当面核验"}


class Invented(NamedTuple):
    """Somebody who does not exist. level: of assurance, as in `LEVELS`."""

    subject: str
    name: str
    identity_number: str
    phone_number: str
    level: int


@cache
def citizens() -> dict[str, Invented]:
    """All of them, by subject."""
    said = tomllib.loads((Path(__file__).parent / "citizens.toml").read_text(encoding="utf-8"))
    return {one["subject"]: Invented(**one) for one in said["citizen"]}
