"""`onewindow init`: a new installation."""

from __future__ import annotations

import os

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command


@click.command(cls=Command)
@click.option("--bureau", metavar="名称", help="本局的名称；不写则用 ONEWINDOW_BUREAU")
@click.option("--code", default="bureau", metavar="代码", help="本局作为单位的代码；不写则为 bureau")
def init(bureau: str | None, code: str) -> None:
    """建立一个新的安装：数据目录、密钥、数据库、三名管理员。

    密钥只生成缺少的，已有的不动。三名管理员的初始口令只显示这一次，第一次登录时必须修改。
    """
    os.umask(0o077)
    starting.start()
    from django.conf import settings

    from onewindow.kernel.api import Refused
    from onewindow.kernel.crypto.errors import CryptoError
    from onewindow.main import installing
    from onewindow.main.commands.migrate import migrate_database

    try:
        installing.make_folders()
        for what, file in installing.make_keys():
            click.echo(f"已生成{what}：{file}")
    except (OSError, CryptoError) as error:
        told = f"{error.filename} {error.strerror}" if isinstance(error, OSError) else str(error)
        raise click.ClickException(f"数据目录里的文件不能读写：{told}") from None
    if not settings.ENVIRONMENT.text("SECRET_KEY"):
        settings.SECRET_KEY = (settings.DATA / "secret-key").read_text(encoding="utf-8").strip()
    migrate_database()
    if not installing.is_new():
        raise click.ClickException("这个数据库里已有账户，没有再建管理员。忘记口令的，请另一名管理员重设。")
    try:
        accounts = installing.first_administrators(code, bureau or settings.BUREAU)
    except Refused as error:
        raise click.ClickException(error.message) from None
    click.echo("\n三名管理员（初始口令只显示这一次，请分别交给三个人）：")
    for one in accounts:
        click.echo(f"  {one.role.title}  登录名 {one.login}  初始口令 {one.password}")
    click.echo("\n密钥文件请另外保管一份，备份里没有它们。然后：onewindow serve")
