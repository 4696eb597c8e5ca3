"""Help and complaints of the command line in Chinese; click has them in English only."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchOption

from openbook.commands.inputs import near
from openbook.reporting.terminal import pad, width, wrap

COLUMNS = 96
ASK = "--help"
_RANGE = re.compile(r"\s*\[(?:[^\]]*x[^\]]*|required)\]$")  # click adds [1<=x<=256], [required]
_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)


class Command(click.Command):
    """A command whose help is laid out by display width and in Chinese."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        named.setdefault("options_metavar", "[选项]")
        super().__init__(*arguments, **named)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份帮助后退出"
        return option

    def get_help(self, ctx: click.Context) -> str:
        return "\n".join(self.help_lines(ctx))

    def help_lines(self, ctx: click.Context) -> list[str]:
        usage = " ".join(self.collect_usage_pieces(ctx))
        lines = [f"用法: {ctx.command_path} {usage}".rstrip(), ""]
        for paragraph in cleandoc(self.help or "").split("\n"):
            lines += [f"  {line}".rstrip() for line in wrap(paragraph, COLUMNS - 2)]
        options = [
            (record[0], _RANGE.sub("", record[1]))
            for one in self.get_params(ctx)
            if isinstance(one, click.Option) and (record := one.get_help_record(ctx))
        ]
        return [*lines, "", "选项:", *columns(options)]


class Group(Command, click.Group):
    """A command with commands below it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        named.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*arguments, **named)

    def help_lines(self, ctx: click.Context) -> list[str]:
        lines = super().help_lines(ctx)
        known = [
            (name, (command.help or "").split("\n")[0])
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name))
        ]
        return [*lines, "", "命令:", *columns(known), "", f"一个命令的帮助：{ctx.command_path} 命令 --help"]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the order they are declared in
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(f"没有命令 {args[0]}{near(args[0], self.commands, '命令有')}", ctx)
        return super().resolve_command(ctx, args)


def columns(records: list[tuple[str, str]]) -> list[str]:
    """Two columns: names, and what they mean, wrapped."""
    left = min(30, max((width(name) for name, _ in records), default=0)) + 2
    lines = []
    for name, about in records:
        told = list(wrap(about, COLUMNS - left - 2))
        if width(name) + 2 > left:
            lines.append(f"  {name}")
            name = ""  # noqa: PLW2901
        lines.append(f"  {pad(name, left)}{told[0]}".rstrip())
        lines += [" " * (left + 2) + line for line in told[1:]]
    return lines


def complaint(error: click.ClickException) -> str:
    """What is wrong with the command line and how to mend it."""
    if isinstance(error, NoArgsIsHelpError):
        return f"要有一个命令\n\n{error.message}"
    told = _told(error)
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "openbook"
    return f"{told}\n用法见 {command} {ASK}"


def _told(error: click.ClickException) -> str:
    parameter = getattr(error, "param", None)
    name = _name(parameter)
    if isinstance(error, NoSuchOption):
        known = _options(error.ctx)
        return f"没有选项 {error.option_name}{near(error.option_name, known, '选项有')}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{name}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要有一个值，或不该有值"
    if extra := _EXTRA.search(error.message):
        return f"多了 {extra[1]}；路径或代码里有空格的，请加引号"
    if isinstance(error, click.BadParameter):
        return _bad_value(parameter, name)
    return error.message


def _bad_value(parameter: click.Parameter | None, name: str) -> str:
    kind = getattr(parameter, "type", None)
    if isinstance(kind, click.Choice):
        return f"{name} 只能是 {'、'.join(str(one) for one in kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"{name} 要是 {kind.min} 到 {kind.max} 的整数"
    return f"{name} 的值不对"


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return parameter.opts[-1] if isinstance(parameter, click.Option) else f" {parameter.metavar}"


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    return [name for one in context.command.get_params(context) for name in one.opts if name.startswith("-")]
