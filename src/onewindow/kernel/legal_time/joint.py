"""Several permits handled as one (统一办理、联合办理、集中办理): which term holds for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from onewindow.kernel.legal_time.terms import Rulebook, Term, TermError


@dataclass(frozen=True, slots=True)
class Joint:
    """`term` holds for the whole; `limit` is the most the law allows; `reason` says how it came about."""

    term: Term
    limit: Term
    reason: str


def joint_term(members: Sequence[Term], rules: Rulebook, day: date, rule_key: str = "permit.joint") -> Joint:
    """The term of permits that are handled jointly from a day on.

    Raises TermError where there are none, they are counted in different units, or the rule is missing.
    """
    rule = rules.joint.get(rule_key)
    if rule is None:
        raise TermError(f"没有“{rule_key}”这条联合办理规则。")
    if not members:
        raise TermError("联合办理至少要有一个事项。")
    limit = rules.term(rule.limit, day)
    if odd := [term.title for term in members if term.unit is not limit.unit]:
        raise TermError(f"联合办理的各项须用同一种单位计算，{'、'.join(odd)}不是。")
    longest = max(members, key=lambda term: term.amount)
    excluded = {one.key: one for term in (*members, limit) for one in term.excluded}
    amount = min(longest.amount, limit.amount) if rule.combine == "longest" else limit.amount
    term = replace(limit, amount=amount, excluded=tuple(excluded.values()))
    return Joint(term, limit, f"{_reason(longest, limit, amount)}（{rule.basis}，{rule.mark}）")


def _reason(longest: Term, limit: Term, amount: int) -> str:
    total = f"{amount}{limit.unit.title}"
    if amount < limit.amount:
        return f"取最长的一项“{longest.title}”：{total}，不超过法定上限{limit.amount}{limit.unit.title}"
    return f"取联合办理的法定上限：{total}"
