"""The program starts quickly and speaks Chinese."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("lxml", "docx", "pypdfium2", "openpyxl", "numpy", "highspy", "rich", "xlsxwriter", "python_calamine",
         "openbook.api", "openbook.rules.table")  # fmt: skip


def process(*arguments, **environment):
    told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **environment}
    command = [sys.executable, "-m", "openbook", *arguments]
    return subprocess.run(command, capture_output=True, env=told, check=False)


def test_help_imports_nothing_heavy():
    code = (
        "import sys, openbook.cli as cli; cli.run(['--help']); cli.run(['check', '--help']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["check", "rules", "explain", "show", "fix"])
def test_every_command_has_help_in_chinese(command, openbook):
    ran = openbook(command, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"用法: openbook {command}")
    assert "显示这份帮助后退出" in ran.out
    assert not re.search(r"Usage|Options|Show this", ran.out)


def test_the_list_of_commands(openbook):
    ran = openbook("--help")
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.split("命令:")[1].splitlines()[1:13]] == [
        "check", "new", "build", "compile", "diff", "trace", "convert", "template", "rules", "explain", "show", "fix",
    ]  # fmt: skip


def test_the_version(openbook):
    assert re.fullmatch(r"openbook \d+\.\d+\.\d+\n", openbook("--version").out)


def test_chinese_comes_out_in_any_locale():
    ran = process("--help", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.returncode == 0
    assert "用法" in ran.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m openbook rules | head -1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert ran.returncode in (0, 141)
    assert ran.stderr == ""
