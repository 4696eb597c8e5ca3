"""Word lists that rules go by, kept as data so that a bureau can read and amend them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The list `data/NAME.toml`, read once."""
    return tomllib.loads(files("openbook.rules").joinpath("data", f"{name}.toml").read_text("utf-8"))
