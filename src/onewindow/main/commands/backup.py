"""`onewindow backup` and `onewindow restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command

if TYPE_CHECKING:
    from onewindow.main.backups.archive import Manifest

_SHOWN = 20  # faults that are listed; the rest is counted


@click.command(cls=Command)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="文件", help="写到这个新文件"
)
@click.option("--with-keys", is_flag=True, help="连同密钥：这个文件就能打开一切，请像密钥一样保管")
def backup(output: Path, with_keys: bool) -> None:
    """备份数据库、材料、公钥和已公布的日根。运行中也可以备份，得到的是同一时刻的内容。

    不加 --with-keys 时没有密钥：密钥请另外保管，恢复时放回数据目录。
    """
    starting.start()
    from onewindow.main.backups.archive import BackupError
    from onewindow.main.backups.making import make

    try:
        manifest = make(output, with_keys, _progress)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or output}：{error.strerror}") from None
    click.echo(f"已备份到 {output}（{output.stat().st_size / 1e6:.1f} MB）：{_counts(manifest)}")
    click.echo(
        "其中有密钥，任何人拿到它就能读出个人信息、伪造签名，请像密钥一样保管。"
        if with_keys
        else "其中没有密钥。请确认 keyring.json、ledger-key.pem、secret-key 另有保管，没有它们备份打不开。"
    )


@click.command(cls=Command)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件")
def restore(source: Path) -> int:
    """把备份恢复到一个空的安装：空的数据库，数据目录里放好密钥（备份带密钥的不必放）。

    先核对整个备份，不符就什么也不恢复；恢复后核验台账，并对照案件与台账。

    状态：0 恢复并核验无误，1 没有恢复，或核验有误。
    """
    starting.start()
    from onewindow.main.backups.archive import BackupError
    from onewindow.main.backups.restoring import ledger_faults
    from onewindow.main.backups.restoring import restore as bring_back

    try:
        manifest = bring_back(source, _progress)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or source}：{error.strerror}") from None
    click.echo(f"已恢复 {manifest.made} 的备份：{_counts(manifest)}")
    faults = list(ledger_faults(_progress))
    for fault in faults[:_SHOWN]:
        click.echo(f"  {fault}", err=True)
    if faults:
        raise click.ClickException(
            f"内容已恢复，但核验台账有 {len(faults)} 处不符，备份时就是如此；请查明后再启用。"
        )
    click.echo("台账核验无误，案件与台账一致。请用 onewindow check 检查设置，再启动。")
    return 0


def _counts(manifest: Manifest) -> str:
    return (
        f"账户 {manifest.accounts}，案件 {manifest.matters}，经过 {manifest.entries}，"
        f"材料 {manifest.documents} 份 {manifest.document_bytes / 1e6:.1f} MB"
    )


def _progress(told: str) -> None:
    click.echo(f"  {told}", err=True)
