"""In which role a version was sent: what staff sent is shown to whose matter it is once it was submitted."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from onewindow.kernel.dossiers import guards


def _set(_apps: Any, editor: Any) -> None:
    for statement in guards.set_statements(editor.connection.vendor):
        editor.execute(statement)


def _lift(_apps: Any, editor: Any) -> None:
    for statement in guards.lift_statements(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_desk_indexes")]

    operations = [
        migrations.RunPython(
            _lift, _set
        ),  # SQLite makes a table anew to add a column: its triggers would be lost
        migrations.AddField(
            model_name="version",
            name="sender",
            field=models.CharField(default="applicant", max_length=20),
            preserve_default=False,
        ),
        migrations.RunPython(_set, _lift),
    ]
