"""The command: help at once, complaints that say how to mend."""

import subprocess
import sys
import time
from importlib import import_module

import pytest

from onewindow.main.command import PLACES
from onewindow.main.commands.help import Command

HELP = [sys.executable, "-m", "onewindow.main.command", "--help"]


def test_help_comes_at_once():
    fastest = min(_seconds_of_help() for _each in range(3))
    assert fastest < 0.5


def _seconds_of_help():
    started = time.perf_counter()
    subprocess.run(HELP, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def test_help_does_not_import_django():
    code = (
        "import sys; from onewindow.main.command import onewindow\n"
        "onewindow.main(['--help'], standalone_mode=False)\n"
        "sys.exit('django' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("name", PLACES)
def test_every_command_is_where_it_is_said_to_be_and_has_chinese_help(name):
    module, _, attribute = PLACES[name].where.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, Command)
    assert command.name == name
    assert not command.help.isascii()


def test_every_command_stands_in_the_help():
    told = subprocess.run(HELP, check=True, capture_output=True, text=True).stdout
    for name, place in PLACES.items():
        assert f"  {name} " in told
        assert place.about[:12] in told.replace("\n", "")


def test_a_command_that_does_not_exist_has_a_neighbour(empty):
    assert "没有命令 serv，是不是 serve" in empty.run("serv", expect=2)


def test_an_option_that_does_not_exist(empty):
    assert "没有选项 --fast" in empty.run("serve", "--fast", expect=2)


def test_a_variable_that_cannot_be_used_stops_every_command(empty):
    told = empty.run("migrate", expect=1, ONEWINDOW_PROCESSES="many", ONEWINDOW_DEBUG="perhaps")
    assert "ONEWINDOW_PROCESSES 应为正整数" in told
    assert "ONEWINDOW_DEBUG 应为 yes 或 no" in told


def test_settings_lists_every_variable_and_no_secret(empty):
    told = empty.run(
        "settings",
        ONEWINDOW_SECRET_KEY="not-to-be-shown",
        ONEWINDOW_DATABASE_URL="postgresql://someone:not-to-be-shown@host/base",
    )
    assert "postgresql://someone:••••@host/base" in told
    assert "not-to-be-shown" not in told
    assert "ONEWINDOW_ADDRESS" in told
