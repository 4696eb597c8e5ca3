"""Performance forms (项目支出绩效目标表): from the tables of a source to `Form` objects.

A form begins at its title or at its row 项目名称 and goes on over the tables that a page break
made of it. Its cells are known by the labels before them, not by their column.
"""

from __future__ import annotations

import re

from openbook.document import Form, Fund, Text
from openbook.money import Unit, parse_amount
from openbook.reading import forms_labels as labels
from openbook.reading.digits import narrowed_paragraph, narrowed_table
from openbook.reading.forms_flat import flattened, recover
from openbook.reading.forms_rows import Filled, Indicators, filled, is_indicator, layout_of, widen
from openbook.reading.single_rows import joined
from openbook.source import Paragraph, Place, RawCell, RawTable, Source

_TITLE = re.compile(
    r"(?P<before>.{0,80}?)绩效(?:目标)?(?:批复|调整|申报|填报|公开|编报|自评|情况|申请|设定){0,3}表"
    r"(?:\(?续表?\)?)?(?P<year>\(?20\d\d年?度?\)?)?\(?\Z"
)
_YEAR = re.compile(r"\(?(20\d\d)年?度?\)?\Z")
_NUMBER = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|\(\d{1,3}\))[、.．]?(?=\D)")
_GENERIC = re.compile(
    r"(?:项目|部门|单位|整体|支出|预算|财政|资金|专项|县|市|区|省|级|\(.{1,8}\)|20\d\d年?度?|本级|附件\d*|附表\d*|:)*\Z"
)
_DEPARTMENT = re.compile(r"整体支出|整体绩效|部门整体")
_STRONG = frozenset(
    [
        "一级指标",
        "二级指标",
        "三级指标",
        "实施期目标",
        "年度目标",
        "项目总目标",
        "年度总体目标",
        "主管部门及代码",
        "项目属性",
        "项目概况",
        "项目设立必要性",
        "立项依据",
        "项目立项依据",
        "项目实施计划",
        "实施期资金总额:",
        "年度资金总额:",
        "年度资金申请总额",
    ]
)
# What every head of the indicators and every line of money has, so that other rows are passed by.
_NAME_HEAD = re.compile(r"三级|指标名称|指标内容")
_MONEY = re.compile(r"资金|金额|预算|财政|结转|自筹|市县|元")
_ROWS_LOOKED_AT = 8
_FEW_ROWS = 3
_LONGEST_GOAL = 2000


def is_form_table(table: RawTable) -> bool:
    """Whether the table is (a piece of) a performance form and no statement."""
    if table.of_form is None:
        table.of_form = _has_form_words(table)
    return table.of_form


def _has_form_words(table: RawTable) -> bool:
    for row in table.rows[:_ROWS_LOOKED_AT]:
        for cell in row:
            text = cell.text
            if not text or len(text) > 16 or text.isascii():
                continue
            word = labels.squeeze(text)
            if word in _STRONG or (len(word) >= 4 and word[-1] in "指标" and labels.level2(text)):
                return True
    return False


def read_forms(source: Source) -> list[Form]:
    """All performance forms of a source, in reading order."""
    if not any(_mentions(block) for block in source.blocks):
        return []
    reader = _Reader()
    for block in joined(source):
        if not isinstance(block, Paragraph):
            reader.table(block)
        elif reader.form is not None or "绩效" in block.text:
            reader.paragraph(narrowed_paragraph(block))
    reader.end()
    return reader.forms


def _mentions(block: Paragraph | RawTable) -> bool:
    if isinstance(block, Paragraph):
        return "绩效" in block.text and len(block.text) < 120 and bool(title_of(block.text))
    return is_form_table(block)


def title_of(text: str) -> re.Match[str] | None:
    """The title of a form: ends in 绩效目标表 or its kin, and is neither a sentence nor a contents line."""
    if len(text) > 120 or "绩效" not in text or "表" not in text:
        return None
    return _TITLE.match(labels.squeeze(text))


def _text(cell: RawCell, start: int = 0) -> Text:
    return Text(cell.text[start:].strip(), cell.place)


