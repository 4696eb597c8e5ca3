"""The `onewindow` command."""

from __future__ import annotations

import os

import click


@click.group(help="一窗：行政审批服务平台")
def main() -> None:
    """One way in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.main.settings")


@main.command(context_settings={"ignore_unknown_options": True}, help="Django 的管理命令")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own management commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["onewindow manage", *arguments])
