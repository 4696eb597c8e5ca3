"""OB006: page without text."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.reading_findings import reported


def check(context: Context) -> Iterator[Finding]:
    yield from reported(context, "OB006")


RULE = Rule(
    code="OB006",
    name="page-without-text",
    title="页面没有文字层",
    severity=Severity.WARNING,
    basis="政府信息公开条例第二十四条：应具备检索、查阅、下载功能",
    what="PDF 的某一页只有图片，没有可选中的文字。",
    why="图片无法检索，也无法核对；公开平台要求可检索、可下载。",
    bad="扫描后直接存成的 PDF",
    good="由办公软件导出、文字可选中的 PDF",
    mend="由原文件导出 PDF，或对扫描件做文字识别后再发布。",
    check=check,
)
