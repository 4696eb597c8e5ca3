"""A source becomes statements: titles find tables, heads name columns, labels name rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from openbook.document import Document, Statement
from openbook.money import Unit
from openbook.reading.forms import is_form_table
from openbook.reading.single_rows import joined
from openbook.source import Block, Paragraph, Place, Problem, RawCell, RawTable, Source
from openbook.statements.binding import Binding, bind, has_words, is_number
from openbook.statements.continuing import align, changed, fits, repeated, same_columns
from openbook.statements.gaps import losses, lost, number_gap, numeral_gaps
from openbook.statements.layouts import match_layout
from openbook.statements.lying import stand_up
from openbook.statements.misread import mend_codes
from openbook.statements.resolution import settle_resolution
from openbook.statements.rows import add_rows
from openbook.statements.shifted import put_back
from openbook.statements.words import fold, title_kind

_UNIT = re.compile(r"单位[:：]?(万元|亿元|元)")
_ENTITY = re.compile(
    r"(?:部门名称|单位名称|编制部门|编制单位|预算部门|预算单位|预算主管部门|填报单位|公开部门|部门)[:：](.+)"
)
_NUMBERED_ENTITY = re.compile(
    r"\d{3,9}([\u4e00-\u9fff]{4,40}(?:局|委|办|中心|院|所|队|处|站|会|府|校|馆|厅))$"
)
_NOTE = re.compile(r"(?:备注|说明|注)\d?[:：]")
_EMPTY_WORDS = re.compile(r"无数据|空表|本表为空|没有.*(?:收入|支出|数据)|无.*预算.*(?:空表|列示)")
_TOTALS = frozenset(["合计", "总计", "小计"])
_PROSE = re.compile(r"[。；;]")
_COVER_YEAR = re.compile(r"(20\d\d)年(?:度|区级|市级|省级|县级|本级)*(?:部门|单位)?(?:\S{0,8})(预算|决算)")
_FINAL = re.compile(r"决算")
_DOUBLED_WIDTH = 5
_HALF = 0.5


@dataclass(slots=True)
class _Pending:
    """A title that waits for its table."""

    kind: str
    title: str
    place: Place
    year: int | None
    entity: str | None = None
    unit: Unit | None = None


class _Reader:
    """Walks the blocks in order and keeps what the next table needs to know."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pending: _Pending | None = None
        self.current: Statement | None = None
        self.binding: Binding | None = None
        self.unit: Unit | None = None
        self.contents = False
        self.number = 0  # last running number of the current statement
        self.doubled = False  # two tabs stand between cells
        self.untitled = False  # a head without a title came last: a note is not the current statement's

    def paragraph(self, block: Paragraph) -> None:
        text = block.text
        if not text:
            return
        title = title_kind(text)
        if title:
            self._title(block, *title)
            return
        folded = fold(text)
        if folded in _TOTALS and self._lone_total(block):
            return
        if self._caption(folded) or len(folded) < 3:
            return
        if self.current is not None and (
            _NOTE.match(folded) or (len(folded) < 60 and _EMPTY_WORDS.search(folded))
        ):
            if self.current.note is None and self.pending is None and not self.untitled:
                self.current.note, self.current.note_place = text, block.place()
                self.current.last = block.place()
            return
        if _PROSE.search(folded) or block.heading:
            self._close()

    def _lone_total(self, block: Paragraph) -> bool:
        """A total without figures whose blank cells were cut off is still a row of its table."""
        if self.current is None or self.binding is None or self.current.rows or self.pending is not None:
            return False
        blanks = [RawCell("", block.place())] * (self.binding.width - 1)
        self._fill(self.current, self.binding, [[RawCell(block.text, block.place()), *blanks]])
        return True

    def _title(self, block: Paragraph, kind: str, year: int | None) -> None:
        self._drop_pending()
        unit = _UNIT.search(fold(block.text))
        self.pending = _Pending(kind, block.text.strip(), block.place(), year)
        if unit:
            self.pending.unit = self.unit = Unit(unit[1])

    def _drop_pending(self) -> None:
        """A title without a table: said loudly unless it was a line of the table of contents."""
        lost = self.pending
        self.pending = None
        if lost is None or self.document.statements == []:
            return
        message = f"找到报表标题“{fold(lost.title)}”，但其后没有读到表格；该表未参加核对。"
        self.document.problems.append(Problem("OB002", message, lost.place))

    def _caption(self, folded: str) -> bool:
        unit = _UNIT.search(folded)
        entity = _ENTITY.match(folded) or _NUMBERED_ENTITY.match(folded)
        if unit:
            self.unit = Unit(unit[1])
            if self.pending:
                self.pending.unit = self.unit
            elif self.current is not None and not self.current.rows:
                self.current.unit = self.unit
        if entity and len(folded) < 80:
            name = _UNIT.sub("", entity[1])
            name = name.strip(":：")
            if name and self.pending:
                self.pending.entity = name
            return bool(name)
        return bool(unit) or folded.startswith(("预算年度", "截止时间"))

    def _close(self) -> None:
        self.pending = None if self.document.statements == [] else self.pending
        if self.pending is None:
            self.current = None
            self.binding = None

    def table(self, block: RawTable) -> None:
        if is_form_table(block):
            self._drop_pending()
            self.current = None
            return
        rows = [row for row in block.rows if any(cell.text for cell in row)]
        for part in _parted(rows):
            self._one(part)

    def _one(self, rows: list[list[RawCell]]) -> None:
        rows = self._captions_inside(rows)
        if not rows or not _substantial(rows):
            return
        if self.pending is not None:
            self.doubled = _is_doubled(rows)
        if self.doubled and _is_doubled(rows):
            rows = _undoubled(rows)
        if self.pending is not None:
            self._begin(self.pending, rows)
        elif self.current is not None:
            self._continue(rows)

    def _captions_inside(self, rows: list[list[RawCell]]) -> list[list[RawCell]]:
        """Title, unit and body lines that a file keeps inside the table (xlsx, html)."""
        index = 0
        for row in rows[:6]:
            texts = [cell.text for cell in row if cell.text]
            if len(texts) > 2:
                break
            joined = "".join(texts)
            title = title_kind(texts[0]) if len(texts) == 1 else None
            if title and (self.pending is None or self.pending.title != texts[0]):
                cell = next(cell for cell in row if cell.text)
                self._drop_pending()
                self.pending = _Pending(title[0], texts[0], cell.place, title[1])
            elif title is None and not self._caption(fold(joined)):
                break
            index += 1
        return rows[index:]

    def _begin(self, pending: _Pending, rows: list[list[RawCell]]) -> None:
        self.pending = None
        self.untitled = False
        self.number = 0
        unit = pending.unit or self.unit or _guess_unit(rows)
        place = pending.place
        if pending.kind == "three_public":
            rows = stand_up(rows)
        statement = Statement(
            pending.kind, pending.title, place, unit, entity=pending.entity, year=pending.year
        )
        binding = bind(pending.kind, rows)
        statement.columns = [column for side in binding.sides for column in side.columns]
        statement.reliable = not binding.guessed
        self.document.statements.append(statement)
        self.current, self.binding = statement, binding
        self._fill(statement, binding, rows[binding.head :])
        if binding.guessed:
            message = f"《{fold(pending.title)}》的表头没有完全读懂，部分栏目按惯常次序认定；凡只依据此表的问题不列为错误。"
            self.document.problems.append(Problem("OB004", message, place))

    def _continue(self, rows: list[list[RawCell]]) -> None:
        statement, binding = self.current, self.binding
        if statement is None or binding is None:
            return
        own = bind(statement.kind, rows)
        if self._other(statement, binding, own, rows):
            return
        if own.head and own.head < len(rows) and same_columns(own, binding):
            binding = own
        elif own.head and own.head < len(rows) and len(own.sides) == len(binding.sides):
            if not statement.rows:  # the title's own table was only its head
                binding = own
                statement.columns = [column for side in own.sides for column in side.columns]
            elif align(own, binding) or not own.guessed:
                binding = own
            elif own.width != binding.width:
                binding = own
                statement.reliable = False
        elif own.head == 0 and not self._same_shape(rows, binding):
            self._strange(statement, rows)
            return
        self._fill(statement, binding, rows[own.head :])

    def _other(self, statement: Statement, binding: Binding, own: Binding, rows: list[list[RawCell]]) -> bool:
        """Whether the table is none of the current statement's."""
        self.untitled = bool(statement.rows) and own.head == len(rows)
        share = repeated(statement, own, rows[own.head :])
        noted = own.head and own.head < len(rows) and statement.note is not None  # a note ends its statement
        if share >= _HALF or (share and changed(own, binding)) or noted:
            self._another(rows, headed=own.head > 0)
            return True
        if share and own.head:
            statement.reliable = False  # it may be another statement whose title was lost
        return False

    def _another(self, rows: list[list[RawCell]], *, headed: bool) -> None:
        """A table that begins with what the current statement already has is another one, or the same again."""
        if headed:
            self.current = self.binding = None
            what = "前没有可以识别的标题"
        else:
            what = "与前面的行重复"
        cell = next(cell for row in rows for cell in row if cell.text)
        message = f"有一段表格（{len(rows)} 行，“{cell.text[:12]}”起）{what}，未参加核对。"
        self.document.problems.append(Problem("OB002", message, cell.place))

    def _same_shape(self, rows: list[list[RawCell]], binding: Binding) -> bool:
        """Whether rows without a head go on a table: as wide as it, or with blank columns more or fewer."""
        fitting = sum(fits(binding, row) for row in rows)
        if max(map(len, rows)) >= binding.width:
            return not any(cell.text for row in rows for cell in row[binding.width :]) and (
                fitting * 2 >= len(rows)
            )
        first = binding.sides[0].columns[0].index if binding.sides[0].columns else binding.width
        return first < max(map(len, rows)) and fitting == len(rows)

    def _strange(self, statement: Statement, rows: list[list[RawCell]]) -> None:
        """A continuation in other columns: said where it holds figures, since sums now lack parts."""
        figures = [cell for row in rows for cell in row if is_number(cell.text)]
        if len(figures) > 2:
            statement.reliable = False
            message = (
                f"《{fold(statement.title)}》之后有一段表格（{len(rows)} 行）与它的栏目对不上，未参加核对；"
                "凡只依据此表的问题不列为错误。"
            )
            self.document.problems.append(Problem("OB004", message, figures[0].place))

    def _fill(self, statement: Statement, binding: Binding, rows: list[list[RawCell]]) -> None:
        if self.document.source.scanned:
            rows, problems = put_back(statement, binding, rows)
            self.document.problems.extend(problems)
            self.number, gap = number_gap(binding, rows, self.number)
            if gap:
                self.document.problems.append(lost(statement, gap))
        self.document.problems.extend(add_rows(statement, binding, rows, self.document.year))
        if rows:
            statement.last = next(cell.place for cell in rows[-1])
        elif statement.last.line is None and statement.last.page is None:
            statement.last = statement.place


