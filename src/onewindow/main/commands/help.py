"""Help and complaints of the command line in Chinese; click has them in English only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from inspect import cleandoc
from typing import Any, NamedTuple

import click
from click.exceptions import NoSuchOption

_COLUMNS = 96
_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)
_NO_BREAK = "，。；：、）”》"  # these do not begin a line


class Command(click.Command):
    """A command whose help is in Chinese, laid out by display width."""

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
        """The whole help."""
        usage = " ".join(self.collect_usage_pieces(ctx))
        lines = [f"用法: {ctx.command_path} {usage}".rstrip(), ""]
        for paragraph in cleandoc(self.help or "").split("\n"):
            lines += [f"  {line}".rstrip() for line in _wrapped(paragraph, _COLUMNS - 2)]
        records = [one.get_help_record(ctx) for one in self.get_params(ctx) if isinstance(one, click.Option)]
        return [*lines, "", "选项:", *_columns([record for record in records if record])]


class Group(Command, click.Group):
    """A command with commands below it."""

    command_class = Command

    def __init__(self, *arguments: Any, **named: Any) -> None:
        named.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*arguments, **named)

    def help_lines(self, ctx: click.Context) -> list[str]:
        known = [(name, self.about(ctx, name)) for name in self.list_commands(ctx)]
        tail = f"一个命令的帮助：{ctx.command_path} 命令 --help"
        return [*super().help_lines(ctx), "", "命令:", *_columns(known), "", tail]

    def about(self, ctx: click.Context, name: str) -> str:
        """One line about a command."""
        command = self.get_command(ctx, name)
        return (command.help or "").strip().split("\n")[0] if command else ""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the order they are declared in
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            near = get_close_matches(args[0], known, 1)
            told = f"，是不是 {near[0]}" if near else f"；命令有 {'、'.join(known)}"
            raise click.UsageError(f"没有命令 {args[0]}{told}", ctx)
        return super().resolve_command(ctx, args)


class Place(NamedTuple):
    """Where a command is: a module and a name in it; and a line about it."""

    where: str
    about: str


class Lazy(Group):
    """A group that imports a command only when it is called."""

    def __init__(self, *arguments: Any, places: Mapping[str, Place], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.places)

    def about(self, ctx: click.Context, name: str) -> str:  # noqa: ARG002
        return self.places[name].about

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self.places:
            return None
        module, _, name = self.places[cmd_name].where.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


def complaint(error: click.ClickException) -> str:
    """What is wrong with the command line and how to mend it."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "onewindow"
    return f"{_told(error)}\n用法见 {path} --help"


def _told(error: click.ClickException) -> str:
    parameter = getattr(error, "param", None)
    name = _name(parameter)
    if isinstance(error, NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{name}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要有一个值，或不该有值"
    if extra := _EXTRA.search(error.message):
        return f"多了 {extra[1]}；有空格的请加引号"
    if isinstance(error, click.BadParameter):
        return _bad_value(parameter, name, error.message)
    return error.message


def _bad_value(parameter: click.Parameter | None, name: str, message: str) -> str:
    kind = getattr(parameter, "type", None)
    if isinstance(kind, click.Choice):
        return f"{name} 只能是 {'、'.join(str(one) for one in kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"{name} 要是 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.Path):
        return f"{name} 所指的文件或目录不存在，或不能读写"
    return f"{name} 的值不对" if message.isascii() else f"{name}：{message}"


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return (
        parameter.opts[-1]
        if isinstance(parameter, click.Option)
        else f" {parameter.metavar or parameter.human_readable_name}"
    )


# --- the layout of text ---------------------------------------------------------------------


def width(text: str) -> int:
    """Columns on a terminal, where Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _wrapped(text: str, columns: int) -> Iterator[str]:
    line = ""
    for piece in re.findall(r"[\x21-\x7e]+|.", text):
        if width(line) + width(piece) > columns and piece not in _NO_BREAK:
            yield line.rstrip()
            line = ""
        line += piece if line or piece != " " else ""
    yield line


def _columns(records: list[tuple[str, str]]) -> Iterator[str]:
    """Two columns: names, and what they mean."""
    left = min(30, max((width(name) for name, _ in records), default=0)) + 2
    for name, about in records:
        told = list(_wrapped(about, _COLUMNS - left - 2))
        fits = width(name) + 2 <= left
        if not fits:
            yield f"  {name}"
        yield f"  {(name + ' ' * (left - width(name))) if fits else ' ' * left}{told[0]}".rstrip()
        yield from (" " * (left + 2) + line for line in told[1:])
