"""`openbook compile`: the books of units become the book of their department."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from openbook.book.model import BudgetBook, Fault
from openbook.commands.inputs import WrongUse
from openbook.commands.new import form
from openbook.reporting.terminal import visible


def run(paths: tuple[str, ...], output: str, department: str) -> int:
    """0 written, 1 the books have faults or do not go together; raises WrongUse."""
    from openbook.book.compiling import compile_books
    from openbook.book.folder import NotWritten
    from openbook.book.load import load, store

    target = form(output)
    if target.exists():
        raise WrongUse(f"{output} 已经有了，没有改动；请换一个名字，或先把它移走")
    books: list[BudgetBook] = []
    faults: list[Fault] = []
    for path in paths:
        book, found = load(form(path))
        books.append(book)
        _tell(path, found)
        faults += found
    if faults:
        sys.stdout.write("没有汇总：请先改正上面各处\n")
        return 1
    compiled, faults = compile_books(books, department)
    if faults:
        _tell("汇总", faults)
        return 1
    try:
        store(compiled, target)
    except NotWritten as error:
        raise WrongUse(str(error)) from None
    units, lines = len(compiled.units), len(compiled.expenditure)
    sys.stdout.write(
        f"已把 {len(books)} 本账簿汇总成 {visible(output)}：{units} 个单位，{lines} 行支出，{len(compiled.projects)} 个项目\n"
        f"下一步：在“变动原因”表里补写整个部门的原因（单位栏空着），再运行 openbook build {visible(output)} -o 公开 --units\n"
    )
    return 0


def _tell(path: str, faults: Iterable[Fault]) -> None:
    for fault in faults:
        sys.stdout.write(f"{visible(path)} [{fault.code}] {visible(fault.describe())}\n")
