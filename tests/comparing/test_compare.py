"""Two books: what changed in them, in the figures and in the prose, and why."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.book.model import Prior, Words
from openbook.comparing.books import HIDDEN, excerpt
from openbook.comparing.compare import compare
from openbook.comparing.sides import BUILD_SIDE, DOCUMENT_SIDE, Side
from openbook.reading.errors import Unreadable
from tests.book.books import small_book
from tests.comparing.differing import built, changed, difference, document_of, edited, line_of

BOOK = small_book()
FIRST = built(BOOK)


def cells(found):
    return {change.address: change for change in found.cells.found}


def test_a_book_is_the_same_as_itself():
    assert difference(small_book(), small_book()).same


def test_a_figure_changes_because_of_its_lines():
    index = line_of(BOOK, economic="30211")
    other = changed(BOOK, index, amount=BOOK.expenditure[index].amount + 123_400)
    change = cells(difference(BOOK, other))["general_basic/30211/total"]
    assert change.exact == 123_400
    assert [(cause.amount, cause.line.after.economic) for cause in change.causes] == [(123_400, "30211")]


@settings(deadline=None, max_examples=10)
@given(
    st.dictionaries(
        st.integers(0, len(BOOK.expenditure) - 1),
        st.tuples(st.integers(1, 10**9), st.sampled_from(["2010301", "2080505", ""])),
        min_size=1,
        max_size=4,
    )
)
def test_the_lines_explain_every_figure_to_the_last_fen(edits):
    moved = {
        index: {"amount": amount, "function": function or BOOK.expenditure[index].function}
        for index, (amount, function) in edits.items()
    }
    other = edited(BOOK, moved)
    after = built(other)
    for change in difference(BOOK, other).cells.found:
        was = FIRST.cells[change.address].exact if change.address in FIRST.cells else 0
        now = after.cells[change.address].exact if change.address in after.cells else 0
        assert change.unexplained == 0
        assert change.exact == sum(cause.amount for cause in change.causes) == now - was


def test_where_the_exact_sum_is_what_it_was_only_the_rounding_changed():
    found = [
        change
        for index in range(len(BOOK.expenditure))
        for change in difference(
            BOOK, changed(BOOK, index, amount=BOOK.expenditure[index].amount + 4_900)
        ).cells.found
        if change.rounding
    ]
    assert found
    assert all(change.difference and not change.causes for change in found)


def test_a_claim_is_told_with_its_old_and_new_words():
    index = line_of(BOOK, project="XM001")
    found = difference(BOOK, changed(BOOK, index, amount=BOOK.expenditure[index].amount + 10_000_000))
    texts = {(one.before.text, one.after.text) for one in found.claims if one.before and one.after}
    was, now = (built_text(one, "expenditure/total/project") for one in (FIRST, built_of(index)))
    assert (f"{was}万元", f"{now}万元") in texts
    assert all(
        one.before is None or one.after is None or one.before.text != one.after.text for one in found.claims
    )


def built_text(published, address):
    return published.cells[address].text


def built_of(index):
    return built(changed(BOOK, index, amount=BOOK.expenditure[index].amount + 10_000_000))


def test_a_renamed_project_keeps_its_figures():
    other = small_book()
    other.projects[0] = replace(other.projects[0], name="窗口服务和帮办")
    found = difference(BOOK, other)
    (edit,) = found.edits
    assert (edit.table, edit.kind, edit.fields[0].head) == ("项目", "changed", "项目名称")
    assert not found.lines
    assert not found.cells.found


def test_a_project_that_changed_its_code_is_still_the_same():
    other = small_book()
    code = other.projects[0].code
    other.projects[0] = replace(other.projects[0], code="XM900")
    for index, line in enumerate(other.expenditure):
        if line.project == code:
            other.expenditure[index] = replace(line, project="XM900")
    other.purchases = [
        replace(row, project="XM900") if row.project == code else row for row in other.purchases
    ]
    other.controls = [replace(row, project="XM900") if row.project == code else row for row in other.controls]
    found = difference(BOOK, other)
    assert not found.lines
    assert not found.cells.found
    assert [(edit.table, [field.head for field in edit.fields]) for edit in found.edits] == [
        ("项目", ["项目编码"])
    ]


def test_texts_last_year_and_reasons_are_compared():
    other = small_book()
    other.texts["duties"] = Words(other.texts["duties"].text + "负责新的事。")
    other.prior[0] = Prior(other.prior[0].item, other.prior[0].amount + 100)
    key = next(iter(other.reasons))
    other.reasons[key] = Words("改写过的原因")
    tables = [(edit.table, edit.kind) for edit in difference(BOOK, other).edits]
    assert tables == [("上年数", "changed"), ("变动原因", "changed"), ("文字", "changed")]


def test_what_is_personal_is_not_told():
    other = small_book()
    other.projects[0] = replace(other.projects[0], telephone="000-1")
    (edit,) = difference(BOOK, other).edits
    assert HIDDEN in (edit.fields[0].before, edit.fields[0].after)
    assert "000-1" not in str(edit)


def test_a_row_that_is_added_or_gone_is_told():
    other = small_book()
    other.purchases.pop()
    removed = difference(BOOK, other).edits
    added = difference(other, BOOK).edits
    assert [(edit.table, edit.kind) for edit in (*removed, *added)] == [
        ("政府采购", "removed"),
        ("政府采购", "added"),
    ]


def test_two_builds_are_compared_by_what_they_hold():
    index = line_of(BOOK, project="XM001")
    old, new = Side("a", BUILD_SIDE, built=FIRST), Side("b", BUILD_SIDE, built=built_of(index))
    found = compare(old, new)
    assert [(line.table, line.difference) for line in found.lines] == [
        ("expenditure", 10_000_000),
        ("revenue", 10_000_000),
    ]
    assert cells(found)["expenditure/total/project"].difference == 10_000_000
    assert found.claims


def test_a_book_without_last_year_is_compared_as_far_as_it_goes():
    other = small_book()
    other.prior.clear()
    assert difference(BOOK, other).uncomposed == []


def test_two_published_documents_have_no_book_to_tell_which_is_right():
    side = Side("a", DOCUMENT_SIDE, document=document_of(BOOK))
    with pytest.raises(Unreadable, match="账簿"):
        compare(side, side)


def test_an_excerpt_shows_where_two_long_texts_differ():
    before, after = "甲" * 100 + "旧" + "乙" * 100, "甲" * 100 + "新" + "乙" * 100
    told = excerpt(before, after)
    assert told.before == f"…{'甲' * 12}旧{'乙' * 12}…"
    assert told.after == f"…{'甲' * 12}新{'乙' * 12}…"


@given(st.text("甲乙丙", max_size=80), st.text("甲乙丙", max_size=80))
def test_an_excerpt_differs_exactly_where_the_texts_do(before, after):
    told = excerpt(before, after)
    assert (told.before == told.after) == (before == after)
