"""`onewindow demo`: a demonstration bureau, from nothing to the address to open."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command, Group, width
from onewindow.main.demo.place import Place

if TYPE_CHECKING:
    from onewindow.main.demo.people import Card
    from onewindow.main.supervising import Program

_READY_S = 60
_DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=Path("var/demo"), metavar="目录",
    help="演示数据的目录；不写则为 var/demo",
)  # fmt: skip


@click.group(cls=Group, invoke_without_command=True)
@_DATA
@click.option("--keep", is_flag=True, help="用上次的演示数据，不重做")
@click.option("--once", is_flag=True, help="启动、打开首页、停止：给自动检查用；没有终端时也是这样")
@click.pass_context
def demo(context: click.Context, data: Path, keep: bool, once: bool) -> int | None:
    """演示：建一个示范局，装入各种状态的办件，启动全部服务，列出各角色的账户。Ctrl-C 停止。

    其中的人和事全部是虚构的。数据在 var/demo，每次重做；不影响正式的数据。
    """
    place = Place(data)
    if context.invoked_subcommand is not None:
        context.obj = place
        return None
    once = once or not sys.stdin.isatty() or os.environ.get("CI") == "1"
    place.settle()
    if keep and place.exists:
        starting.start()
        cards = None
    else:
        cards = _made(place)
    return _served(place, cards, once)


@demo.command(cls=Command)
@click.argument("login", metavar="登录名")
@click.pass_obj
def code(place: Place, login: str) -> None:
    """一个演示账户现在的动态口令。

    例：onewindow demo code window
    """
    if not place.exists:
        raise click.ClickException(f"{place.folder} 里没有演示数据，请先执行 onewindow demo。")
    place.settle()
    starting.start()
    from onewindow.main.demo.codes import NoCode, code_of

    try:
        click.echo(code_of(login))
    except NoCode as error:
        raise click.ClickException(str(error)) from None


def _made(place: Place) -> tuple[Card, ...]:
    os.umask(0o077)
    place.make_anew()
    starting.start()
    from django.conf import settings
    from django.db import connection

    from onewindow.main import installing
    from onewindow.main.commands.migrate import migrate_database
    from onewindow.main.demo.story import play

    started = time.monotonic()
    click.echo(f"==> 建立示范局（{place.folder}）")
    for _made in installing.make_keys():
        pass
    settings.SECRET_KEY = (settings.DATA / "secret-key").read_text(encoding="utf-8").strip()
    migrate_database()
    cards = play(lambda told: click.echo(f"    {told}"))
    connection.close()
    click.echo(f"    用时 {time.monotonic() - started:.0f} 秒")
    return cards


# --- while it runs --------------------------------------------------------------------------


def _served(place: Place, cards: tuple[Card, ...] | None, once: bool) -> int:
    from onewindow.main.commands.serve import run_all

    failed = False

    def announce(address: str) -> bool:
        nonlocal failed
        ready = _until_ready(address)
        failed = once and not ready
        click.echo(f"\n==> 一窗已启动：{address}")
        click.echo(f"    省统一身份认证（本机模拟，选一个虚构的人登录）：http://{_text(place.identity)}/")
        click.echo(f"    省平台接收端（本机模拟，看报送了什么）：http://{_text(place.province)}/")
        if cards:
            click.echo(_table(cards))
        click.echo(f"    登录时要的动态口令：{_command(place)} 登录名")
        click.echo("" if once else "    Ctrl-C 停止\n")
        return not once

    os.environ["ONEWINDOW_PROVINCE"] = f"http://{_text(place.province)}/reports"
    status = run_all(announce, _stand_ins(place))
    return 1 if failed else status


def _command(place: Place) -> str:
    """How `code` is called from where we are."""
    program = sys.argv[0] if sys.argv[0].endswith("onewindow") else "onewindow"
    usual = place.folder == Path("var/demo").resolve()
    return f"{program} demo {'' if usual else f'--data {place.folder} '}code"


def _stand_ins(place: Place) -> tuple[Program, ...]:
    """What stands for the world outside, as processes of their own."""
    from onewindow.gateways.province.api import draw_key
    from onewindow.main.supervising import Program

    draw_key()
    python = [sys.executable, "-m"]
    host, port = place.identity
    return (
        Program("province", [*python, "onewindow.gateways.province.receiver", "--port", str(place.province[1]),
                             "--data", str(place.folder)]),
        Program("identity", [*python, "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
                             "--no-ws", "--blocking-threads", "4", "--backpressure", "16", "--log-level", "warning",
                             "onewindow.gateways.identity.provider:application"]),
    )  # fmt: skip


def _until_ready(address: str) -> bool:
    """Ask the front page and readiness until both are well; say what they answered."""
    deadline = time.monotonic() + _READY_S
    front, ready, told = 0, 0, ""
    while (front, ready) != (200, 200) and time.monotonic() < deadline:
        front, _page = _asked(address + "/")
        ready, told = _asked(address + "/readyz")
        time.sleep(0.2)
    click.echo(f"==> 首页 {front}，/readyz {ready} {told}")
    return (front, ready) == (200, 200)


def _asked(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace")
    except (URLError, OSError):
        return 0, ""


def _text(address: tuple[str, int]) -> str:
    return f"{address[0]}:{address[1]}"


def _table(cards: tuple[Card, ...]) -> str:
    rows = [("角色", "登录名", "口令"), *((one.title, one.login, one.password) for one in cards)]
    widths = [max(width(row[column]) for row in rows) for column in range(2)]
    return "\n".join(
        "    "
        + "".join(cell + " " * (widths[column] - width(cell) + 2) for column, cell in enumerate(row[:2]))
        + row[2]
        for row in rows
    )
