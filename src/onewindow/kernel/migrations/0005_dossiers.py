"""Dossiers, and the guards of what is only ever added to them: see `kernel.dossiers.guards`."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import onewindow.kernel.models.fields
from onewindow.kernel.dossiers import guards


def _set(_apps: Any, editor: Any) -> None:
    for statement in guards.set_statements(editor.connection.vendor):
        editor.execute(statement)


def _lift(_apps: Any, editor: Any) -> None:
    for statement in guards.lift_statements(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0004_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "matter",
                    onewindow.kernel.models.fields.MatterIdField(
                        max_length=40, primary_key=True, serialize=False
                    ),
                ),
                ("opened_by", models.CharField(max_length=64)),
                ("at", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["opened_by", "at"], name="dossier_opener")],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("required", models.BooleanField(default=False)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="kernel.dossier",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("file_name", models.CharField(max_length=200)),
                ("actor_id", models.CharField(max_length=64)),
                ("at", models.BigIntegerField()),
                ("outcome", models.TextField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="kernel.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor_id", models.CharField(max_length=64)),
                ("at", models.BigIntegerField()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="kernel.version",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("dossier", "name"), name="document_name"),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["digest"], name="version_digest"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="version_number"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("at__gte", 0), ("number__gte", 1), ("size__gte", 1)),
                name="version_numbers",
            ),
        ),
        migrations.RunPython(_set, _lift),
    ]
