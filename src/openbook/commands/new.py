"""`openbook new`: an empty budget book to fill in, or a worked example."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openbook.commands.help import Command, columns
from openbook.commands.inputs import WrongUse, near

if TYPE_CHECKING:
    from openbook.statements.layouts import Layout

WORKBOOK = ".xlsx"
OTHERS = (".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".docx", ".doc", ".wps", ".pdf", ".toml")


class New(Command):
    """The command with the layouts listed below its help; they are read only when the help is shown."""

    def help_lines(self, ctx: click.Context) -> list[str]:
        listed = [(one.id, one.title) for one in _known()]
        return [*super().help_lines(ctx), "", "报表套式:", *columns(listed)]


def run(path: str, layout: str, year: int, *, example: bool = False, force: bool = False) -> int:
    """Write a new book. Status 0; raises `WrongUse` where there is one already or the layout is unknown."""
    chosen = _layout(layout)
    target = form(path)
    if not force and _taken(target):
        raise WrongUse(f"{path} 已经有了，没有改动；请换一个名字，确要重写的加 --force")
    _write(target, chosen.id, year, example=example)
    first, last = chosen.years
    if not first <= year <= (last or year):
        until = f"到 {last} 年" if last else "起"
        sys.stderr.write(f"注意：报表套式 {chosen.id} 用于 {first} 年{until}，账簿的预算年度是 {year} 年\n")
    what = "示例账簿" if example else "空白账簿"
    sys.stdout.write(
        f"已写好{what} {path}（{chosen.title}，{year} 年）\n{_next(target, path, example=example)}\n"
    )
    return 0


def form(path: str) -> Path:
    """The path of a book: a workbook where it ends in .xlsx, else a folder."""
    if not path.strip():
        raise WrongUse("路径是空的；请写账簿的文件夹，或 .xlsx 文件名")
    target = Path(path)
    if target.suffix.lower() in OTHERS:
        shown = target.with_suffix(WORKBOOK)
        raise WrongUse(f"账簿要么是一个文件夹，要么是 .xlsx 工作簿，不能是 {target.suffix}；请写 {shown}")
    return target


def _known() -> list[Layout]:
    """The layouts that a book can be built in."""
    from openbook.composing.layout import buildable
    from openbook.statements.layouts import layouts

    return [one for one in layouts() if one.id in buildable()]


def _layout(identifier: str) -> Layout:
    known = {one.id: one for one in _known()}
    if identifier not in known:
        raise WrongUse(f"没有报表套式 {identifier}{near(identifier, known, '报表套式有')}")
    return known[identifier]


def _taken(target: Path) -> bool:
    return target.exists() and not (target.is_dir() and not any(target.iterdir()))


def _write(target: Path, layout: str, year: int, *, example: bool) -> None:
    from openbook.book import template
    from openbook.book.folder import NotWritten, write_folder
    from openbook.book.tables import PROJECTS
    from openbook.book.workbook import write_workbook

    shown = template.example(layout, year)
    book = shown if example else template.template(layout, year)
    try:
        if target.suffix.lower() == WORKBOOK:
            write_workbook(book, target, None if example else shown)
        else:
            write_folder(book, target)
            (target / PROJECTS.file).mkdir(exist_ok=True)  # so that it is plain where projects go
            (target / template.README).write_text(template.readme(layout, year), encoding="utf-8")
    except NotWritten as error:
        raise WrongUse(str(error)) from None


def _next(target: Path, path: str, *, example: bool) -> str:
    if example:
        return f"下一步：openbook build {path} -o 公开，看看能生成什么"
    if target.suffix.lower() == WORKBOOK:
        return f"下一步：用 Excel 或 WPS 打开，照“说明”表填写，保存后运行 openbook build {path} -o 公开"
    return f"下一步：照 {target / 'README.md'} 填写，再运行 openbook build {path} -o 公开"