class _Reader:
    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.indicators = Indicators()
        self.rows = 0  # rows of tables taken into the current form
        self.proper = False  # whether more than a title and scraps was read of it
        self.form_table = False  # whether the table being read is one of a form
        self.unit: Unit | None = None
        self.goal_columns: dict[str, int] = {}
        self.goals_due = False  # the heads of the goals were read, their texts come next
        self.year_column: int | None = None

    # --- pieces of a form ---

    def begin(self, title: Text, project: Text | None, year: int | None = None) -> Form:
        self.end()
        self.form = Form(title, project, place=title.place, last=title.place, year=year)
        self.indicators = Indicators()
        self.rows = 0
        self.proper = False
        self.unit = None
        self.goal_columns = {}
        self.goals_due = False
        self.year_column = None
        return self.form

    def end(self) -> None:
        form = self.form
        if form is not None and self.proper:
            form.indicators = self.indicators.found
            self.forms.append(form)
        self.form = None

    def title(self, text: str, place: Place) -> bool:
        match = title_of(text)
        if match is None:
            return False
        project = None if _DEPARTMENT.search(match["before"]) else _named(text, place)
        year = _YEAR.search(labels.squeeze(text))
        self.begin(Text(text, place), project, int(year[1]) if year else None)
        return True

    def paragraph(self, block: Paragraph) -> None:
        text = block.text
        if "绩效" in text and self.title(text, block.place()):
            return
        form = self.form
        if form is None:
            return
        if self.rows == 0:
            self.before_table(form, block)
        elif len(text) < 30 and not form.indicators and (match := _YEAR.match(labels.squeeze(text))):
            form.year = form.year or int(match[1])

    def before_table(self, form: Form, block: Paragraph) -> None:
        if match := _YEAR.match(labels.squeeze(block.text)):
            form.year = int(match[1])
        elif flattened(block.text):
            self.indicators.found = recover(block)
            self.proper = True
            form.reliable = False
            form.texts.clear()
            form.last = block.place()
            self.end()
        elif unit := labels.money_unit(block.text):
            self.unit = Unit(unit)
        else:
            self.goal(block.text, block.place())

    def goal(self, text: str, place: Place) -> None:
        """Add to the goal of a form that has one goal and no halves."""
        assert self.form is not None
        text = text.strip().removeprefix("绩效目标").removesuffix("绩效目标").strip()
        before = self.form.texts.get("绩效目标")
        if before and before.text:
            text, place = before.text + text, before.place
        self.form.texts["绩效目标"] = Text(text[:_LONGEST_GOAL], place)

    def table(self, table: RawTable) -> None:
        begun = self.form is not None and not self.rows  # scraps between the title and the form itself
        self.form_table = is_form_table(table)
        if not self.form_table and not (begun and len(table.rows) <= _FEW_ROWS):
            self.end()
            return
        for row in narrowed_table(table).rows:
            cells = filled(row)
            if cells:
                self.row(row, cells)

    def row(self, row: list[RawCell], cells: Filled) -> None:
        first = cells[0][1]
        if len(cells) <= 2 and self.title(first.text, first.place):
            return
        self.listed(cells)
        form = self.form
        if form is None:
            return
        if len(cells) == 1 and (match := _YEAR.match(labels.squeeze(first.text))):
            form.year = int(match[1])
            return
        self.rows += 1
        self.proper = self.proper or self.form_table
        form.last = cells[-1][1].place
        if is_indicator(cells) or not self.described(cells):
            self.indicators.row(row, cells)

    def described(self, cells: Filled) -> bool:
        """Take a row that is no indicator: a head, money, fields or goals."""
        words = "".join([cell.text for _, cell in cells]).replace(" ", "")
        if _NAME_HEAD.search(words) and (layout := layout_of(cells)):
            self.indicators.layout = layout
            return True
        if self.indicators.layout is not None and widen(self.indicators.layout, cells):
            return True
        return (_MONEY.search(words) and self.funds(cells)) or self.fields(cells) or self.goals(cells)

    def listed(self, cells: Filled) -> None:
        """Begin a form at a row 项目名称, where no title did."""
        if labels.field(cells[0][1].text) != "project":
            return
        if self.form is None or self.form.project is not None or self.indicators.found:
            first = cells[0][1]
            year = self.form.year if self.form else None
            self.begin(Text("", first.place), None, year)

    # --- rows ---

    def fields(self, cells: Filled) -> bool:
        form = self.form
        assert form is not None
        found = False
        expected: tuple[str, RawCell] | None = None
        for _, cell in cells:
            key, value = _labelled(cell)
            if key is None:
                if expected is not None:
                    _set(form, expected[0], _text(cell))
                    expected = None
                continue
            found = True
            if expected is not None:
                _set(form, expected[0], Text("", expected[1].place))
            expected = (key, cell)
            if value is not None:
                _set(form, key, value)
                expected = None
        if expected is not None:
            _set(form, expected[0], Text("", expected[1].place))
        return found

    def goals(self, cells: Filled) -> bool:
        """实施期目标 | 年度目标, and under it 总体目标 with a text for each."""
        labelled = labels.goals(cells[0][1].text)
        heads = {kind: index for index, cell in cells if (kind := labels.goal_head(cell.text))}
        if heads and len(heads) == len(cells) - labelled:
            self.goal_columns = heads
            self.goals_due = True
            return True
        if not (labelled or self.goals_due):
            return False
        texts = cells[1:] if labelled or labels.is_side(cells[0][1].text) else cells
        if not texts or labels.level1(texts[0][1].text) or labels.level2(texts[0][1].text):
            return labelled
        self.goals_due = False
        if self.goal_columns:
            self.both_goals(texts, cells[0][1].place)
        else:
            self.goal(" ".join(cell.text for _, cell in texts), cells[-1][1].place)
        return True

    def both_goals(self, texts: Filled, place: Place) -> None:
        assert self.form is not None
        keys = ["总体目标", "年度目标"] if "year" in self.goal_columns else ["总体目标"]
        if len(texts) == 1 and len(keys) == 2 and texts[0][0] >= self.goal_columns["year"]:
            keys = keys[::-1]
        for key, (_, cell) in zip(keys, texts, strict=False):
            self.form.texts[key] = _text(cell)
        for key in keys[len(texts) :]:
            self.form.texts[key] = Text("", place)

    def funds(self, cells: Filled) -> bool:
        """Labels of money with the amounts after them; the same label twice is period, then year."""
        form = self.form
        assert form is not None
        lines: list[tuple[int, RawCell, str, bool | None, RawCell | None]] = []
        for position, (index, cell) in enumerate(cells):
            if unit := labels.money_unit(cell.text):
                self.unit = Unit(unit)
            known = labels.fund(cell.text)
            if known is None:
                continue
            after = cells[position + 1][1] if position + 1 < len(cells) else None
            if after is not None and (labels.fund(after.text) or labels.field(after.text)):
                after = None
            lines.append((index, cell, *known, after))
        keys = [line[2] for line in lines]
        for position, (index, cell, key, period, amount) in enumerate(lines):
            side = self.side(index, key, period, keys[:position].count(key), keys.count(key))
            form.funds.append(self.money(cell, key, side, amount))
        return bool(lines)

    def side(self, index: int, key: str, period: bool | None, order: int, count: int) -> bool:
        if key == "total" and period is False and count > 1:
            self.year_column = index
        if period is not None:
            return period
        if count > 1:
            return order == 0
        return self.year_column is not None and index < self.year_column

    def money(self, label: RawCell, key: str, period: bool, amount: RawCell | None) -> Fund:
        unit = self.unit
        text = amount.text if amount else ""
        if unit is None and "," in text:
            unit = Unit.YUAN
        figure = parse_amount(text, unit) if text and unit else None
        place = amount.place if amount else label.place
        name = labels.squeeze(label.text).rstrip(":")
        if figure is None:
            return Fund(key, name, None, 0, place, period)
        return Fund(key, name, figure.value, figure.half, place, period)


