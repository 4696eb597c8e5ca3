"""Where findings stand: in words, in order, and as few as a reader can take in."""

from __future__ import annotations

from openbook.checking.result import Reported
from openbook.findings import Location
from openbook.reporting.terminal import visible
from openbook.source import Place

ROLES = {"stated": "文中写的", "proof": "对照", "suspect": "疑点在此"}
SHOWN = {"stated": 3, "suspect": 3, "proof": 4}  # locations shown in full, the rest in one line
LISTED = 12
BLANK = "（空白）"

Shown = list[tuple[Location, str | None]]


def order(found: Reported) -> tuple[int, str, int, int]:
    """The gravest first, then by rule, then as they stand in the document."""
    place = found.locations[0].place if found.locations else Place()
    return -found.severity, found.code, place.page or 0, place.line or 0


def choose(found: Reported) -> tuple[Shown, list[Location]]:
    """The locations to show in full, with their excerpts, and those to fold into one line."""
    excerpts = (*found.excerpts, *[None] * len(found.locations))
    left = dict(SHOWN)
    shown: Shown = []
    folded = []
    for location, excerpt in zip(found.locations, excerpts, strict=False):
        left[location.role] = left.get(location.role, 3) - 1
        if left[location.role] >= 0:
            shown.append((location, excerpt))
        else:
            folded.append(location)
    return shown, folded


def together(shown: Shown) -> list[tuple[list[Location], str | None]]:
    """Places that stand in the same line of the file, so that the line is shown once."""
    groups: list[tuple[list[Location], str | None]] = []
    for location, excerpt in shown:
        if groups and excerpt is not None and groups[-1][1] == excerpt and _same(groups[-1][0][0], location):
            groups[-1][0].append(location)
        else:
            groups.append(([location], excerpt))
    return groups


def _same(one: Location, other: Location) -> bool:
    return (one.place.line, one.place.page, one.place.sheet) == (
        other.place.line,
        other.place.page,
        other.place.sheet,
    )


def rest(folded: list[Location]) -> str:
    """另有 57 处：第 203、204、205 行等."""
    places = numbers(folded)
    return f"另有 {len(folded)} 处{'：' if places else ''}{places}"


def numbers(locations: list[Location]) -> str:
    """第 203、204、205 行等."""
    pages = any(one.place.page is not None for one in locations)
    numbers = [one.place.page if pages else one.place.line for one in locations]
    listed = list(dict.fromkeys(str(number) for number in numbers if number is not None))
    if not listed:
        return ""
    more = "等" if len(listed) > LISTED else ""
    return f"第 {'、'.join(listed[:LISTED])} {'页' if pages else '行'}{more}"


def where(path: str, place: Place) -> str:
    """path:line:column for text, path 第 3 页 for a PDF, path 工作表“…”第 5 行 for a workbook."""
    if place.sheet is not None:
        row = f"第 {place.line} 行" if place.line else ""
        return f"{path} 工作表“{visible(place.sheet)}”{row}"
    if place.page is not None:
        return f"{path} 第 {place.page} 页"
    parts = [path, *(str(part) for part in (place.line, place.column) if part is not None)]
    return ":".join(parts)


def describe(location: Location) -> str:
    """Which cell, or what of: 《支出总表》“合计”行“基本支出”栏."""
    told = f"《{visible(location.statement)}》" if location.statement else ""
    if location.row:
        told += f"“{visible(location.row)}”" + ("行" if location.statement else "")
    if location.column_name:
        told += f"“{visible(location.column_name)}”栏"
    return told


def sides(found: Reported) -> list[tuple[str, str]]:
    """What should stand there, what does, and by how much they differ, as far as known."""
    told = (("应为", found.expected), ("实为", found.actual), ("相差", found.difference))
    return [(word, value or BLANK) for word, value in told if value is not None]
