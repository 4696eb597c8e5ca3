"""The order of the areas, held to Django's registry: foreign keys hide behind strings from import-linter."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

# Highest first; areas on one line do not know each other (ARCHITECTURE.md).
LINES = (
    ("main",),
    ("oversight", "finance"),
    ("citizens", "market", "office"),
    ("approval",),
    ("people", "gateways"),
    ("kernel",),
)
_HEIGHT = {area: -height for height, line in enumerate(LINES) for area in line}
_OURS = "onewindow."


def misplaced() -> Iterator[str]:
    """Every relation of a model of ours that points upward, or to a neighbour."""
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith(_OURS):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.auto_created and field.is_relation and isinstance(target, type):
                yield from _misplaced(model, field.name, target)


def _misplaced(model: type[models.Model], name: str, target: type[models.Model]) -> Iterator[str]:
    if not target.__module__.startswith(_OURS):
        return
    here, there = area_of(model.__module__), area_of(target.__module__)
    if here != there and _HEIGHT[there] >= _HEIGHT[here]:
        yield f"{model._meta.label}.{name} → {target._meta.label}"


def area_of(module: str) -> str:
    """`people` of `onewindow.people.models.units`."""
    return module.removeprefix(_OURS).split(".")[0]
