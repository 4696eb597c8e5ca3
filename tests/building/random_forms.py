"""Performance forms of random projects: texts and indicators that agree with each other and with the money."""

from __future__ import annotations

import random
from dataclasses import dataclass

from openbook.book.faults import yuan
from openbook.book.model import Expenditure, Indicator, Project, Unit, Words
from tests.building import random_words as words

_SEVERAL = {"1年": 1, "2年": 2, "3年": 3}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a project is about."""

    name: str
    thing: str
    year: int
    years: int
    money: int  # fen of this year


def _share(rng: random.Random, least: int = 60) -> str:
    return rng.choice(
        (f"≥{rng.randint(least, 99)}%", "100%", f"≥{rng.randint(least, 98)}.{rng.randint(1, 9)}%")
    )


def _quantity(rng: random.Random, subject: Subject) -> Indicator:
    number = rng.randint(1, 400)
    name, unit = rng.choice(
        (
            (f"{subject.thing}数量", "处"),
            (f"{subject.thing}现场检查次数", "次"),
            (f"受益{subject.thing}周边居民人数", "人"),
        )
    )
    whole = f"≥{number * subject.years}{unit}" if subject.years > 1 else ""
    return Indicator(
        "数量指标", name, f"≥{number}{unit}", whole, f"全年{subject.thing}的数目", f"{subject.year}年工作计划"
    )


def _quality(rng: random.Random, subject: Subject) -> Indicator:
    name = rng.choice((f"{subject.thing}验收合格率", f"{subject.thing}质量达标率", f"{subject.thing}完好率"))
    return Indicator("质量指标", name, _share(rng), description="合格的占全部的比率")


def _time(rng: random.Random, subject: Subject) -> Indicator:
    if rng.random() < 0.5:
        end = f"{subject.year}年{rng.randint(6, 12)}月底前"
        return Indicator(
            "时效指标", f"{subject.thing}完成时间", end, "每年12月底前" if subject.years > 1 else ""
        )
    return Indicator("时效指标", f"{subject.thing}任务按时完成率", _share(rng))


def _cost(rng: random.Random, subject: Subject) -> Indicator:
    whole = f"≤{yuan(subject.money * subject.years)}元" if subject.years > 1 else ""
    return Indicator("成本指标", f"{subject.thing}项目总成本", f"≤{yuan(subject.money)}元", whole)


def _benefits(rng: random.Random, subject: Subject) -> list[Indicator]:
    kinds = [
        Indicator("社会效益指标", f"{subject.thing}覆盖率", _share(rng)),
        Indicator("可持续影响指标", f"{subject.thing}使用年限", f"≥{rng.randint(2, 30)}年"),
        Indicator("经济效益指标", f"{subject.thing}带动就业人数", f"≥{rng.randint(5, 300)}人"),
        Indicator("生态效益指标", f"{subject.thing}周边环境", "改善"),
    ]
    return rng.sample(kinds, rng.randint(1, 3))


def _indicators(rng: random.Random, subject: Subject) -> tuple[Indicator, ...]:
    found = [_quantity(rng, subject), _quality(rng, subject)]
    found += [_time(rng, subject)] if rng.random() < 0.8 else []
    found += [_cost(rng, subject)] if rng.random() < 0.6 else []
    found += _benefits(rng, subject)
    satisfied = rng.choice(("周边居民", "使用人", "办事群众"))
    found.append(Indicator("服务对象满意度指标", f"{satisfied}对{subject.thing}的满意度", _share(rng, 80)))
    return tuple(found)


def _texts(rng: random.Random, subject: Subject, office: str) -> dict[str, Words]:
    name, thing = subject.name, subject.thing
    texts = {
        "overview": f"对{thing}逐处登记造册，分批实施{name}，保证日常使用。",
        "ground": f"本级政府关于{name}的会议决定",
        "necessity": f"{thing}使用多年，群众反映不便，需要通过{name}解决。",
        "safeguards": f"{thing}管理制度、资金支付审批制度",
        "plan": f"上半年完成{thing}的勘察和方案，下半年组织实施并验收。",
        "implementer": office,
        "schedule": "1月至12月",
        "period_goal": f"通过{name}，使{thing}长期稳定地为群众服务。",
    }
    kept = {key: Words(text) for key, text in texts.items() if rng.random() < 0.75}
    goal = f"完成{name}的全部任务，{thing}使用正常。"
    if rng.random() < 0.3:
        goal += f"\n{rng.choice(('建立', '健全'))}{thing}的管理台账。"
    return {**kept, "year_goal": Words(goal)}


def project(
    rng: random.Random, code: str, unit: Unit, title: tuple[str, str], year: int, lines: list[Expenditure]
) -> Project:
    """`title`: the name and the thing it is about; `lines`: its money this year."""
    name, thing = title
    period = rng.choice(("1年", "1年", "2年", "3年"))
    subject = Subject(name, thing, year, _SEVERAL[period], sum(line.amount for line in lines))
    lasting = subject.years > 1 and rng.random() < 0.5
    funds, year_funds = _funds(rng, subject, lines)
    return Project(
        code=code,
        name=name,
        unit=unit.name,
        category=rng.choice(("其他运转类", "特定目标类")),
        attribute="经常性项目(长期开展)" if lasting else f"一次性项目({period}结束)",
        period=period,
        funds=funds,
        year_funds=year_funds,
        texts=_texts(rng, subject, rng.choice(words.OFFICES)),
        indicators=_indicators(rng, subject),
        filed=rng.choice(("", f"{year - 1}-12-{rng.randint(10, 31)}", f"{year}-01-{rng.randint(10, 28)}")),
    )


def _funds(
    rng: random.Random, subject: Subject, lines: list[Expenditure]
) -> tuple[dict[str, int], dict[str, int]]:
    """Whose money it is: nothing said, all of it local, or shared between levels."""
    if rng.random() < 0.4 and subject.years == 1:
        return {}, {}
    kind = rng.choice(("local", "shared"))
    year = {"local": subject.money}
    if kind == "shared":
        first = rng.randint(0, subject.money)
        second = rng.randint(0, subject.money - first)
        year = {"central": first, "province": second, "local": subject.money - first - second}
    year = {key: fen for key, fen in year.items() if fen}
    return {key: fen * subject.years for key, fen in year.items()}, year if rng.random() < 0.7 else {}
