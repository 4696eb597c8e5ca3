"""Who reacts to what: the one place where apps that do not know each other meet.

Procedures and measures need no line here: they are found in the folders of the apps (`procedure.PROCEDURE`,
`measures.MEASURES`). A reaction is a function of the step that was taken; it runs in its transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from onewindow.kernel import journal
from onewindow.kernel.registry import REGISTRY, Reaction

REACTIONS: dict[tuple[str, str], tuple[Reaction, ...]] = {}


def wire() -> None:
    """Fill the registry. Raises kernel.registry.Unsound."""
    REGISTRY.declare(journal.PROCEDURE)
    for module in _rooms("procedure"):
        REGISTRY.declare(module.PROCEDURE)
    for module in _rooms("measures"):
        for measure in module.MEASURES:
            REGISTRY.measure(measure)
    REGISTRY.react(REACTIONS)


def _rooms(name: str) -> Iterator[ModuleType]:
    """The module of this name in every app that has one; the kernel's own are no room of an app."""
    for config in apps.get_app_configs():
        inside = config.name != "onewindow.kernel" and not config.name.startswith("django.")
        if inside and find_spec(f"{config.name}.{name}") is not None:
            yield import_module(f"{config.name}.{name}")
