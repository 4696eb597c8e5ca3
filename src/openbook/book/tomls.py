"""The small part of TOML that a book uses: keys with texts and numbers, tables one deep, `[[indicator]]`.

`tomllib` gives no positions, so the lines of keys are found beside it, by the same small grammar.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from openbook.book.faults import fault
from openbook.book.model import Fault, Spot

_HEADER = re.compile(r"\s*(\[{1,2})\s*([\w.\-\"' ]{1,100}?)\s*\]{1,2}\s*(?:#.*)?\Z")
_KEY = re.compile(r"\s*(\"[^\"]{1,100}\"|'[^']{1,100}'|[\w.\- ]{1,100}?)\s*=\s*(.*)\Z", re.DOTALL)
_LINE_OF_ERROR = re.compile(r"\(at line (\d+), column \d+\)")
_PLAIN = re.compile(r"(?:0|[1-9]\d{0,17})(?:\.\d{1,2})?\Z", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPE = re.compile(r"\\.")
_MANY_QUOTES = re.compile(r'"{3,}|"+\Z')

Lines = dict[str, int]  # "year_funds.local", "indicator", "indicator.1.name" -> line from 1


def read_toml(text: str, file: str) -> tuple[dict[str, Any], Lines, list[Fault]]:
    """Values by key (floats as they are typed), the lines of the keys, or a fault of syntax."""
    lines, wrong = _scan(text, file)
    if wrong:
        return {}, {}, [wrong]
    try:
        return tomllib.loads(text, parse_float=str), lines, []
    except (ValueError, RecursionError) as error:
        found = _LINE_OF_ERROR.search(str(error))
        row = int(found[1]) if found else text.count("\n") + 1
        mend = "一行一个“键 = 值”，文字放在英文双引号里，同一个键只写一次。"
        return {}, {}, [fault("BK104", "这里不合 TOML 的写法。", mend, Spot(file, row))]


def as_text(value: object) -> str | None:
    """A value as it would be typed into a table; None where it is no text, number or day."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | date) or isinstance(value, datetime):
        return None
    return str(value)


def _scan(text: str, file: str) -> tuple[Lines, Fault | None]:
    """Lines of keys. What a book never holds (lists, tables in a line, long keys) is refused before parsing."""
    found: Lines = {}
    prefix, closing = "", ""
    count = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if closing:
            closing = "" if _ends(line, closing) else closing
        elif header := _HEADER.match(line):
            name = _bare(header[2])
            if header[1] == "[[":
                name, count = f"{name}.{count}", count + 1
            found.setdefault(name, number)
            prefix = name + "."
        elif key := _KEY.match(line):
            found.setdefault(prefix + _bare(key[1]), number)
            closing = _opened(key[2])
            if key[2][:1] in ("{", "["):
                mend = "值只能是放在英文双引号里的文字，或者数字。"
                return {}, fault("BK110", "值的写法不对。", mend, Spot(file, number))
        elif line.strip() and not line.lstrip().startswith("#"):
            mend = "一行一个“键 = 值”，文字放在英文双引号里。"
            return {}, fault("BK104", "这里不合 TOML 的写法。", mend, Spot(file, number))
    return found, None


def _bare(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _opened(value: str) -> str:
    """The quotes that close a text of several lines, if this value begins one and does not end it."""
    quotes = value[:3]
    return quotes if quotes in ('"""', "'''") and not _ends(value[3:], quotes) else ""


def _ends(line: str, quotes: str) -> bool:
    """Whether a text of several lines ends in this line: escaped quotes do not end it."""
    return quotes in (_ESCAPE.sub("", line) if quotes == '"""' else line)


def write_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """Lines of keys and values; amounts and counts as numbers, everything else as text."""
    return "".join(f"{key} = {value}\n" for key, value in pairs)


def written(text: str, *, number: bool = False) -> str:
    """A value in TOML: bare where it may be a number and is a plain one, on several lines where it has them."""
    if number and _PLAIN.match(text):
        return text
    escaped = text.replace("\\", "\\\\")
    if "\n" in text:
        body = _MANY_QUOTES.sub(lambda match: match[0].replace('"', '\\"'), escaped)
        return f'"""\n{_escaped(body)}"""'
    return '"' + _escaped(escaped.replace('"', '\\"')) + '"'


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", text)


def missing_from(data: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """Keys of `data` that are not known, in their order."""
    names = set(known)
    return [key for key in data if key not in names]
