"""The pages of docs/procedures: every procedure of the platform draws itself."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import django

FOLDER = Path(__file__).parent.parent / "docs" / "procedures"


@cache
def procedure_files() -> dict[Path, str]:
    """Every file of docs/procedures with its text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.main.settings")
    django.setup()
    from onewindow.kernel.diagram import page
    from onewindow.kernel.registry import REGISTRY

    procedures = sorted(REGISTRY.procedures.values(), key=lambda one: one.kind)
    rows = [
        f"| [{one.title}]({one.kind}.md) | {len(one.states)} | {len(one.steps)} | {one.term} |"
        for one in procedures
    ]
    index = ["# Procedures", "", "Drawn by `make docs` from the code.", ""]
    index += ["| 流程 | 状态 | 环节 | 期限 |", "|---|---|---|---|", *rows, ""]
    pages = {FOLDER / f"{one.kind}.md": page(one) for one in procedures}
    return {FOLDER / "README.md": "\n".join(index), **pages}
