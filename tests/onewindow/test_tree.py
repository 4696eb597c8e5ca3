"""What keeps OneWindow's tree clean beyond import-linter."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent.parent
ONEWINDOW = ROOT / "src" / "onewindow"
CODE = sorted(path for path in ONEWINDOW.rglob("*.py") if "migrations" not in path.parts)

# The kernel's doors: `api` for what acts, `queries`, `deadlines` and `cards` for what reads; the others declare, or
# are pure.
DOORS = set("api queries deadlines cards procedure measures sealing legal_time ledger".split())
DOORS |= set("actor errors moment crypto keys".split())
# Who may write a matter or an entry: moving, and what recomputes the projection from the entries.
WRITERS = {"kernel/moving.py", "kernel/rows.py", "kernel/loading.py"}
AREAS = [
    {"kernel"},
    {"people", "gateways"},
    {"approval"},
    {"citizens", "market", "office"},
    {"oversight", "finance"},
    {"main"},
]


def name_of(path: Path) -> str:
    return path.relative_to(ONEWINDOW).as_posix()


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_apps_enter_the_kernel_by_its_doors(path):
    area = path.relative_to(ONEWINDOW).parts[0]
    if area in ("kernel", "main"):  # main wires and runs it
        return
    inside = {name.split(".")[2] for name in imported(path) if name.startswith("onewindow.kernel.")}
    assert inside <= DOORS


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nobody_listens_to_signals(path):
    """Who reacts to what stands in main/wiring.py; a signal would hide it."""
    assert not [name for name in imported(path) if "signals" in name]


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_only_a_move_writes_matters_and_entries(path):
    if name_of(path) in WRITERS or name_of(path).startswith("kernel/keeping/"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        told = ast.unparse(node.func)
        assert told not in ("Matter", "Entry", "models.Matter", "models.Entry"), f"line {node.lineno}"
        for table in ("Matter", "Entry"):
            for verb in ("create", "update", "delete", "bulk_create", "get_or_create", "bulk_update"):
                assert not (told.startswith(f"{table}.objects") and told.endswith(f".{verb}")), told


def area_of(label: str) -> int:
    name = apps.get_app_config(label).name
    if not name.startswith("onewindow."):
        return -1
    area = name.split(".")[1]
    return next(number for number, areas in enumerate(AREAS) if area in areas)


def test_foreign_keys_keep_the_order_of_the_areas():
    """A lower area never points at a higher one, nor at its neighbour."""
    wrong = []
    for model in apps.get_models():
        if area_of(model._meta.app_label) < 0:
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            here, there = model._meta, field.related_model._meta
            higher = area_of(there.app_label) > area_of(here.app_label)
            beside = area_of(there.app_label) == area_of(here.app_label) and there.app_label != here.app_label
            if higher or beside:
                wrong.append(f"{here.label}.{field.name} → {there.label}")
    assert wrong == []
