"""Comparisons with last year: changes, growth, standstill, and the reasons given for them."""

from __future__ import annotations

import re

from openbook.document import Claim
from openbook.narrative.lexer import Token
from openbook.narrative.walk import STRIPPED, Group, Walk

_REASON_END = re.compile(r"[。；;]|[，,]\s*其中|\Z")
_EARLY_REASON_END = re.compile(r"[，,。；;]|\Z")
_MOST_OTHERS = 20
RECENT = 400  # claims looked back over: more than any real part of an explanation holds
_EACH_ITS = re.compile(r"分别|依次")
_FAR = 30
_IN_TOTAL = re.compile(r"[总共合]")
_LIST_OPENER = re.compile(r"主要(?:是|为|系)[:：]?\Z")


class Comparing(Walk):
    """Reads what is said of the change against last year."""

    compared: Claim | None = None  # the amount of last year inside a comparison

    def _compare(self, token: Token) -> None:
        self.compare, self.direction = token, None

    def _up(self, token: Token) -> None:
        self.direction = token

    _down = _up

    def _share(self, token: Token) -> None:
        self.direction = token

    def _flat(self, token: Token) -> None:
        if self.compare is None and token.text != "持平" and not self._after_last_year(token):
            return
        end = self.compare.start if self.compare and self.compare.start >= self.clause else token.start
        self._note_basis(token)
        claim = self._changed("flat", token, end, None, 0)
        self._keep_change(claim)
        self.compare = self.direction = None
        self.clause = token.end

    def _after_last_year(self, token: Token) -> bool:
        """2024年预算3.20万元，2023年预算3.20万元，无变化."""
        before = self.own[-1] if self.own else None
        if before is None or before.kind != "amount" or before.year in (None, self.document.year):
            return False
        return not self.text[before.start + len(before.text) : token.start].strip(STRIPPED)

    def _cause(self, token: Token) -> None:
        early = token.text.endswith("由于") and not self.changes
        if _LIST_OPENER.match(token.text) and not self.changes:
            self._list(token)
            return
        end = (_EARLY_REASON_END if early else _REASON_END).search(self.text, token.end)
        stop = end.start() if end else len(self.text)
        reason = self.text[token.end : stop].strip(STRIPPED)
        self.skip, self.clause = stop, stop
        if early and stop < len(self.text) and self.text[stop] in "，,":
            self.cause = reason
            return
        for claim in self._explained(token):
            if not claim.reason:
                claim.reason = reason

    def _explained(self, token: Token) -> list[Claim]:
        """The changes that a reason speaks of: of its segment, of the one before, of the section."""
        if self.changes:
            return self.changes
        words = self.text[self.clause : token.start].strip(STRIPPED)
        if self.earlier and not words:
            return self.earlier
        return [claim for claim in self.part.found[-RECENT:] if claim.kind in ("change", "growth")]

    def _note_basis(self, word: Token) -> None:
        if self.compare is not None and self.compare is not self.noted:
            self.noted = self.compare
            self.basis = self.text[self.compare.start : word.start].strip(STRIPPED)

    def _changed(self, kind: str, token: Token, end: int, value: int | None, half: int) -> Claim:
        """A change, growth or standstill with the amount it belongs to."""
        claim = self._claim(kind, token, value, half)
        claim.basis = self.basis
        if self.direction is None and self._respective(token, token):
            claim.guess = True
            return claim
        named = self.names.name(self.text[self.clause : end]) if end > self.clause else None
        if named is not None and named.own:
            claim.subject, claim.concept, claim.guess = named.subject, named.concept, not named.certain
            claim.of = self._said(named.concept) if named.concept and named.certain else None
        elif not self._as_before(claim, self.text[self.clause : end]):
            self._belongs(claim)
        if claim.of is not None:
            claim.prior = self._prior(claim.of)
        return claim

    def _respective(self, word: Token, token: Token) -> bool:
        """分别占40.00%、60.00%: each of several figures belongs to another thing."""
        return _EACH_ITS.search(self.text, max(self.clause, word.start - _FAR), token.start) is not None

    def _as_before(self, claim: Claim, words: str) -> bool:
        """增加56.21万元，增长11.90%; 较上年预算40.00万元增加10.00万元: of the same thing as the figure before."""
        before = self.own[-1] if self.own and not _IN_TOTAL.search(words) else None
        if before is None or before.sentence != claim.sentence:
            return False
        if {before.kind, claim.kind} == {"change", "growth"}:
            claim.of, claim.others = before.of, before.others
        elif before is self.compared and (self.last is None or before.concept != self.last.concept):
            claim.of = self._said(before.concept) if before.concept and not before.guess else None
        else:
            return False
        claim.subject, claim.concept, claim.guess = before.subject, before.concept, before.guess
        return True

    def _all_said(self, concept: str) -> list[Claim]:
        """This year's amounts of that concept in the paragraph, the latest first."""
        years = (None, self.document.year)
        return [
            claim
            for claim in reversed(self.own[-RECENT:])
            if claim.kind == "amount" and claim.concept == concept and claim.year in years
        ]

    def _said(self, concept: str) -> Claim | None:
        return next(iter(self._all_said(concept)), None)

    def _belongs(self, claim: Claim) -> None:
        """The figure before it, or the total whose parts have just been listed in full."""
        last = self.last if self.last is not None and self.last.kind == "amount" else None
        wholes = [group.whole for group in reversed(self.groups) if group.whole.kind == "amount"]
        if self.lead is None and self.before is not None and self.before.kind == "amount":
            wholes.append(self.before)
        claim.of = wholes[-1] if self.lead is None and wholes else last
        if last is None:
            return
        if self.groups and self._listed_in_full(self.groups[-1]):
            claim.of = self.groups[-1].whole
        same = self._all_said(last.concept)[:_MOST_OTHERS] if last.concept else []
        pool = [last, *wholes, *same]
        claim.others = tuple(dict.fromkeys(other for other in pool if other is not claim.of))
        owner = claim.of or last
        claim.subject, claim.concept, claim.guess = owner.subject, owner.concept, owner.guess

    def _listed_in_full(self, group: Group) -> bool:
        """Whether the parts make up the total and none of them was compared by itself."""
        compared = {other.of for other in self.own[-RECENT:] if other.kind in ("change", "growth", "flat")}
        return (
            len(group.parts) > 1
            and group.whole.kind == "amount"
            and not compared.intersection(group.parts)
            and sum(part.value or 0 for part in group.parts) == group.whole.value
        )

    def _prior(self, of: Claim) -> Claim | None:
        """Last year's figure of the same thing, stated before in this paragraph."""
        year, unnamed = self.document.year, None
        for claim in reversed(self.own[-RECENT:]):
            if claim.kind != "amount" or claim.year is None or year is None or claim.year >= year:
                continue
            if claim.concept is None:
                near = claim.sentence == of.sentence and claim.start > of.start
                unnamed = unnamed or (claim if near else None)
            elif claim.concept == of.concept:
                return claim
        return unnamed

    def _keep_change(self, claim: Claim) -> None:
        claim.reason = self.cause
        self.cause = None
        self.changes.append(claim)
        self._keep(claim)
        self._this_year_again()
