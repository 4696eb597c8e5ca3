"""`onewindow calendar`: yearly notices, the bureau's own days, and what a change would move."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.main import starting
from onewindow.main.commands.help import Command, Group

if TYPE_CHECKING:
    from onewindow.kernel.calendars import Proposal, Shift

_SHOWN = 50  # matters that are listed on the screen; the rest is counted
_DAY = click.DateTime(["%Y-%m-%d"])
_KINDS = {"休息": "holiday", "上班": "workday"}


@click.group(cls=Group)
def calendar() -> None:
    """工作日历：导入年度放假通知、设本局自己的日子、查看、检查、重算期限。

    每次变更先列出哪些案件的末日会变，确认以后才提交，并记入平台日志。
    """


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every change."""
    for option in (
        click.option(
            "--list", "listed", type=click.Path(dir_okay=False, path_type=Path), metavar="文件",
            help="把会变的案件全部写到这个 CSV 文件",
        ),
        click.option("--yes", is_flag=True, help="不再询问，直接提交"),
        click.option("--dry-run", is_flag=True, help="只列出会变的案件，不提交"),
    ):  # fmt: skip
        command = option(command)
    return command


@calendar.command("import", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件")
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="通知是哪一年的")
@click.option("--number", default="", metavar="文号", help="如 国办发明电〔2026〕9号")
@click.option("--amends", is_flag=True, help="这是调整已装载年份的通知")
@_asking
def import_(
    file: Path, year: int, number: str, amends: bool, dry_run: bool, yes: bool, listed: Path | None
) -> None:
    """导入年度放假通知：通知原文（文本），或列为 date,kind,name 的 CSV。"""
    with _ready():
        from onewindow.kernel.calendars import propose_notice

        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise click.ClickException(f"{file} 不是 UTF-8 编码的文本，请另存为 UTF-8 再导入。") from None
        _change(propose_notice(text, year, number=number, amends=amends), dry_run, yes, listed)


@calendar.group("own-day", cls=Group)
def own_day() -> None:
    """本局自己的休息日或加班日：须写事由和依据的文件。"""


@own_day.command(cls=Command)
@click.argument("day", type=_DAY, metavar="日期")
@click.option("--kind", type=click.Choice(list(_KINDS)), required=True, help="这一天休息还是上班")
@click.option("--reason", required=True, metavar="事由", help="如 全市停电检修")
@click.option("--basis", required=True, metavar="依据", help="准许这样做的文件；没有依据不能让法定期限停下")
@_asking
def add(
    day: datetime, kind: str, reason: str, basis: str, dry_run: bool, yes: bool, listed: Path | None
) -> None:
    """设一个本局自己的日子。"""
    with _ready():
        from onewindow.kernel.calendars import propose_own_day
        from onewindow.kernel.legal_time import DayKind

        _change(propose_own_day(day.date(), DayKind(_KINDS[kind]), reason, basis), dry_run, yes, listed)


@own_day.command(cls=Command)
@click.argument("day", type=_DAY, metavar="日期")
@_asking
def remove(day: datetime, dry_run: bool, yes: bool, listed: Path | None) -> None:
    """取消一个本局自己的日子：以前按它算过的、已经办结的不变。"""
    with _ready():
        from onewindow.kernel.calendars import propose_taking_back

        _change(propose_taking_back(day.date()), dry_run, yes, listed)


