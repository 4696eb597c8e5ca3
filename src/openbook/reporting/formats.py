"""The formats a report can have. Their modules are imported only when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import IO, Any, NamedTuple

from openbook.checking.result import DocumentReport
from openbook.reporting.tally import Settings

Write = Callable[[Iterable[DocumentReport], IO[Any], Settings], None]


class Format(NamedTuple):
    """Where a format is written and for whom."""

    module: str
    function: str
    suffix: str
    about: str
    binary: bool = False

    def writer(self) -> Write:
        write: Write = getattr(import_module(f"openbook.reporting.{self.module}"), self.function)
        return write


FORMATS = {
    "text": Format("text", "write", ".txt", "终端里读"),
    "json": Format("json_report", "write", ".json", "给程序，一个对象"),
    "jsonl": Format("json_report", "write_lines", ".jsonl", "给程序，一份文件一行"),
    "sarif": Format("sarif", "write", ".sarif", "给代码平台和编辑器"),
    "junit": Format("junit", "write", ".xml", "给持续集成"),
    "html": Format("html", "write", ".html", "一页网页，可读可打印"),
    "xlsx": Format("xlsx", "write", ".xlsx", "电子表格，可筛选", binary=True),
}
BY_SUFFIX = {form.suffix: name for name, form in FORMATS.items()} | {".htm": "html"}
