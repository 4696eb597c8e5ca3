"""`onewindow settings`: every variable."""

from __future__ import annotations

import os

import click

from onewindow.main import environment
from onewindow.main.commands.help import Command


@click.command(cls=Command)
def settings() -> int:
    """列出全部环境变量：用途、默认值和现在的值。口令和密钥不显示。

    变量写在启动程序的环境里，如 systemd 的 EnvironmentFile。
    """
    found = environment.read()
    for one in environment.VARIABLES:
        name = environment.PREFIX + one.name
        value = environment.shown(one, found.text(one.name))
        mark = "*" if name in os.environ else " "
        default = f"（默认 {one.default}）" if one.default else ""
        click.echo(f"{mark} {name}={value}\n      {one.purpose}{default}")
    click.echo("\n带 * 的是环境里写明的。")
    for complaint in found.complaints:
        click.echo(f"{'错误' if complaint.fatal else '警告'}：{complaint.message}", err=True)
    return 1 if any(complaint.fatal for complaint in found.complaints) else 0
