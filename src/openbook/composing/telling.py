"""What a template says of figures: amounts, shares, growth. Every figure said becomes a claim.

A template prints values of this module; each leaves a mark in the text where it stands, and the marks
become runs that remember their claim. Nothing here knows the wording of a province.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from openbook.book.model import BudgetBook, Fault
from openbook.book.tables import PRIOR, REASONS, Sheet
from openbook.book.topics import SUMS, reason_key
from openbook.composing.figures import Amount, LastYear, sum_cell, title_of
from openbook.disclosure import Block, Cell, Claim, Origin, Paragraph, Run
from openbook.rounding.apportion import percentages

OPEN, CLOSE, BREAK = "\ue000", "\ue001", "\ue002"  # private use: a claim's number between the first two
# Numbers in marks are digits that nobody types and no filter of a template takes for digits.
_DIGITS = "".join(chr(0x10F000 + digit) for digit in range(10))
_HIDE, _SHOW = str.maketrans("0123456789", _DIGITS), str.maketrans(_DIGITS, "0123456789")
NUMBER = f"([{_DIGITS}]{{1,6}})"
_MARK = re.compile(f"{OPEN}{NUMBER}{CLOSE}")
_ANY = re.compile(f"[{OPEN}{CLOSE}{BREAK}{_DIGITS}]")
MARKS = str.maketrans("", "", OPEN + CLOSE + BREAK + _DIGITS)
_MORE, _LESS = ("增加", "增长"), ("减少", "下降")


@dataclass(slots=True)
class Teller:
    """Collects the claims of one disclosure, and what the book lacks to make them."""

    book: BudgetBook
    last_year: LastYear
    names: dict[str, str]  # functional code -> name
    unit: str = ""  # whose disclosure it is, where its figures of last year are rows of their own
    claims: list[Claim] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)  # figures that stand in no statement

    def mark(self, kind: str, text: str, value: int | None, cells: Sequence[str], topic: str = "") -> str:
        """The text with a claim behind it, as it goes through a template."""
        number = len(self.claims)
        self.claims.append(Claim(f"claim-{number + 1}", kind, text, value, tuple(cells), topic))
        return f"{OPEN}{numbered(number)}{CLOSE}"

    def amount(self, amount: Amount) -> str:
        return self.mark("amount", amount.text, amount.steps * 10_000, (amount.address,), amount.topic)

    def count(self, number: int, unit: str = "") -> str:
        if not isinstance(number, int):
            raise TypeError("个数要是整数")
        return self.mark("count", f"{number}{unit}", number, ())

    def share(self, hundredths: int, part: Amount, whole: Amount) -> str:
        text = f"{hundredths // 100}.{hundredths % 100:02d}%"
        return self.mark("share", text, hundredths * 100, (part.address, whole.address))

    def before(self, amount: Amount, topic: str) -> Amount | None:
        """Last year's figure; None and a fault where the book does not say it."""
        if topic not in self.last_year.printed:
            for part in SUMS.get(topic, (topic,)):
                if part not in self.last_year.printed:
                    self._lacks(PRIOR, part, "BK501")
            return None
        printed, exact = self.last_year.printed[topic], self.last_year.exact[topic]
        address = f"prior/{topic}"
        if exact == amount.exact and printed != amount.steps:
            # rounded apart, though not a fen changed: whoever compares them must see the same figure
            printed, address = amount.steps, f"prior/{topic}/same"
        origins = tuple(Origin("prior", line) for line in self.last_year.rows[topic])
        self.cells[address] = sum_cell(address, printed, exact, origins)
        return Amount(f"上年{amount.name}", printed, exact, address)

    def _lacks(self, sheet: Sheet, topic: str, code: str) -> None:
        title = title_of(topic, self.names)
        whose = f"（单位：{self.unit}）" if self.unit else ""
        where = self.book.place(sheet.file, sheet.title)
        if any(fault.code == code and title in fault.message for fault in self.faults):
            return
        mend = (
            f"请在“{sheet.title}”表里加一行：{title}{whose}，写上年公开的数，没有写 0。"
            if code == "BK501"
            else f"请在“{sheet.title}”表里加一行：{title}{whose}，写明为什么变。"
        )
        self.faults.append(
            Fault(code, f"说明要写{title}比上年的增减，账簿里没有它的{sheet.title}。", mend, where)
        )

    def change(self, amount: Amount, before: Amount) -> str:
        """``比上年…`` without its head: 增加X万元，增长Y%; 持平 where nothing changed."""
        now, then = amount.steps, before.steps
        cells = (amount.address, before.address)
        if unchanged(amount, before):
            same = amount.exact == before.exact
            return self.mark("flat", "持平" if same else "基本持平", None, cells, amount.topic)
        more, grew = _MORE if now > then else _LESS
        difference = abs(now - then)
        text = f"{difference // 100}.{difference % 100:02d}万元"
        said = more + self.mark("change", text, (now - then) * 10_000, cells, amount.topic)
        rate = growth(now, then)
        if rate is None:
            return said
        shown = f"{rate // 100}.{rate % 100:02d}%"
        signed = rate * 100 if now > then else -rate * 100
        return f"{said}，{grew}{self.mark('growth', shown, signed, cells, amount.topic)}"

    def rate(self, amount: Amount, before: Amount) -> str:
        """增长Y%, 下降Y% alone; 持平; from nothing: 增加X万元."""
        rate = growth(amount.steps, before.steps)
        if unchanged(amount, before) or rate is None:
            return self.change(amount, before)
        more = (_MORE if amount.steps > before.steps else _LESS)[0]
        signed = rate * 100 if amount.steps > before.steps else -rate * 100
        shown = f"{rate // 100}.{rate % 100:02d}%"
        cells = (amount.address, before.address)
        return more + self.mark("growth", shown, signed, cells, amount.topic)

    def reason(self, amount: Amount, before: Amount, topic: str) -> str:
        """Why it changed, in the book's words; "" where it did not; a fault where nobody wrote it."""
        if unchanged(amount, before):
            return ""
        words = self.book.reasons.get(reason_key(topic, self.unit))
        if words is None or not words.text.strip():
            self._lacks(REASONS, topic, "BK502")
            return ""
        return inline(words.text).rstrip("。；，;,.")


