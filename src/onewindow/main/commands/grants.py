"""`onewindow grants`: the rights of the platform's database role, as SQL."""

from __future__ import annotations

import re

import click

from onewindow.main.commands.help import Command

_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}", re.ASCII)


@click.command(cls=Command)
@click.argument("role", metavar="数据库用户")
def grants(role: str) -> None:
    """PostgreSQL：写出运行用的数据库用户需要的权限（SQL），由拥有各表的用户执行，每次升级后再执行一次。

    例：onewindow grants onewindow | psql 拥有者的数据库地址
    """
    if not _ROLE.fullmatch(role):
        raise click.ClickException("数据库用户名只能用小写字母、数字和下划线，以字母或下划线开头。")
    from onewindow.main.grants import statements

    click.echo("\n".join(statements(role)))
