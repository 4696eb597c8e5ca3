"""`onewindow check`: everything that is not right, before anything starts."""

from __future__ import annotations

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command


@click.command(cls=Command)
def check() -> int:
    """检查环境变量、数据目录、密钥、数据库、时钟、日历，一次列出所有问题和改法。

    状态：0 没有错误（可能有警告），1 有错误。
    """
    starting.start()
    found = starting.complaints()
    for one in found:
        click.echo(starting.told(one))
    grave = sum(one.is_serious() for one in found)
    click.echo(f"错误 {grave}，警告 {len(found) - grave}" if found else "没有问题")
    return 1 if grave else 0
