"""Books that differ in a known way, and what is built of them."""

import copy
from dataclasses import replace

from openbook.building.build import lines_of
from openbook.building.proof import Proof
from openbook.checking.engine import understand_source
from openbook.comparing.compare import compare
from openbook.comparing.sides import BOOK_SIDE, Side
from openbook.composing.compose import compose
from openbook.writing.data import published


def changed(book, index, **fields):
    """A copy of the book with one line of expenditure changed."""
    return edited(book, {index: fields})


def edited(book, edits):
    """A copy of the book with fields of some lines of expenditure changed, and as much revenue as it then spends."""
    other = copy.deepcopy(book)
    for index, fields in edits.items():
        other.expenditure[index] = replace(other.expenditure[index], **fields)
    for index, came in enumerate(other.revenue):
        key = (came.unit, came.source, came.period)
        lines = [line for line in other.expenditure if (line.unit, line.source, line.period) == key]
        other.revenue[index] = replace(came, amount=sum(line.amount for line in lines))
    return other


def line_of(book, project="", economic=""):
    """The index of the first line of expenditure of a project or an economic account."""
    return next(
        index
        for index, line in enumerate(book.expenditure)
        if (not project or line.project == project) and (not economic or line.economic == economic)
    )


def disclosure_of(book):
    composed = compose(book)
    return composed.disclosure or composed.unfinished


def built(book):
    return published(disclosure_of(book), lines_of(book))


def document_of(book):
    """The book's disclosure as if it had been published and read."""
    return understand_source(Proof(disclosure_of(book)).source)


def difference(old, new):
    return compare(Side("旧", BOOK_SIDE, book=old), Side("新", BOOK_SIDE, book=new))
