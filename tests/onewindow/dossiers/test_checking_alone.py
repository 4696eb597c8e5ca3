"""A file is checked in a process of its own, which may take only so much time and memory."""

import re
import time
import zlib
from dataclasses import replace

import pytest

from onewindow.kernel.dossiers.checks.alone import inspect_alone
from onewindow.kernel.dossiers.checks.inspecting import inspect
from onewindow.kernel.dossiers.checks.verdict import MEGABYTE, Limits, Unfit
from tests.onewindow.dossiers import papers

LIMITS = Limits()
# A page whose content unpacks to gigabytes: PDFium unpacks what it shows.
PACKED = zlib.compress(papers.zeros(1900), 9)
BOMB = papers.pdf(
    {4: b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(PACKED), PACKED)}
)
LONG = papers.pdf({9: b"obj<</A/B>>" * 1_900_000})  # more objects than can be looked at in a second


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return written


def test_it_says_what_the_check_says(file):
    for name, content in papers.good().values():
        assert inspect_alone(file(content), LIMITS) == inspect(file(content), LIMITS), name
    with pytest.raises(Unfit, match="解压") as refused:
        inspect_alone(file(papers.archive({"a": "b"})), LIMITS)
    assert refused.value.code == "type-refused"


def test_the_limits_of_the_bureau_are_its_limits(file):
    small = replace(LIMITS, size={**LIMITS.size, "pdf": 10})
    with pytest.raises(Unfit, match="不能超过 10 字节"):
        inspect_alone(file(papers.pdf()), small)


@pytest.mark.parametrize(
    ("content", "most", "how"),
    [
        (BOMB, {"memory": 300 * MEGABYTE}, "exit -|MemoryError"),
        (LONG, {"seconds": 1}, "exit -"),
        (LONG, {"wait": 1}, "timeout"),
    ],
    ids=["memory", "processor", "clock"],
)
def test_a_file_that_takes_too_much_is_refused_and_nothing_else_happens(file, content, most, how, caplog):
    began = time.monotonic()
    with pytest.raises(Unfit, match="打印为 PDF") as refused:
        inspect_alone(file(content), replace(LIMITS, **most))
    assert refused.value.code == "check-failed"
    assert time.monotonic() - began < 30
    assert re.match(how, caplog.records[0].how)
    assert inspect_alone(file(papers.pdf()), LIMITS).kind == "pdf"


def test_a_file_that_is_gone_is_no_good_file(tmp_path):
    with pytest.raises(Unfit) as refused:
        inspect_alone(tmp_path / "nothing", LIMITS)
    assert refused.value.code == "check-failed"
