"""Lines of two books find each other whatever their order, and what changed is told once."""

import random

from hypothesis import given
from hypothesis import strategies as st

from openbook.comparing.addresses import Renames
from openbook.comparing.lines import line_changes, match_lines
from openbook.disclosure import Origin
from openbook.writing.data import BookLine

UNITS, CODES = st.sampled_from(["甲局", "乙中心"]), st.sampled_from(["2010301", "2010302"])
LINES = st.builds(
    BookLine,
    file=st.just("expenditure.csv"),
    row=st.none(),
    amount=st.integers(0, 3),
    unit=UNITS,
    function=CODES,
    economic=st.sampled_from(["30101", "30201"]),
    project=st.sampled_from(["", "P01"]),
)


def numbered(lines):
    return {Origin("expenditure", index): line for index, line in enumerate(lines)}


def changes(old, new, renames=Renames()):  # noqa: B008
    was, now = numbered(old), numbered(new)
    return line_changes(match_lines(was, now, renames), was, now, renames)


@given(st.lists(LINES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(lines, rng):
    shuffled = list(lines)
    rng.shuffle(shuffled)
    assert changes(lines, shuffled) == []


@given(st.lists(LINES, max_size=12), st.lists(LINES, max_size=12))
def test_every_line_of_both_books_stands_in_one_pair(old, new):
    pairs = match_lines(numbered(old), numbered(new), Renames())
    assert sorted(pair.after for pair in pairs if pair.after) == sorted(numbered(new))
    assert sorted(pair.before for pair in pairs if pair.before) == sorted(numbered(old))


@given(st.lists(LINES, max_size=12), st.lists(LINES, max_size=12))
def test_the_differences_of_the_lines_add_up_to_that_of_the_books(old, new):
    told = sum(change.difference for change in changes(old, new))
    assert told == sum(line.amount for line in new) - sum(line.amount for line in old)


ONE = BookLine("expenditure.csv", 2, 500, "甲局", "2010301", "30101", "general", "basic", "", "current")


def test_of_two_like_lines_only_the_one_that_changed_is_told():
    more = ONE._replace(amount=700)
    assert [(one.before.amount, one.after.amount) for one in changes([ONE, ONE], [more, ONE])] == [(500, 700)]


def test_money_under_another_account_was_moved():
    (change,) = changes([ONE], [ONE._replace(economic="30102")])
    assert (change.kind, change.before.economic, change.after.economic) == ("changed", "30101", "30102")


def test_other_money_under_another_account_is_one_line_less_and_one_more():
    kinds = sorted(change.kind for change in changes([ONE], [ONE._replace(economic="30102", amount=900)]))
    assert kinds == ["added", "removed"]


def test_a_project_that_has_another_code_now_is_the_same_project():
    was, now = ONE._replace(project="P01"), ONE._replace(project="P07")
    assert changes([was], [now], Renames({"P01": "P07"})) == []


def test_a_long_book_is_matched_at_once():
    rng = random.Random(1)
    lines = [
        ONE._replace(amount=rng.randrange(50), economic=str(30100 + rng.randrange(20))) for _ in range(5000)
    ]
    assert len(changes(lines, [replace_amount(lines[0]), *lines[1:]])) == 1


def replace_amount(line):
    return line._replace(amount=line.amount + 1)