def _undoubled(rows: list[list[RawCell]]) -> list[list[RawCell]]:
    """Rows whose cells are divided by two tabs each, without the empty cells between."""
    return [row[::2] for row in rows]


def _is_doubled(rows: list[list[RawCell]]) -> bool:
    return max(map(len, rows)) >= _DOUBLED_WIDTH and not any(cell.text for row in rows for cell in row[1::2])


def _substantial(rows: list[list[RawCell]]) -> bool:
    cells = [cell.text for row in rows for cell in row if cell.text]
    return (len(cells) >= 3 and any(map(has_words, cells))) or all(map(is_number, cells))


def _guess_unit(rows: list[list[RawCell]]) -> Unit:
    numbers = [cell.text for row in rows for cell in row if is_number(cell.text)]
    if any("." in number for number in numbers):
        return Unit.WAN
    return Unit.YUAN if any(len(number) > 6 for number in numbers) else Unit.WAN


def _parted(rows: list[list[RawCell]]) -> list[list[list[RawCell]]]:
    """A table cut where a title stands between its rows: sheets often hold statements one under the other."""
    cuts = [
        index
        for index, row in enumerate(rows)
        if index and len(filled := [cell for cell in row if cell.text]) == 1 and _is_title(filled[0])
    ]
    return [rows[first:last] for first, last in pairwise([0, *cuts, len(rows)])] if rows else []


