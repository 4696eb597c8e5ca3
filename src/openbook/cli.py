"""The command line. Only click is imported here; each command imports what it needs when it runs."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from openbook import __version__
from openbook.commands.help import Command, Group, complaint
from openbook.commands.new import New
from openbook.commands.streams import prepare

FORMS = ("text", "json", "jsonl", "sarif", "junit", "html", "xlsx")
BUILDS = ("docx", "pdf", "html", "xlsx", "data")
SEVERITIES = ("error", "warning", "info")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
PATHS = click.argument("paths", nargs=-1, required=True, metavar="路径…")


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"openbook {__version__}")
        context.exit()


@click.group(cls=Group)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="显示版本后退出"
)
def openbook() -> None:
    """明账 OpenBook：由一本账簿编成公开的部门预算；逐个核对公开的部门预算、决算里的每一个数字。

    例：openbook build 账簿.xlsx -o 公开

    例：openbook check 公开文件夹 --format html -o 报告.html
    """


@openbook.command(cls=Command)
@PATHS
@click.option(
    "--format", "form", type=click.Choice(FORMS), metavar="格式",
    help="text、json、jsonl、sarif、junit、html 或 xlsx；不写时看 -o 的后缀，再不然是 text",
)  # fmt: skip
@click.option("-o", "--output", metavar="文件", help="把报告写到这个文件")
@click.option(
    "--select",
    multiple=True,
    metavar="代码",
    help="只用这些规则，写代码或其开头，如 OB3 或 OB301,OB2；可重复",
)
@click.option("--ignore", multiple=True, metavar="代码", help="不用这些规则，写法同上")
@click.option(
    "--severity", type=click.Choice(SEVERITIES), metavar="级别",
    help="error、warning 或 info：只列出这一级以上的，有则状态为 1；不写时全部列出，warning 以上状态为 1",
)  # fmt: skip
@click.option("--baseline", metavar="文件", help="基线：其中已知的问题不再列出")
@click.option(
    "--write-baseline", is_flag=True, help="基线不存在时记下现有的问题；存在时删去不再出现的，只减不增"
)
@click.option("--prior", multiple=True, metavar="路径", help="上一年的公开文件，只用来对照；可重复")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="数", help="同时用几个进程；不写时看文件多少")
def check(**given: Any) -> int:
    """核对文件、文件夹或通配符所指的公开文件，报告问题。

    能读 txt、md、docx、html、xlsx 和带文字层的 pdf。同一部门上一年的文件放在一起时，自动用来核对增减。

    状态：0 没有问题，1 有问题，2 有文件无法读取或用法不对。
    """
    from openbook.commands.check import Request, run

    return run(Request(**given))


@openbook.command(cls=New)
@click.argument("path", metavar="路径")
@click.option("--layout", required=True, metavar="套式", help="必填。按哪一套表公开，见下面的列表")
@click.option(
    "--year", type=click.IntRange(2018, 2099), required=True, metavar="年度", help="必填。预算年度，四位年份"
)
@click.option("--example", is_flag=True, help="写一本填好的示例账簿，单位和数都是虚构的")
@click.option("--force", is_flag=True, help="路径上已有账簿时重写，原来的内容不再有")
def new(path: str, layout: str, year: int, example: bool, force: bool) -> int:
    """新建一本预算账簿：路径以 .xlsx 结尾的是工作簿，否则是文件夹。

    例：openbook new 账簿.xlsx --layout shanxi-13-2024 --year 2024
    """
    from openbook.commands.new import run

    return run(path, layout, year, example=example, force=force)


@openbook.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="账簿…")
@click.option("-o", "--output", required=True, metavar="文件夹", help="编成的文件放在这里")
@click.option(
    "--format", "formats", type=click.Choice(BUILDS), multiple=True, metavar="格式",
    help="docx、pdf、html、xlsx 或 data（开放数据）；可重复，不写则全部编",
)  # fmt: skip
@click.option("--unit", default="", metavar="单位", help="编这个单位的单位预算，不编部门预算")
@click.option("--units", is_flag=True, help="部门预算之外，每个单位再编一份单位预算")
@click.option("--control", metavar="文件", help="控制数清单（csv 或 xlsx），账簿必须与它一致")
@click.option("--draft", is_flag=True, help="内部审核稿：加水印；核对不过也编，但列出要改的地方")
@click.option("--handlers", is_flag=True, help="绩效目标表里写出经办人和电话（不写则不公开）")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="数", help="同时用几个进程，不写为 1")
def build(**given: Any) -> int:
    """由预算账簿编成全套公开文件：报表、说明、绩效目标表、图，数字处处一致。

    例：openbook build 账簿.xlsx -o 公开

    账簿有误时什么也不写，把要改的地方一次列全。

    状态：0 都已编成，1 账簿有误没有编成，2 用法不对或写不了文件。
    """
    from openbook.commands.build import Request, run

    return run(Request(**given))


@openbook.command("compile", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="账簿…")
@click.option("-o", "--output", required=True, metavar="路径", help="部门账簿写在这里：.xlsx 或文件夹")
@click.option("--department", required=True, metavar="名称", help="部门全称，也是部门本级的单位名称")
def compile_upward(paths: tuple[str, ...], output: str, department: str) -> int:
    """把各单位的账簿汇总成部门的账簿。

    例：openbook compile 局机关.xlsx 服务中心.xlsx -o 部门.xlsx --department 某县行政审批服务管理局

    状态：0 已写好，1 各账簿合不到一起，2 用法不对或写不了文件。
    """
    from openbook.commands.compile import run

    return run(paths, output, department)


@openbook.command(cls=Command)
@click.argument("old", metavar="旧")
@click.argument("new", metavar="新")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", metavar="格式",
              help="text 或 json")  # fmt: skip
@click.option("--unit", default="", metavar="单位", help="比较这个单位的单位预算，不比较部门预算")
@click.option("--all", "every", is_flag=True, help="不同之处再多也全部列出")
def diff(**given: Any) -> int:
    """两本账簿、两次编成的文件夹，或账簿与公布的文件，有什么不同，为什么。

    例：openbook diff 去年的账簿 今年的账簿

    例：openbook diff 账簿.xlsx 公布的.pdf

    状态：0 相同，1 不同，2 文件无法读取或用法不对。
    """
    from openbook.commands.diff import Request, run

    return run(Request(**given))


@openbook.command(cls=Command)
@click.argument("out", metavar="文件夹")
@click.argument("asked", metavar="数")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", metavar="格式",
              help="text 或 json")  # fmt: skip
def trace(out: str, asked: str, form: str) -> int:
    """编成的文件夹里一个印出的数，出自账簿的哪几行，说明里哪里用到它。

    例：openbook trace 公开 2139.06

    例：openbook trace 公开 "支出总表 2010306 基本支出"

    数可以写印出的数、报表上的字（表名、行、栏）、地址（如 expenditure/2010306/basic），或说明的编号（claim-12）。

    状态：0 查到，1 可以指几处，都列出，2 没有这个数或用法不对。
    """
    from openbook.commands.trace import run

    return run(out, asked, form)


@openbook.command(cls=Command)
@click.argument("source", metavar="账簿")
@click.argument("target", metavar="新路径")
def convert(source: str, target: str) -> int:
    """把预算账簿从文件夹转成工作簿，或从工作簿转成文件夹，内容不变。

    例：openbook convert 账簿.xlsx 账簿
    """
    from openbook.commands.convert import run

    return run(source, target)


@openbook.command(cls=Command)
@click.argument("layout", metavar="套式")
@click.option("-o", "--output", metavar="文件", help="写到这个文件，如 账簿/explanation.md；不写则显示出来")
def template(layout: str, output: str | None) -> int:
    """一个套式自带的说明模板：整份公开文本的文字，改好后放进账簿就照它编。

    例：openbook template shanxi-13-2024 -o 账簿/explanation.md
    """
    from openbook.commands.template import run

    return run(layout, output)


@openbook.command(cls=Command)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", metavar="格式",
              help="text 或 json")  # fmt: skip
def rules(form: str) -> int:
    """列出全部规则。"""
    from openbook.commands.rules import table

    return table(form)


@openbook.command(cls=Command)
@click.argument("code", metavar="代码")
def explain(code: str) -> int:
    """一条规则的全文：查什么、为什么、依据、例子、怎么改。

    例：openbook explain OB301
    """
    from openbook.commands.rules import explain as tell

    return tell(code)


@openbook.command(cls=Command)
@click.argument("path", metavar="路径")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", metavar="格式",
              help="text 或 json")  # fmt: skip
def show(path: str, form: str) -> int:
    """显示从一份文件里读出了什么：报表、说明里的数字、绩效目标表，各带所在的行或页。"""
    from openbook.commands.show import run

    return run(path, form)


@openbook.command(cls=Command)
@PATHS
@click.option("--write", is_flag=True, help="真的改写文件；不写时只显示会改什么")
@click.option("--diff", is_flag=True, help="显示改动；与 --write 同用时边改边显示")
def fix(paths: tuple[str, ...], write: bool, diff: bool) -> int:
    """只做不会改变任何数额的修补：全角数字改半角，去掉数字中间的空格。

    不加 --write 时什么也不改，只显示会改什么，有可改的则状态为 1。
    """
    from openbook.commands.fix import run

    return run(paths, write=write, diff=diff)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    from openbook.commands.inputs import WrongUse

    try:
        status = openbook.main(arguments, prog_name="openbook", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as finished:
        return finished.exit_code
    except click.ClickException as error:
        return _fail(complaint(error))
    except WrongUse as error:
        return _fail(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        from openbook.reading.errors import in_words
        from openbook.reporting.terminal import visible

        what = visible(str(error.filename)) if error.filename else "没有写完"
        return _fail(f"{what}：{in_words(error)}")
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断", err=True)
        return 130


def _fail(told: str) -> int:
    click.echo(f"错误：{told}", err=True)
    return 2


def _silence() -> None:
    """What is left in the buffer has nowhere to go: Python must not try when it closes stdout."""
    with suppress(OSError):
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """The `openbook` command."""
    prepare()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends as Ctrl-C does: no half of a report stays
    try:
        status = run(sys.argv[1:])
    except BrokenPipeError:  # the reader has gone (`| head`): nothing is left to say
        status = 141
    except Exception as error:
        # Status 1 would say that there are findings.
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"程序出错（{type(error).__name__}：{error}，{Path(where.filename).name}:{where.lineno}）"
        status = _fail(f"{told}，请报告此事")
    _silence()
    sys.exit(status)


if __name__ == "__main__":
    main()
