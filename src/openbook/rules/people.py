"""Personal numbers in the text with the persons named beside them, each number once."""

from __future__ import annotations

from dataclasses import dataclass, field

from openbook.document import Document
from openbook.findings import Location
from openbook.rules import masking
from openbook.rules.scan import Line, Scan, scan

_CACHE = "rules.people"
_NEAR = ("电话", "手机", "联系", "经办", "负责人", "填报人", "报送人", "咨询", "微信")
_NOT_A_TELEPHONE = ("编号", "文号", "号码为", "账号", "帐号", "代码", "金额", "编码")


@dataclass(slots=True)
class Number:
    """A number found, already masked; `names` are masked too."""

    kind: str  # mobile, landline
    masked: str
    locations: list[Location] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def numbers(document: Document) -> list[Number]:
    """Telephone numbers of persons, in order of appearance."""
    if _CACHE not in document.cache:
        document.cache[_CACHE] = _collect(scan(document))
    found = document.cache[_CACHE]
    assert isinstance(found, list)
    return found


def whose(number: Number) -> str:
    """``“赵**、钱**”的`` or nothing."""
    return f"“{'、'.join(number.names)}”的" if number.names else ""


def _collect(text: Scan) -> list[Number]:
    found: dict[str, Number] = {}
    for match in text.search(masking.MOBILE):
        line = text.line_at(match.start())
        if _is_telephone(line, match.start() - line.start):
            _add(found, text, "mobile", match.span(), _names(line))
    for line in text.lines_with("电话"):
        if names := _names(line):
            for match in masking.LANDLINE.finditer(line.text):
                start, end = match.span("number")
                _add(found, text, "landline", (line.start + start, line.start + end), names)
    return list(found.values())


def _names(line: Line) -> list[str]:
    return [masking.name(match["name"]) for match in masking.NAMED.finditer(line.text)]


def _is_telephone(line: Line, start: int) -> bool:
    before = line.text[:start]
    if any(word in before[-12:] for word in _NOT_A_TELEPHONE):
        return False
    return any(word in line.text for word in _NEAR)


def _add(found: dict[str, Number], text: Scan, kind: str, span: tuple[int, int], names: list[str]) -> None:
    digits = text.text[span[0] : span[1]]
    masked = masking.number(digits) if kind == "mobile" else masking.landline(digits)
    key = "".join(filter(str.isdigit, digits))
    number = found.setdefault(key, Number(kind, masked))
    number.locations.append(text.locate(*span, masked))
    number.names.extend(name for name in names if name not in number.names)
