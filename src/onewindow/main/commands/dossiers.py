"""`onewindow dossiers`: whether the documents are all there and what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command, Group

if TYPE_CHECKING:
    from onewindow.kernel.dossiers.verifying import Left, Result

_LEFT = {
    "unknown": "存储中有、登记中没有的材料",
    "withdrawn": "已撤回的材料",
    "broken-off": "上传中断留下的文件",
}


@click.group(cls=Group)
def dossiers() -> None:
    """案卷材料：核验每个文件与登记是否一致，清理无用的文件。"""


@dossiers.command(cls=Command)
@click.option(
    "--sweep", "sweeping", is_flag=True, help="清理：中断的上传、已撤回的、30 天没有提交的申请的材料"
)
@click.option(
    "--older-than", "hours", type=click.IntRange(0, 24 * 365), default=24, help="只清理早于几小时的，默认 24"
)
def verify(sweeping: bool, hours: int) -> int:
    """逐个文件核对摘要；列出缺失、被改动、来历不明的文件，以及经过所附而案卷中没有的材料。

    可在运行中执行。状态：0 全部一致，1 有不一致，都列在上面。
    """
    starting.start()
    from onewindow.kernel.dossiers import verifying
    from onewindow.kernel.dossiers.store import StoreError
    from onewindow.kernel.dossiers.sweeping import sweep, withdraw_abandoned

    try:
        abandoned = withdraw_abandoned() if sweeping else 0
        result = verifying.verify(hours * 3600)
        gone = list(sweep(result.left, hours * 3600)) if sweeping else []
    except StoreError as error:
        raise click.ClickException(error.message) from None
    for fault in result.faults:
        click.echo(f"错误[{fault.code}]：{fault.message}")
    if abandoned:
        click.echo(f"撤回了 {abandoned} 份 30 天没有提交的材料")
    for one in gone:
        click.echo(f"清理：{_LEFT[one.code]} {one.about}")
    left = [one for one in result.left if one not in gone]
    _tell_left(left)
    _tell_sum(result)
    return 1 if result.faults or any(one.code == "unknown" for one in left) else 0


def _tell_left(left: list[Left]) -> None:
    for one in left:
        click.echo(f"可清理：{_LEFT[one.code]} {one.about}")
    if left:
        click.echo("请执行 onewindow dossiers verify --sweep 清理")


def _tell_sum(result: Result) -> None:
    click.echo(
        f"核对了 {result.blobs} 个文件、{result.entries} 条附有材料的经过，{len(result.faults)} 处不一致"
    )
