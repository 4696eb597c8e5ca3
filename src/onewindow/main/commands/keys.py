"""`onewindow keys`: the keys of personal fields are changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command, Group


@click.group(cls=Group)
def keys() -> None:
    """个人信息字段的密钥：查看、轮换、重新加密、停用旧密钥。

    每年或怀疑泄露时：rotate，reseal，十分钟后 retire。期间服务照常运行，信息始终可读。
    旧备份要用当时的密钥环才能读：停用之前，请把密钥环与备份一起另外保管。
    """


@keys.command(cls=Command)
def show() -> None:
    """每个密钥加密着多少个字段。"""
    with _ready():
        from onewindow.kernel.keys import keyring
        from onewindow.kernel.sealing import sealed_under

        ring = keyring()
        for name in ring.keys:
            now = "（当前）" if name == ring.current else ""
            click.echo(f"{name}{now}：{sealed_under(name)} 个字段")


@keys.command(cls=Command)
def rotate() -> None:
    """生成新密钥，新写入的信息从此用它加密；旧密钥仍能解密。"""
    with _ready():
        from onewindow.kernel import rotation

        click.echo(f"当前密钥现在是 {rotation.rotate()}。请执行 onewindow keys reseal")


@keys.command(cls=Command)
@click.option("--batch", type=click.IntRange(1, 10_000), default=500, help="每个事务的行数，默认 500")
def reseal(batch: int) -> None:
    """把旧密钥加密的字段用当前密钥重新加密；中断后再执行，从断处继续。"""
    with _ready():
        from onewindow.kernel import sealing

        total = 0
        for column in sealing.COLUMNS:
            done = sum(sealing.reseal(column, batch))
            total += done
            if done:
                click.echo(f"{column}：{done}")
        click.echo(f"重新加密了 {total} 个字段")


@keys.command(cls=Command)
@click.argument("name", metavar="密钥编号")
def retire(name: str) -> None:
    """从密钥环里去掉旧密钥；还有字段用它加密时拒绝。"""
    with _ready():
        from onewindow.kernel import rotation

        rotation.retire(name)
        click.echo(f"已停用 {name}")


@contextmanager
def _ready() -> Iterator[None]:
    """Django, and words for what is refused. Raises click.ClickException."""
    starting.start()
    from onewindow.kernel.api import Refused
    from onewindow.kernel.crypto.errors import CryptoError

    try:
        yield
    except Refused as refused:
        raise click.ClickException(refused.message) from None
    except CryptoError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"密钥环文件不能读写：{error.filename} {error.strerror}") from None
