"""Performance forms (绩效目标表) of projects, in the shapes that provinces publish them.

The money of a form is the printed money of the statements, so that the two agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence

from openbook.book.model import LEVELS, Indicator, Project, Words
from openbook.book.tables import LEVEL2, PROJECT_TEXTS
from openbook.composing.figures import FEN_PER_HUNDREDTH, Amount
from openbook.composing.work import Work
from openbook.disclosure import Block, GridCell, Heading, Paragraph, Run, Table
from openbook.rounding.apportion import share_out

# Columns, of eight, that each head and what is written beside it take in a row of one, two or three.
_SIGNED = {1: ((2, 6),), 2: ((2, 2), (1, 3)), 3: ((2, 1), (1, 1), (1, 2))}


def project_amount(work: Work, project: Project) -> Amount:
    """This year's money of a project, what was carried over included."""
    return work.sum_of(project.name, f"project:{project.code}")


def forms(work: Work, *, handlers: bool = False) -> list[Block]:
    """One form for each project that has money in this disclosure, in the order of the book."""
    spoken = [project for project in work.book.projects if project_amount(work, project).exact]
    found: list[Block] = []
    for index, project in enumerate(spoken, 1):
        if work.build.form == "application":
            found.append(_application(work, project, index, handlers))
        elif work.build.form == "targets":
            found.append(_targets(project, index))
        else:
            found += _chapter(work, project, index)
    return found


def _text(value: str, colspan: int = 1, rowspan: int = 1) -> GridCell:
    return GridCell(value, "left", colspan, rowspan)


def _head(value: str, colspan: int = 1, rowspan: int = 1) -> GridCell:
    return GridCell(value, "center", colspan, rowspan, head=True)


def _shown(steps: int) -> str:
    return f"{steps // 100}.{steps % 100:02d}"


# --- 项目支出绩效目标申报表 ---------------------------------------------------------------


def _application(work: Work, project: Project, index: int, handlers: bool) -> Table:
    book = work.book
    code = f"{book.code}-" if book.code else ""
    rows = [
        [_head("项目名称", colspan=2), _text(project.name, colspan=6)],
        [
            _head("主管部门及代码", colspan=2), _text(f"{code}{book.department}", colspan=2),
            _head("实施单位"), _text(project.unit, colspan=3),
        ],
        [
            _head("项目属性", colspan=2), _text(project.attribute, colspan=2),
            _head("项目期"), _text(project.period, colspan=3),
        ],
        *_funds(work, project),
        *_long_texts(project),
        *_goals(project),
        [
            _head("绩效指标", rowspan=1 + len(project.indicators)),
            _head("一级指标"), _head("二级指标"), _head("三级指标"), _head("指标值"),
            _head("二级指标"), _head("三级指标"), _head("指标值"),
        ],
    ]  # fmt: skip
    rows += _indicator_rows(project.indicators)
    rows += _signed(project, handlers)
    return Table(
        f"form-{index}",
        "form",
        f"{book.region}项目支出绩效目标申报表",
        rows,
        0,
        (6, 10, 16, 16, 11, 12, 16, 11),
        above=(f"（{book.year}年度）", "单位：万元"),
        in_contents=False,
        origin=f"project:{project.code}",
    )


def _funds(work: Work, project: Project) -> list[list[GridCell]]:
    """The money of the whole period beside this year's, by whose money it is."""
    year = _year_funds(work, project)
    period = _period_funds(work, project, year)
    rows = [
        [
            _head("项目资金（万元）", colspan=2, rowspan=6),
            _text("实施期资金总额："), GridCell(_shown(sum(period.values())), "right"),
            _text("年度资金总额：", colspan=2), GridCell(_shown(sum(year.values())), "right", colspan=2),
        ]
    ]  # fmt: skip
    for number, (key, label) in enumerate(LEVELS.items()):
        named = f"{'其中：' if not number else ''}{label}"
        rows.append(
            [
                _text(named), GridCell(_shown(period[key]), "right"),
                _text(named, colspan=2), GridCell(_shown(year[key]), "right", colspan=2),
            ]
        )  # fmt: skip
    return rows


def _year_funds(work: Work, project: Project) -> dict[str, int]:
    """This year's money by level in 0.01 万元: it adds up to what the statements print."""
    total = project_amount(work, project)
    given = project.year_funds or {}
    if sum(given.values()) != total.exact:
        given = _by_source(work, project)
    return _shared(total.steps, given)


def _by_source(work: Work, project: Project) -> dict[str, int]:
    """Where the book does not say whose money it is: appropriations are the local ones, the rest the unit's own."""
    facts = [fact for fact in work.facts.facts if fact.project == project.code]
    local = sum(fact.amount for fact in facts if fact.source in ("general", "fund", "capital"))
    return {"local": local, "own": sum(fact.amount for fact in facts) - local}


