"""Whatever the bytes: a check comes to its end, says one thing, and always the same."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.kernel.dossiers.checks.inspecting import inspect
from onewindow.kernel.dossiers.checks.kinds import KINDS
from onewindow.kernel.dossiers.checks.verdict import Limits, Unfit
from tests.onewindow.dossiers import papers

GOOD = {kind: content for kind, (_name, content) in papers.good().items()}
HEADS = [content[:40] for content in GOOD.values()]
LIMITS = Limits()


def said(content: bytes) -> tuple[str, str]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        try:
            verdict = inspect(path, LIMITS)
        except Unfit as unfit:
            return unfit.code, unfit.message
        return verdict.kind, str(verdict.notes)


def holds(content: bytes) -> None:
    kind, told = said(content)
    assert kind
    assert told
    assert (kind, told) == said(content)


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes(content):
    holds(content)


@settings(deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=2000))
def test_any_bytes_behind_a_good_head(head, content):
    holds(head + content)


def mangled(content: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, a piece taken out, doubled, or the rest cut off."""
    data = bytearray(content)
    for _time in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(data)), rng.choice((1, 1, 2, 4, 40, 400))
        match rng.randrange(5):
            case 0:
                data[at : at + length] = rng.randbytes(length)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                data[at] = rng.choice((0, 0xFF, 0x7F, data[at] ^ 1))
            case 4 if rng.random() < 0.2:
                del data[at:]
        if not data:
            break
    return bytes(data)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_good_files_with_something_wrong_in_them(kind, seed):
    holds(mangled(GOOD[kind], random.Random(seed)))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/[]()%#0123456789 \n\robjendstreamxfJSFiltNRType\\", max_size=300))
def test_anything_that_looks_like_objects_of_pdf(content):
    holds(papers.pdf({9: content.encode()}))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_without_control_characters_is_a_text_or_told_why_not(content):
    kind, _told = said(content.encode("utf-8"))
    assert kind in ("txt", "text-active", "type-refused", "empty", "two-kinds", "encrypted", "archive-broken")
