"""The generated parts of docs/legal-time.md: terms, excluded procedures, cards and notices, from the data."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.kernel.legal_time import Term, bundled_notices, rulebook
from onewindow.kernel.legal_time.cards import bundled as bundled_thresholds

FAMILIES = {
    "permit": "行政许可",
    "hearing": "听证",
    "renewal": "延续",
    "online": "在线预审",
    "information": "政府信息公开",
    "budget": "预决算",
    "rating": "好差评",
    "hotline": "12345热线",
    "tender": "招标投标",
    "procurement": "政府采购",
    "payment": "中小企业款项",
    "publicity": "双公示",
    "credit": "信用修复",
    "supervision": "效能监察",
}


def legal_time_parts() -> dict[str, str]:
    """Name of each part -> its text."""
    return {
        "legal-terms": _terms(),
        "legal-choices": _choices(),
        "legal-excluded": _table(
            ("键", "程序", "依据", "把握"),
            ((f"`{one.key}`", one.title, one.basis, one.mark) for one in rulebook().excluded.values()),
        ),
        "legal-joint": _table(
            ("键", "上限", "取法", "依据", "把握"),
            (
                (f"`{rule.key}`", f"`{rule.limit}`", f"`{rule.combine}`", rule.basis, rule.mark)
                for rule in rulebook().joint.values()
            ),
        ),
        "legal-cards": _table(
            ("键", "阈值", "把握", "出处"),
            ((f"`{one.key}`", one.title, one.mark, one.source) for one in bundled_thresholds()),
        ),
        "legal-notices": _table(
            ("年", "通知", "文号", "出处"),
            ((str(one.year), one.title, one.number, one.address) for one in bundled_notices()),
        ),
    }


def _terms() -> str:
    parts = []
    for family, title in FAMILIES.items():
        terms = [term for term in rulebook().terms if term.key.split(".")[0] == family]
        parts.append(
            f"### {title}\n\n" + _table(("键", "时限", "依据", "延长", "把握", "说明"), map(_row, terms))
        )
    return "\n".join(parts)


def _row(term: Term) -> tuple[str, ...]:
    extension = term.extension
    return (
        f"`{term.key}`",
        f"{term.title}：{term.words}",
        f"{term.law}{term.article}；{_dates(term)}",
        f"最多{extension.amount}{term.unit.title}，{extension.approver}批准" if extension else "",
        term.mark,
        "；".join(
            filter(None, (term.missed and f"逾期：{term.missed}", term.area, _excluded(term), term.note))
        ),
    )


def _dates(term: Term) -> str:
    until = f"至{term.until}" if term.until else "起"
    return f"{term.since}{until}（{term.dated}）"


def _excluded(term: Term) -> str:
    return f"不计时：{'、'.join(one.title for one in term.excluded)}" if term.excluded else ""


def _choices() -> str:
    return _table(
        ("总称", "默认选用"), ((f"`{key}`", f"`{chosen}`") for key, chosen in rulebook().choices.items())
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"
