"""`onewindow ledger`: the ledger closed, verified, rebuilt, and handed out."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command, Group

if TYPE_CHECKING:
    from onewindow.kernel.keeping.verifying import Counts
    from onewindow.kernel.ledger.faults import Fault

_PROGRESS_S = 2.0  # between two lines on stderr, so that a long run is seen to live
_FILE = click.Path(dir_okay=False, path_type=Path)
_READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=Group)
def ledger() -> None:
    """台账：核验、重算、日终、公布日根、出具回执、更换签名密钥。"""


@ledger.command(cls=Command)
@click.option("--matter", metavar="编号", help="只核验这一个案件，以及它有变动的那些日子")
@click.option("--published", type=_READABLE, metavar="文件", help="对外公布的日根（一行一日），另存于别处的")
@click.option("--no-openings", is_flag=True, help="不核对加密保存的个人信息")
@click.option("--json", "as_json", is_flag=True, help="逐行输出 JSON：每处问题一行，最后一行是计数")
def verify(matter: str | None, published: Path | None, no_openings: bool, as_json: bool) -> int:
    """核验台账：逐条重算摘要，核对日终登记、日根和签名，找出被改、被删、被插入的每一条。

    信任的公钥只取自 ONEWINDOW_TRUSTED_KEYS 目录。状态：0 没有问题，1 有问题。
    """
    with _ready():
        from onewindow.kernel.keeping.verifying import Asked, Counts
        from onewindow.kernel.keeping.verifying import verify as verified

        counts, faults = Counts(), 0
        asked = Asked(matter, published, openings=not no_openings)
        for fault in verified(asked, counts, _progress("核验", "条")):
            faults += 1
            click.echo(_as_json(fault) if as_json else f"{fault.code}  {fault.message}")
        told = {**asdict(counts), "faults": faults}
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else _told(counts, faults))
        return 1 if faults else 0


@ledger.command(cls=Command)
@click.option("--check", is_flag=True, help="只报告差别，什么也不写")
def rebuild(check: bool) -> int:
    """按台账重算案件表的每一行：状态、期限、牌色都由台账和法律推出。台账本身有误的案件不改，只报告。

    状态：0 没有差别，或都已改正；1 有差别（--check），或有不能重算的案件。
    """
    with _ready():
        from onewindow.kernel.keeping.rebuilding import Tally, differences
        from onewindow.kernel.keeping.rebuilding import rebuild as rebuilt

        tally = Tally()
        found = left = 0
        for one in (differences if check else rebuilt)(tally, _progress("比对", "件")):
            found += 1
            left += check or bool(one.trouble)
            click.echo(one.told)
        click.echo(f"共 {tally.matters} 件，{found} 件有差别，改写了 {tally.written} 行")
        if check and tally.stale:
            click.echo(f"{tally.stale} 件还没有按最新的工作日历重算，见 onewindow calendar sweep")
        return 1 if left else 0


@ledger.command(cls=Command)
def close() -> None:
    """日终：签发到昨天为止每一日的日根并公布。后台进程每天 0 时 5 分自动做，这里可以手工做。"""
    with _ready():
        from onewindow.kernel.keeping.days import close_days, last_closed

        closed = close_days()
        last = last_closed()
        click.echo(f"签发了 {closed} 个日根" + (f"，最后一个是 {last.day}" if last else "；台账还是空的"))


@ledger.command(cls=Command)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="从这一天起")
def roots(since: datetime | None) -> None:
    """输出日根，一行一日（JSON）：请每天公布到门户网站、公告栏等多处。

    与数据目录里 roots 目录的文件内容相同。
    """
    with _ready():
        from onewindow.kernel.keeping.publishing import line_of, sealed_of
        from onewindow.kernel.models import LedgerDay

        rows = LedgerDay.objects.order_by("day")
        chosen = rows.filter(day__gte=since.date()) if since else rows
        for row in chosen.iterator():
            click.echo(line_of(sealed_of(row)))


@ledger.command(cls=Command)
@click.argument("matter", metavar="编号")
@click.option("-o", "--output", type=_FILE, required=True, metavar="文件", help="写到这个文件")
@click.option("--openings", metavar="理由", help="附上本人的个人信息；理由记入他的日志")
def receipt(matter: str, output: Path, openings: str | None) -> None:
    """出具一个案件的回执：申请人不靠本系统就能核验。次日起可以出具。"""
    with _ready():
        from onewindow.kernel.actor import SYSTEM
        from onewindow.kernel.keeping import receipts
        from onewindow.kernel.ledger.receipts import to_text
        from onewindow.kernel.models import Matter

        if openings:
            content = receipts.receipt_with_openings(matter, SYSTEM, openings)
        else:
            content = receipts.receipt_for(matter, SYSTEM)
        output.write_text(to_text(content), encoding="utf-8")
        later = receipts.later_entries(content, Matter.objects.get(pk=matter))
        click.echo(f"已写到 {output}" + (f"；其后还有 {later} 条经过，次日起可另取" if later else ""))


@ledger.command("receipt-program", cls=Command)
@click.option(
    "-o", "--output", type=_FILE, required=True, metavar="文件", help="程序写到这个文件，公钥写在旁边"
)
def receipt_program(output: Path) -> None:
    """给出核验回执的程序（一个文件，只要有 Python 3.8 以上）和公钥：供申请人下载。"""
    with _ready():
        from onewindow.kernel.keeping.receipts import receipt_program as program
        from onewindow.kernel.keys import trusted_keys

        output.write_text(program(), encoding="utf-8")
        click.echo(f"程序：{output}")
        for fingerprint, key in trusted_keys().items():
            path = output.with_name(f"ledger-public-key-{fingerprint[:16]}.pem")
            path.write_text(key.to_pem(), encoding="utf-8")
            click.echo(f"公钥：{path}，指纹 {fingerprint}")


@ledger.command("change-key", cls=Command)
@click.argument("new", type=_READABLE, required=False, metavar="[私钥文件]")
def change_key(new: Path | None) -> None:
    """更换签名密钥：下一个日根由旧密钥写明新密钥的指纹，再下一日起由新密钥签发，旧私钥随即销毁。

    不给文件就新生成一把。新公钥和指纹要在旧密钥公布过的地方公布。
    """
    with _ready():
        from onewindow.kernel.actor import SYSTEM
        from onewindow.kernel.crypto.keys import read_private_key
        from onewindow.kernel.journal import PLATFORM, note
        from onewindow.kernel.keeping import signing

        key = signing.hand_over(read_private_key(new.read_bytes()) if new else None)
        told = f"台账签名密钥将交接给指纹为 {key.fingerprint} 的密钥"
        note(PLATFORM, "platform_changed", SYSTEM, {"what": told})
        click.echo(f"{told}。下一个日根写明之后生效。请公布这个指纹和公钥：\n{key.to_pem()}", nl=False)


@contextmanager
def _ready() -> Iterator[None]:
    """Django, and words for what is refused. Raises click.ClickException."""
    starting.start()
    from onewindow.kernel.crypto.errors import CryptoError
    from onewindow.kernel.errors import Refused

    try:
        yield
    except Refused as error:
        raise click.ClickException(error.message) from None
    except CryptoError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or ''}：{error.strerror or error}") from None


def _progress(doing: str, unit: str) -> Callable[[int], None]:
    """Tells of progress on stderr, every two seconds."""
    began = told = time.monotonic()

    def progress(done: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= _PROGRESS_S:
            told = now
            sys.stderr.write(f"{doing}了 {done} {unit}，每秒 {done / (now - began):.0f} {unit}\n")

    return progress


def _as_json(fault: Fault) -> str:
    found = {**asdict(fault), "day": fault.day.isoformat() if fault.day else None}
    return json.dumps(found, ensure_ascii=False)


def _told(counts: Counts, faults: int) -> str:
    """What was checked, in one line."""
    lines = [
        f"核验了 {counts.matters} 个案件的 {counts.entries} 条经过，{counts.days} 个日根，{counts.openings} 项个人信息",
        f"{counts.published} 个日根与公布的核对过" if counts.published else "没有公布的日根可以核对",
    ]
    if counts.unsealed:
        lines.append(f"{counts.unsealed} 条经过的日子还没有签发日根，只受摘要链保护")
    lines.append(f"有 {faults} 处问题" if faults else "没有问题")
    return "；".join(lines) + "。"