def _period_funds(work: Work, project: Project, year: dict[str, int]) -> dict[str, int]:
    """The whole period's money; this year's where the project lasts no longer."""
    exact = sum(project.funds.values())
    if not exact or exact == project_amount(work, project).exact:
        return year
    return _shared((2 * exact + FEN_PER_HUNDREDTH) // (2 * FEN_PER_HUNDREDTH), project.funds)


def _shared(total: int, exact: dict[str, int]) -> dict[str, int]:
    values = [exact.get(key, 0) for key in LEVELS]
    return dict(zip(LEVELS, share_out(total, values, FEN_PER_HUNDREDTH), strict=True))


def _long_texts(project: Project) -> list[list[GridCell]]:
    keys = ("overview", "ground", "necessity", "safeguards", "plan")
    return [
        [_head(PROJECT_TEXTS[key], colspan=2), _text(_said(project, key), colspan=6)]
        for key in keys
        if _said(project, key)
    ]


def _said(project: Project, key: str) -> str:
    return project.texts.get(key, Words()).text.strip()


def _goals(project: Project) -> list[list[GridCell]]:
    goal = _said(project, "year_goal")
    return [
        [
            _head("总体目标", colspan=2, rowspan=2),
            _head("实施期目标", colspan=3),
            _head("年度目标", colspan=3),
        ],
        [_text(_said(project, "period_goal") or goal, colspan=3), _text(goal, colspan=3)],
    ]


def _indicator_rows(indicators: Sequence[Indicator]) -> list[list[GridCell]]:
    """First and second levels joined over the lines they hold."""
    ordered = sorted(indicators, key=lambda item: list(LEVEL2).index(item.level2))
    firsts = [LEVEL2[item.level2] for item in ordered]
    seconds = [item.level2 for item in ordered]
    rows = []
    for index, item in enumerate(ordered):
        row = []
        if index == 0 or firsts[index] != firsts[index - 1]:
            row.append(_head(firsts[index], rowspan=firsts.count(firsts[index])))
        opens = index == 0 or seconds[index] != seconds[index - 1]
        span = seconds.count(seconds[index])
        for target in (item.period_target or item.target, item.target):
            if opens:
                row.append(_head(seconds[index], rowspan=span))
            row += [_text(item.name), _text(target)]
        rows.append(row)
    return rows


def _signed(project: Project, handlers: bool) -> list[list[GridCell]]:
    """Who filed it and when; names and telephones only where they are asked for."""
    cells: list[tuple[str, str]] = []
    if handlers:
        cells += [("经办人：", project.handler), ("联系电话：", project.telephone)]
    if project.filed:
        cells.append(("填报日期：", project.filed))
    if not cells:
        return []
    row: list[GridCell] = []
    for (head, value), (under, beside) in zip(cells, _SIGNED[len(cells)], strict=True):
        row += [_head(head, colspan=under), _text(value, colspan=beside)]
    return [row]


# --- 绩效目标表 ---------------------------------------------------------------------------


def _targets(project: Project, index: int) -> Table:
    goals = [line for line in _said(project, "year_goal").splitlines() if line.strip()]
    text = (
        "\n".join(f"{number}. {line}" for number, line in enumerate(goals, 1))
        if len(goals) > 1
        else "".join(goals)
    )
    ordered = sorted(project.indicators, key=lambda item: list(LEVEL2).index(item.level2))
    firsts = [LEVEL2[item.level2] for item in ordered]
    rows = [
        [_head("绩效目标"), _text(text, colspan=5)],
        [
            _head(word)
            for word in ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
        ],
    ]
    for number, item in enumerate(ordered):
        row = []
        if number == 0 or firsts[number] != firsts[number - 1]:
            row.append(_head(firsts[number], rowspan=firsts.count(firsts[number])))
        values = (item.level2, item.name, item.description, item.target, item.ground)
        rows.append(row + [_text(value) for value in values])
    return Table(
        f"form-{index}",
        "form",
        f"{index}、{project.name}绩效目标表",
        rows,
        0,
        (11, 13, 18, 26, 14, 16),
        in_contents=False,
        origin=f"project:{project.code}",
    )


# --- 项目经费情况说明 -----------------------------------------------------------------------


def _chapter(work: Work, project: Project, index: int) -> list[Block]:
    amount = project_amount(work, project)
    found: list[Block] = [Heading(2, f"{index}. {project.name}", f"project-{index}")]
    parts = (
        ("项目概述", _said(project, "overview")),
        ("立项依据", _said(project, "ground")),
        ("实施主体", _said(project, "implementer") or project.unit),
        ("实施方案", _said(project, "plan")),
        ("实施周期", _said(project, "schedule") or project.period),
        ("年度预算安排", f"{work.book.year}年安排{amount.text}。"),
    )
    for number, (title, text) in enumerate(((t, x) for t, x in parts if x), 1):
        head = Run(f"（{'一二三四五六七八九'[number - 1]}）{title}：", bold=True)
        found.append(Paragraph((head, Run(text)), origin=f"project:{project.code}"))
    return [*found, _targets(project, index)]
