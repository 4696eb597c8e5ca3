"""OB001: file unreadable."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity


def check(_context: Context) -> Iterator[Finding]:
    # the engine reports it: there is no document to look at, or the rule cannot speak for itself
    yield from ()


RULE = Rule(
    code="OB001",
    name="file-unreadable",
    title="文件无法读取",
    severity=Severity.ERROR,
    basis="政府信息公开条例第二十四条：公开平台应具备检索、查阅、下载功能",
    what="文件是空的、损坏的、加密的、不支持的格式，或编码无法识别。由程序在读取时直接报告。",
    why="读不了的文件谁也核对不了。",
    bad="0 字节的 .pdf；把 .doc 改名为 .docx",
    good="可以打开并能选中文字的 PDF、docx、xlsx、html 或文本",
    mend="用原软件重新导出；扫描件先做文字识别；.doc、.xls 另存为 .docx、.xlsx。",
    check=check,
)
