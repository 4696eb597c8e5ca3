"""How a command comes to a Django that is ready, or to words about why it is not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from onewindow.main import environment

if TYPE_CHECKING:
    from django.core.checks import CheckMessage


def start() -> None:
    """Set Django up. Raises click.ClickException for variables that cannot be used, all of them at once."""
    fatal = [one.message for one in environment.read().complaints if one.fatal]
    if fatal:
        raise click.ClickException("环境变量有误：\n" + "\n".join(f"  {message}" for message in fatal))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.main.settings")
    import django

    django.setup()


def complaints() -> list[CheckMessage]:
    """What the checks of the platform and of Django say, the gravest first."""
    from django.core.checks import run_checks

    from onewindow.main.checks import TAG

    found = {(one.id, one.msg): one for one in run_checks()}
    found.update({(one.id, one.msg): one for one in run_checks(tags=[TAG], include_deployment_checks=True)})
    return sorted(found.values(), key=lambda one: (-one.level, one.id or ""))


def told(complaint: CheckMessage) -> str:
    """A complaint for people: what is wrong, and how to mend it on the next line."""
    grave = "错误" if complaint.is_serious() else "警告"
    hint = f"\n      {complaint.hint}" if complaint.hint else ""
    return f"{grave}[{(complaint.id or '').removeprefix('onewindow.')}]：{complaint.msg}{hint}"


def refuse_if_wrong() -> None:
    """Show what is not right. Raises click.ClickException where it is so grave that nothing may start."""
    from django.db import connections

    found = complaints()
    connections.close_all()  # who only starts others needs none
    for one in found:
        click.echo(told(one), err=True)
    if grave := sum(one.is_serious() for one in found):
        raise click.ClickException(f"有 {grave} 处错误，没有启动；改好后用 onewindow check 再查一遍。")
