"""`openbook template`: the wording of a layout's document, to edit and to put into a book."""

from __future__ import annotations

import sys
from pathlib import Path

from openbook.commands.inputs import WrongUse, near
from openbook.commands.outputs import destination


def run(layout: str, output: str | None) -> int:
    """Write the template to `output`, or to the terminal. 0; raises WrongUse."""
    from openbook.composing.layout import build_of, buildable

    known = buildable()
    if layout not in known:
        raise WrongUse(f"没有报表套式 {layout}{near(layout, known, '报表套式有')}")
    if output is not None and Path(output).is_file():
        raise WrongUse(f"{output} 已经有了，没有改动；请换一个名字，或先把它移走")
    with destination(output, binary=False) as out:
        out.write(build_of(layout).document)
    if output is not None:
        sys.stdout.write(
            f"已把 {layout} 的说明模板写到 {output}\n"
            f"下一步：改好后放进账簿：文件夹里叫 explanation.md，工作簿里是“文字”表的“说明模板”；再运行 openbook build\n"
        )
    return 0
