"""The bar shows on a terminal, makes room for the report, and leaves nothing behind."""

import io

from openbook.scale.progress import CLEAR, bar, progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def drawn(count, out, shared=False):
    assert list(progress(range(count), count, out, shared=shared)) == list(range(count))
    return out.getvalue()


def test_nothing_is_drawn_for_a_few_or_into_a_file():
    assert drawn(3, Terminal()) == ""
    assert drawn(50, io.StringIO()) == ""


def test_the_line_is_cleared_in_the_end():
    for shared in (True, False):
        told = drawn(50, Terminal(), shared)
        assert "0/50" in told
        assert told.endswith(CLEAR)


def test_a_shared_terminal_is_cleared_before_each_report():
    out = Terminal()
    for _ in progress(range(10), 10, out, shared=True):
        assert out.getvalue().endswith(CLEAR)


def test_the_bar_says_how_long_it_will_take(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert bar(10, 40, 5.0).endswith("10/40，还要约 15 秒")
    monkeypatch.setenv("COLUMNS", "40")
    assert bar(10, 40, 5.0) == "10/40"
