"""The `onewindow` command: imports what a command needs when it is called, so that help comes at once."""

from __future__ import annotations

import os
import sys

import click

from onewindow.main.commands.help import Lazy, Place, complaint

_COMMANDS = "onewindow.main.commands"
PLACES = {
    "init": Place(f"{_COMMANDS}.init:init", "建立一个新的安装：数据目录、密钥、数据库、三名管理员"),
    "settings": Place(f"{_COMMANDS}.settings:settings", "列出全部环境变量：现在的值、默认值、用途"),
    "check": Place(f"{_COMMANDS}.check:check", "启动前的检查：一次列出所有问题和改法"),
    "migrate": Place(f"{_COMMANDS}.migrate:migrate", "建立数据库的表，或升级到这一版程序"),
    "serve": Place(f"{_COMMANDS}.serve:serve", "启动全部服务：网页和接口、实时推送、后台进程"),
    "web": Place(f"{_COMMANDS}.serve:web", "只启动网页和接口"),
    "stream": Place(f"{_COMMANDS}.serve:stream", "只启动实时推送"),
    "worker": Place(f"{_COMMANDS}.serve:worker", "只启动后台进程：到期的环节、日终、发送"),
    "backup": Place(f"{_COMMANDS}.backup:backup", "备份数据库和材料，可在运行中进行"),
    "restore": Place(f"{_COMMANDS}.backup:restore", "把备份恢复到一个空的安装"),
    "dossiers": Place(f"{_COMMANDS}.dossiers:dossiers", "案卷材料：核验每个文件，清理无用的文件"),
    "keys": Place(f"{_COMMANDS}.keys:keys", "个人信息字段的密钥：轮换、重新加密、停用"),
    "ledger": Place(f"{_COMMANDS}.ledger:ledger", "台账：日终、核验、重算、回执、签名密钥"),
    "calendar": Place(f"{_COMMANDS}.calendar:calendar", "工作日历：放假通知、本局的日子、重算期限"),
    "grants": Place(f"{_COMMANDS}.grants:grants", "PostgreSQL：运行用的数据库用户的权限（SQL）"),
    "demo": Place(f"{_COMMANDS}.demo:demo", "演示：一个示范局，各角色账户，各种状态的办件"),
    "manage": Place(f"{_COMMANDS}.manage:manage", "Django 自己的管理命令"),
}  # fmt: skip


@click.group(cls=Lazy, places=PLACES)
def onewindow() -> None:
    """一窗 OneWindow：行政审批服务管理局的业务平台。

    先 onewindow init，再 onewindow serve；设置见 onewindow settings。
    """


def main() -> None:
    """The command, as it is installed. Ends with 0, 1 for what is found wrong, 2 for wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.main.settings")
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    try:
        status = onewindow.main(arguments, prog_name="onewindow", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        # exit_code 1 is an error of what was asked for, told by a command itself; 2 is wrong use
        wrong_use = isinstance(error, click.UsageError)
        click.echo(f"错误：{complaint(error) if wrong_use else error.message}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断", err=True)
        return 130


if __name__ == "__main__":
    main()