def _named(text: str, place: Place) -> Text | None:
    """The project that a title names: “3、迁址装修费绩效目标表”."""
    start = len(text) - len(text.lstrip())
    if match := _NUMBER.match(text, start):
        start = match.end()
    end = text.rfind("绩效")
    name = text[start:end].strip()
    if not name or _GENERIC.match(labels.squeeze(name)) or name.endswith(("支出", "部门(单位)", "单位)")):
        return None
    column = place.column
    if column is not None:
        offset = start + len(text[start:end]) - len(text[start:end].lstrip())
        place = place._replace(column=column + offset, end_column=column + offset + len(name))
    return Text(name, place)


def _labelled(cell: RawCell) -> tuple[str | None, Text | None]:
    """The field that a cell labels, and its value where the same cell holds it (项目名称：某某)."""
    key = labels.field(cell.text)
    if key is not None:
        return key, None
    text = cell.text
    for colon in ("：", ":"):
        at = text.find(colon, 0, 16)
        if at > 0 and (key := labels.field(text[:at])):
            return key, _text(cell, at + 1)
    return None, None


def _set(form: Form, key: str, value: Text) -> None:
    if key in labels.FIELD_NAMES:
        if getattr(form, key) is None or not getattr(form, key).text:
            setattr(form, key, value)
    else:
        form.texts.setdefault(key, value)