def _is_title(cell: RawCell) -> bool:
    return "表" in cell.text and title_kind(cell.text) is not None


def understand_statements(source: Source, document: Document) -> None:
    """Fill `document` with statements, department, year, layout, level and stage."""
    document.year = _year(source.blocks)
    reader = _Reader(document)
    for block in joined(source):
        if isinstance(block, Paragraph):
            reader.paragraph(block)
        else:
            reader.table(block)
    settle_resolution(document)
    _identify(document)
    mend_codes(document)
    numeral_gaps(document)
    losses(document)
    if not document.statements:
        message = "没有找到任何预算报表：标题须含“…表”，其后须有表格。若为扫描图片，请先做文字识别。"
        document.problems.append(Problem("OB007", message))


def _year(blocks: list[Block]) -> int | None:
    years: Counter[int] = Counter()
    for block in blocks:
        if not isinstance(block, Paragraph) or len(block.text) >= 80 or "算" not in block.text:
            continue
        if match := _COVER_YEAR.search(fold(block.text)):
            years[int(match[1])] += 1
        if years.total() > 30:
            break
    return years.most_common(1)[0][0] if years else None


def _identify(document: Document) -> None:
    titles = [fold(statement.title) for statement in document.statements]
    years = Counter(s.year for s in document.statements if s.year)
    if years:
        document.year = years.most_common(1)[0][0]
    entities = Counter(fold(s.entity) for s in document.statements if s.entity)
    document.department = entities.most_common(1)[0][0] if entities else _cover_name(document.source)
    if any(_FINAL.search(title) for title in titles):
        document.stage = "accounts"
    unit_words = sum("预算单位" in title or title.startswith("单位") for title in titles)
    if unit_words * 2 > len(titles):
        document.level = "unit"
    document.layout = match_layout(document)


_BEFORE = r"(?:年度?|关于(?:公开|公布)?)?"  # in titles, no part of a name
_TITLED = re.compile(
    rf"{_BEFORE}([\u4e00-\u9fff（）()]{{3,40}}?(?:局|委|委员会|办|办公室|中心|院|处|厅|部|所|队|站|馆|校|学|会|社|台|园|府|镇|乡|街道))"
    r"(?=[（(]?(?:本级|机关)?[）)]?\s*(?:20\d\d年|部门|单位|预算|决算|$))"
)
_NAME = re.compile(
    rf"{_BEFORE}([\u4e00-\u9fff（）()]{{4,40}}(?:局|委员会|办公室|中心|院|办事处|厅|所|队|馆|校|会|政府))"
)
_TITLE_LENGTH = 40  # characters; in a longer paragraph a name may be that of anybody


def _cover_name(source: Source) -> str | None:
    """Whose document it is, from its first lines: a name as titles have it before any other."""
    heads = [fold(paragraph.text).strip() for paragraph in list(source.paragraphs())[:12]]
    heads = [head for head in heads if len(head) <= _TITLE_LENGTH]
    for pattern in (_TITLED, _NAME):
        for head in heads:
            if match := pattern.search(head):
                return match[1]
    return None
