"""The command line as a user calls it: arguments in; status, output and complaints out."""

from typing import NamedTuple

import pytest

from openbook import cli
from tests.reporting.samples import ALL, CLEAN


class Ran(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


@pytest.fixture
def openbook(capsys):
    def call(*arguments):
        status = cli.run([str(one) for one in arguments])
        return Ran(status, *capsys.readouterr())

    return call


@pytest.fixture
def canned(monkeypatch, tmp_path):
    """Reports made by hand in place of a check; returns the path to pass."""
    from openbook.commands import check

    reports = list(ALL)
    monkeypatch.setattr(check, "check_many", lambda *_: iter(reports))
    path = tmp_path / "a.txt"
    path.write_text("2024年部门预算\n", encoding="utf-8")

    def use(*wanted):
        reports[:] = wanted
        return path

    use(CLEAN)
    return use
