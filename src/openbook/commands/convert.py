"""`openbook convert`: a budget book from a folder to a workbook and back."""

from __future__ import annotations

import sys

from openbook.commands.inputs import WrongUse
from openbook.commands.new import form

MOST_SHOWN = 20  # faults


def run(source: str, target: str) -> int:
    """Write the book at `source` in the form of `target`. 0, or 2 where not all of it could be read."""
    from openbook.book.folder import NotWritten
    from openbook.book.load import read, store

    to = form(target)
    if to.exists():
        raise WrongUse(f"{target} 已经有了，没有改动；请换一个名字，或先把它移走")
    raw = read(form(source))
    if raw.faults:
        for fault in raw.faults[:MOST_SHOWN]:
            sys.stderr.write(f"{fault.code} {fault.describe()}\n")
        more = (
            f"（共 {len(raw.faults)} 处，只列出前 {MOST_SHOWN} 处）" if len(raw.faults) > MOST_SHOWN else ""
        )
        sys.stderr.write(f"没有转换：{source} 有的内容读不出来，转换会丢失{more}\n")
        return 2
    try:
        store(raw, to)
    except NotWritten as error:
        raise WrongUse(str(error)) from None
    rows = sum(len(rows) for rows in raw.tables.values())
    sys.stdout.write(f"已把 {source} 写成 {target}：{rows} 行，{len(raw.texts)} 段文字\n")
    sys.stdout.write("以后只改其中一份：两份都改，就不知道以哪份为准了\n")
    return 0
