"""A comparison as text: grouped by table and statement, counted at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from openbook.book.faults import money
from openbook.book.model import Spot
from openbook.comparing.addresses import labelled, project_names, split
from openbook.comparing.books import Edit, FieldEdit
from openbook.comparing.cells import Cause, CellChange
from openbook.comparing.claims import ClaimChange
from openbook.comparing.compare import Difference
from openbook.comparing.lines import LineChange
from openbook.comparing.published import (
    DIFFERENT,
    EQUAL,
    ROUNDING,
    UNBUILT,
    UNPUBLISHED,
    UNREAD,
    Compared,
)
from openbook.comparing.sides import BOOK_SIDE, BUILD_SIDE, DOCUMENT_SIDE, Side
from openbook.comparing.wording import Speaker, figure_name, signed
from openbook.money import Unit, show
from openbook.source import Place
from openbook.writing.data import BookLine

Styled = tuple[str, str]  # style, text

MOST_CAUSES = 4
KINDS = {"added": "新增", "removed": "删去", "changed": "改动"}
SIDES = {BOOK_SIDE: "账簿", BUILD_SIDE: "编成的", DOCUMENT_SIDE: "公布的"}
STATUS = {
    EQUAL: "相同",
    ROUNDING: "只差四舍五入",
    DIFFERENT: "不同",
    UNPUBLISHED: "公布的没有",
    UNBUILT: "编成的没有",
    UNREAD: "公布的不是数",
}
_LACKING = {"statement": "这张表", "row": "这一行", "column": "这一栏", "": ""}


class Telling:
    """One comparison; at most `most` differences of a kind are listed, the rest is counted."""

    def __init__(self, old: Side, new: Side, found: Difference, most: int) -> None:
        self.old, self.new, self.found, self.most = old, new, found, most
        names: dict[str, str] = {}
        for side in (old, new):
            names |= project_names(side.built.cells) if side.built is not None else {}
            if side.book is not None:
                names |= {project.code: project.name for project in side.book.projects}
        self.speaker = Speaker(_year(new) or _year(old), names)
        self.numbers = {_key(line): number for number, line in enumerate(found.lines, 1)}

    def lines(self) -> Iterator[Styled]:
        for mark, side in (("旧", self.old), ("新", self.new)):
            yield "bold", f"{mark}：{side.path}（{SIDES[side.kind]}）"
        if self.found.compared is not None:
            yield from self._compared(self.found.compared)
            return
        yield from self._edits(self.found.edits)
        yield from self._lines(self.found.lines)
        yield from self._cells(self.found.cells.found)
        yield from self._claims(self.found.claims)
        yield from self._total()

    # --- two books, two builds ---------------------------------------------------------------

    def _edits(self, edits: list[Edit]) -> Iterator[Styled]:
        if not edits:
            return
        yield from _title(f"账簿里的文字和表 {len(edits)} 处")
        table = ""
        for edit in edits[: self.most]:
            if edit.table != table:
                table = edit.table
                yield "cyan", f"《{table}》"
            yield from self._edit(edit)
        yield from self._more(len(edits), "处")

    def _edit(self, edit: Edit) -> Iterator[Styled]:
        where = _spot(edit.after if edit.kind != "removed" else edit.before)
        name = self.speaker.field("function", edit.name) if edit.name.isdigit() else edit.name or edit.table
        yield "", f"  {KINDS[edit.kind]} {name}{f'（{where}）' if where else ''}"
        telling = [one for one in edit.fields if edit.name not in (one.before, one.after)]
        if edit.kind == "changed" or len(telling) <= 2:
            yield from (("", f"      {_field(one, edit.kind)}") for one in telling)

    def _lines(self, lines: list[LineChange]) -> Iterator[Styled]:
        if not lines:
            return
        yield from _title(f"收支各行 {len(lines)} 处")
        for number, line in enumerate(lines[: self.most], 1):
            yield "", f"  [{number}] {self.speaker.change(line)}"
        yield from self._more(len(lines), "处")

    def _cells(self, changes: list[CellChange]) -> Iterator[Styled]:
        if not changes:
            return
        yield from _title(f"印出的数 {len(changes)} 格")
        title = None
        for change in changes[: self.most]:
            of = labelled(change.label)[0]
            if of != title:
                title = of
                yield "cyan", f"《{title}》" if title else "说明里用的合计"
            name = figure_name(change.address, change.label)
            yield "", f"  {name}  {_from_to(change)}  {self._why(change)}"
        yield from self._more(len(changes), "格")

    def _why(self, change: CellChange) -> str:
        if not change.causes:
            if change.rounding:
                return "真数没有变，只是四舍五入随别处变了"
            return f"真数变了 {signed(change.exact)}：行没有变，是单位性质、套式等使它计入的行变了"
        causes = sorted(change.causes, key=lambda cause: -abs(cause.amount))
        told = [self._cause(cause) for cause in causes[:MOST_CAUSES]]
        if rest := causes[MOST_CAUSES:]:
            told.append(f"另 {len(rest)} 行共 {signed(sum(cause.amount for cause in rest))}")
        if change.unexplained:
            told.append(f"只计入一部分的行 {signed(change.unexplained)}")
        tail = "，抵消后真数没有变，只是四舍五入随别处变了" if change.rounding else ""
        return f"因为 {'，'.join(told)}{tail}"

    def _cause(self, cause: Cause) -> str:
        number = self.numbers.get(_key(cause.line))
        line = cause.line.after or cause.line.before
        if number is None and line is not None:
            return f"{self.speaker.line(line, cause.line.table)} {signed(cause.amount)}"
        return f"[{number}] {signed(cause.amount)}"

    def _claims(self, changes: list[ClaimChange]) -> Iterator[Styled]:
        if not changes:
            return
        yield from _title(f"说明里的数字 {len(changes)} 处")
        for change in changes[: self.most]:
            before = f"“{change.before.text}”" if change.before else "（原来没有）"
            after = f"“{change.after.text}”" if change.after else "（不再有）"
            yield "", f"  {before} → {after}{f'  {change.about}' if change.about else ''}"
        yield from self._more(len(changes), "处")

    def _total(self) -> Iterator[Styled]:
        found = self.found
        yield "", ""
        yield from self._faults()
        if found.same:
            yield "green", "两边相同"
            return
        told = [
            f"账簿文字和表 {len(found.edits)} 处",
            f"收支各行 {len(found.lines)} 处",
            f"印出的数 {len(found.cells.found)} 格",
            f"说明 {len(found.claims)} 处",
        ]
        quiet = f"；另有 {found.cells.quiet} 格真数变了而印出的不变" if found.cells.quiet else ""
        yield "bold", f"不同：{'，'.join(told)}{quiet}"

    def _faults(self) -> Iterator[Styled]:
        for side in (self.old, self.new):
            if side.faults:
                left = "" if side.built is not None else "，编不出报表，所以没有比较印出的数和说明"
                yield "yellow", f"{side.path} 还有 {len(side.faults)} 处要改{left}"
                yield "yellow", f"   第一处：{side.faults[0].describe()}"

    def _more(self, count: int, word: str) -> Iterator[Styled]:
        if count > self.most:
            yield "dim", f"  还有 {count - self.most} {word}没有列出，加 --all 全部列出"

    # --- a published document ----------------------------------------------------------------

    def _compared(self, compared: list[Compared]) -> Iterator[Styled]:
        differing = [one for one in compared if one.status != EQUAL]
        shown = differing[: self.most]
        for title, group in _by_title(shown).items():
            yield "", ""
            yield "cyan", f"《{title}》"
            for one in group:
                yield "", f"  {figure_name(one.address, one.label)}{_where(one.place)}  {_both(one)}"
                if note := _note(one):
                    yield "dim", f"      {note}"
        yield from self._more(len(differing), "格")
        yield "", ""
        yield from self._faults()
        counts = Counter(one.status for one in compared)
        told = "，".join(f"{STATUS[status]} {counts[status]}" for status in STATUS if counts[status])
        yield ("bold" if differing else "green"), f"比较了 {len(compared)} 格：{told}"
        if wrong := sum(1 for one in differing if one.wrong and one.status != ROUNDING):
            yield "", f"不同的里面有 {wrong} 格，公布的文件自己就对不上"


def _title(text: str) -> Iterator[Styled]:
    yield "", ""
    yield "bold", f"■ {text}"


def _year(side: Side) -> int:
    for known in (side.book, side.built, side.document):
        if known is not None and known.year:
            return known.year
    return 0


def _key(line: LineChange) -> tuple[object, ...]:
    """Which line it is, however much of its place is told."""
    return (line.table, _which(line.before), _which(line.after))


def _which(line: BookLine | None) -> tuple[object, ...]:
    return (line.file.rpartition("/")[2], line.row, line.amount) if line is not None else ()


def _spot(spot: Spot) -> str:
    return Spot(spot.file, spot.row).describe()


def _field(field: FieldEdit, kind: str) -> str:
    head = f"{field.head}：" if field.head else ""
    if kind != "changed":
        return f"{head}{field.after or field.before}"
    return f"{head}“{field.before}” → “{field.after}”"


def _from_to(change: CellChange) -> str:
    cell = change.after or change.before
    unit = cell.unit if cell is not None else ""
    before = change.before.text if change.before else ""
    after = change.after.text if change.after else ""
    difference = show(change.difference * 10, Unit(unit))
    sign = "+" if change.difference > 0 else ""
    return f"{before or '（无）'} → {after or '（无）'} {unit}（{sign}{difference}）"


def _by_title(compared: Iterable[Compared]) -> dict[str, list[Compared]]:
    found: dict[str, list[Compared]] = {}
    for one in compared:
        title = labelled(one.label)[0]
        found.setdefault(title or split(one.address)[0], []).append(one)
    return found


def _where(place: Place | None) -> str:
    if place is None or (place.page is None and place.line is None):
        return ""
    return f"（第 {place.page} 页）" if place.page is not None else f"（第 {place.line} 行）"


def _both(one: Compared) -> str:
    unit = Unit(one.unit)
    built = show(one.built, unit) if one.built is not None else "没有"
    if one.status == UNREAD:
        return f"编成 {built}，公布的不是数"
    if one.published is None:
        return f"编成 {built} {one.unit}，公布的没有{_LACKING[one.lacking]}"
    published = show(one.published, unit)
    if one.built is None:
        return f"公布 {published} {one.unit}，编成的没有{_LACKING[one.lacking]}"
    sign = "+" if one.difference > 0 else ""
    return f"编成 {built}，公布 {published} {one.unit}（{sign}{show(one.difference, unit)}）"


def _note(one: Compared) -> str:
    told = []
    if one.status == ROUNDING and one.exact is not None:
        told.append(f"真数 {money(one.exact // 10)}：公布的各自四舍五入，编成的与有关各数加得起来")
    if one.row:
        told.append(f"公布的写作“{one.row}”")
    if one.wrong:
        told.append(one.wrong)
    return "；".join(told)
