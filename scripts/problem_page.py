"""docs/problems.md: every problem that the API answers with, from its table."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import django

PAGE = Path(__file__).parent.parent / "docs" / "problems.md"


@cache
def problem_files() -> dict[Path, str]:
    """The page with its text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.main.settings")
    django.setup()
    from onewindow.main.problems import page

    return {PAGE: page()}