def numbered(number: int) -> str:
    """A number as marks hold it."""
    return str(number).translate(_HIDE)


def number_of(text: str) -> int:
    """The number that a mark holds."""
    return int(text.translate(_SHOW))


def whole(text: str, claims: int) -> bool:
    """Whether each mark of a claim stands in a rendered text as it was made, and nothing is left of broken ones."""
    rest = _MARK.sub(lambda found: "" if number_of(found[1]) < claims else OPEN, text)
    return _ANY.search(rest) is None


def inline(text: str) -> str:
    """Words of the book within a sentence: one line, and nothing in it that a template would take for a sign."""
    return " ".join(text.translate(MARKS).replace("**", "").split())


def hundredths(parts: Sequence[Amount], whole: Amount) -> list[int]:
    """The shares of a whole in 0.01 %; where the parts make it up they add up to 100.00 %."""
    if not whole.steps:
        return [0] * len(parts)
    return percentages([part.steps for part in parts], whole.steps)


def unchanged(amount: Amount, before: Amount) -> bool:
    """Whether it prints the same, or prints more where it is really less: each year is rounded by itself."""
    printed, true = amount.steps - before.steps, amount.exact - before.exact
    return printed == 0 or printed * true < 0


def growth(now: int, then: int) -> int | None:
    """Growth without its sign in 0.01 %, rounded half up; None from nothing, or where it shows as 0.00 %."""
    if not then:
        return None
    rate = (2 * abs(now - then) * 10_000 + then) // (2 * then)
    return rate or None


def spoken(blocks: Sequence[Block], claims: Sequence[Claim]) -> list[Claim]:
    """The claims that the prose states, numbered in its order; a template may ask for more than it prints."""
    by_id = {claim.id: claim for claim in claims}
    found: dict[str, Claim] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            for run in block.runs:
                if run.claim and run.claim not in found:
                    found[run.claim] = replace(by_id[run.claim], id=f"claim-{len(found) + 1}")
            block.runs = tuple(
                run._replace(claim=found[run.claim].id) if run.claim else run for run in block.runs
            )
    return list(found.values())


def runs_of(text: str, claims: Sequence[Claim]) -> tuple[Run, ...]:
    """Rendered text with its marks as runs; ``**…**`` is bold."""
    runs: list[Run] = []
    for index, stretch in enumerate(text.split("**")):
        bold = index % 2 == 1
        for number, piece in enumerate(_MARK.split(stretch)):
            if number % 2 and number_of(piece) < len(claims):
                claim = claims[number_of(piece)]
                runs.append(Run(claim.text, bold, claim.id))
            elif number % 2 == 0 and (plain := piece.translate(MARKS)):
                runs.append(Run(plain, bold))
    return tuple(runs)
