"""The database refuses to change the ledger: see `kernel.guards`."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from onewindow.kernel import guards


def _set(_apps: Any, editor: Any) -> None:
    for statement in guards.set_statements(editor.connection.vendor):
        editor.execute(statement)


def _lift(_apps: Any, editor: Any) -> None:
    for statement in guards.lift_statements(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunPython(_set, _lift)]