@calendar.command(cls=Command)
@click.argument("year", type=int, required=False, metavar="[年份]")
def show(year: int | None) -> None:
    """列出一年里与平常不同的日子（不写年份则为今年），以及本局自己的日子。"""
    with _ready():
        from onewindow.kernel import moment
        from onewindow.kernel.law import law

        known = law().calendar
        wanted = moment.today().year if year is None else year
        click.echo(
            f"已装载 {known.years.start} 年至 {known.years.stop - 1} 年；日历版本 {law().version or '随程序'}"
        )
        if wanted not in known.years:
            raise click.ClickException(f"{wanted}年的放假安排没有装载，请用 onewindow calendar import 导入。")
        for notice in known.notices:
            if notice.year == wanted:
                click.echo(f"《{notice.title}》{notice.number}")
        days = [
            date.fromordinal(n)
            for n in range(date(wanted, 1, 1).toordinal(), date(wanted + 1, 1, 1).toordinal())
        ]
        for day in days:
            plain = day.weekday() < 5
            reason = known.reason(day)
            if known.is_working(day) != plain or "放假" in reason or "：" in reason:
                click.echo(f"{day}  {'上班' if known.is_working(day) else '休息'}  {reason}")
        click.echo(f"{wanted}年共 {sum(map(known.is_working, days))} 个工作日")


@calendar.command(cls=Command)
def check() -> int:
    """检查日历：缺的年份、推算不出期限的案件、与日志不符的变更。状态：0 没有要紧的，1 有。"""
    with _ready():
        from onewindow.kernel.calendars import findings

        urgent = 0
        for finding in findings():
            urgent += finding.urgent
            click.echo(f"{'错误' if finding.urgent else '提示'}：{finding.told}")
        if not urgent:
            click.echo("日历没有问题")
        return 1 if urgent else 0


@calendar.command(cls=Command)
def sweep() -> None:
    """按最新的日历重算未办结的案件。后台进程会自动做；中断了再运行就接着算。"""
    with _ready():
        _sweep()


def _change(proposal: Proposal, dry_run: bool, yes: bool, listed: Path | None) -> None:
    """Show what would move, ask, commit, and reckon anew."""
    from onewindow.kernel.actor import SYSTEM
    from onewindow.kernel.calendars import commit, shifts

    click.echo(proposal.told)
    count = _shown(shifts(proposal), listed)
    click.echo(f"共 {count} 个期限的末日会变" if count else "没有案件的末日会变")
    if dry_run:
        click.echo("只是预览，没有提交")
        return
    if not yes:
        click.confirm("提交吗", abort=True)
    click.echo(f"已提交，日历版本 {commit(proposal, SYSTEM).id}")
    _sweep()


def _shown(found: Iterator[Shift], listed: Path | None) -> int:
    """Show the first ones, write all of them to a file if one is named; how many."""
    count = 0
    with listed.open("w", encoding="utf-8-sig", newline="") if listed else _nowhere() as file:
        rows = csv.writer(file) if file else None
        if rows:
            rows.writerow(("编号", "名称", "期限", "原末日", "新末日", "原因"))
        for shift in found:
            count += 1
            old, new = shift.old or "算不出", shift.new or "算不出"
            if count <= _SHOWN:
                click.echo(f"{shift.matter}  {shift.what}  {old} → {new}  {shift.reason}")
            if rows:
                rows.writerow((shift.matter, shift.title, shift.what, old, new, shift.reason))
    if count > _SHOWN:
        click.echo(
            f"…… 还有 {count - _SHOWN} 个" + (f"，全部在 {listed}" if listed else "，用 --list 文件 全部列出")
        )
    return count


@contextmanager
def _nowhere() -> Iterator[None]:
    yield None


def _sweep() -> None:
    from onewindow.kernel.keeping.sweeping import sweep as reckon_anew

    def progress(done: int) -> None:
        if not done % 10_000:
            sys.stderr.write(f"重算了 {done} 件\n")

    swept = reckon_anew(progress=progress)
    click.echo(f"重算了 {swept.reckoned} 件，其中 {swept.changed} 件有变")


@contextmanager
def _ready() -> Iterator[None]:
    """Django, and words for what is refused. Raises click.ClickException."""
    starting.start()
    from onewindow.kernel.errors import Refused

    try:
        yield
    except Refused as error:
        raise click.ClickException(error.message) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or ''}：{error.strerror or error}") from None
