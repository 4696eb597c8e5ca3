"""`onewindow manage`: Django's own management commands."""

from __future__ import annotations

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command


@click.command(
    cls=Command, context_settings={"ignore_unknown_options": True}, add_help_option=False, options_metavar=""
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[命令 …]")
def manage(arguments: tuple[str, ...]) -> None:
    """Django 自己的管理命令。

    例：onewindow manage showmigrations
    """
    starting.start()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["onewindow manage", *arguments])
