"""`onewindow migrate`: the tables of this version of the program."""

from __future__ import annotations

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command


@click.command(cls=Command)
def migrate() -> None:
    """建立数据库的表，或把它们升级到这一版程序。升级前请先备份。"""
    starting.start()
    migrate_database()


def migrate_database() -> None:
    """Bring the database to this version. Raises click.ClickException where it cannot be reached."""
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        plan = MigrationExecutor(connection)
        waiting = plan.migration_plan(plan.loader.graph.leaf_nodes())
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        from onewindow.main.database_checks import unreachable

        raise click.ClickException(starting.told(unreachable(error))) from None
    click.echo(f"数据库已就绪（做了 {len(waiting)} 项升级）" if waiting else "数据库已是这一版程序的")
