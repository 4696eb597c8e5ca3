"""Which concept the words before a figure name, and how sure that is."""

from __future__ import annotations

import re
from typing import NamedTuple

from openbook.document import Document
from openbook.narrative.lexer import Item
from openbook.narrative.vocabulary import concepts, fold

_NEUTRAL = re.compile(
    r"20\d\d年?度?|上一?年度?|去年|年度|年|今年|本年度|全年|全部|其中|主要|包括|分别|部门各单位|各单位|部门预算|预算"
    r"|共计|合计|总计|安排|本级|机关及所属|所属|部门|单位|本部门|我部门|本单位|我单位|我局|本局|全局"
    r"|下属|参公|参照公务员法管理|行政|事业|\d+家|机关"
    r"|以下方面|用于|编制|实际|执行数?|决算数?|完成数?|核定|情况|财政拨款|使用|反映|收入|支出|为|的|及|和|由|等|、|:|：|,|，|-"
)
_SUFFIX = re.compile(
    r"(?:(?:20\d\d|上一?|本|今|去)年度?|预算数?|执行数|决算数|数|财政拨款|安排|共计|合计|总计|总额|金额|各|均|为|是|计|约|达|资金|经费|费用|的|共|科目|预计|大约|近)*+\Z"
)
_CARRYOVER = re.compile(r"(?:上年|年初|以前年度).{0,6}(?:结转|结余)|^结转")
_CURRENT = re.compile(r"本年(?!度)|当年")
_BODY = re.compile(
    r"(?:局|院|处|中心|办|办公室|办事处|委员会|委|厅|队|所|站|校|馆|府|会|公司|园|街道|镇|乡|部|科|室|社)(?:本级|本部|机关)?\Z"
)
_OWN_LEVEL = re.compile(r"本级(?![及和含]|预算)|机关本部")  # the body without its subordinate units
_NUMERALS = re.compile(r"[一二三四五六七八九十\d.．]+\Z")
_ITEM_DIGITS = 7
_SHORTEST_BODY = 4
_NAME_PARTS = re.compile(r"[\u4e00-\u9fff]")


class Name(NamedTuple):
    """What a figure is called: `certain` where nothing else stands in the words around it."""

    subject: str
    concept: str | None
    certain: bool
    own: bool  # whether the words name anything at all


class Names:
    """The names of one document: its department and the items of its statements."""

    def __init__(self, document: Document) -> None:
        self.department = fold(document.department or "")
        self.document = document
        self._known: dict[str, Name] = {}
        self._codes: dict[str, list[str]] | None = None
        self._titles: dict[str, str] = {}

    def name(self, text: str) -> Name:
        """Read the words between the last stop and a figure."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(fold(text).replace("收、支", "收支"))
        return known

    def _read(self, folded: str) -> Name:
        matches = list(concepts().pattern.finditer(folded))
        if not matches:
            rest = _CURRENT.sub("", folded.replace(self.department, "") if self.department else folded)
            rest = _NEUTRAL.sub("", _SUFFIX.sub("", rest))
            own = bool(_NAME_PARTS.search(rest)) and not self._own_body(rest)
            return Name(folded, None, False, own)
        found = self._owner(folded, matches)
        subject = found[0]
        loose = concepts().words[subject] in concepts().loose
        if found is matches[-1] and not _SUFFIX.match(folded, found.end()):
            return Name(folded[found.start() :], None, False, True)
        certain, mark = self._prefix(folded[: found.start()])
        if certain is None or (loose and not certain):
            return Name(folded, None, False, True)
        return Name(subject, concepts().words[subject] + mark, certain, True)

    @staticmethod
    def _owner(folded: str, matches: list[re.Match[str]]) -> re.Match[str]:
        """The last name; of 因公出国（境）费支出预算 the first."""
        known, last = concepts(), matches[-1]
        if (
            len(matches) == 1
            or known.words[last[0]] not in known.loose
            or not _SUFFIX.match(folded, last.end())
        ):
            return last
        before = matches[-2]
        owns = known.words[before[0]].startswith(known.owners)
        return before if owns and _SUFFIX.match(folded, before.end(), last.start()) else last

    def _prefix(self, text: str) -> tuple[bool | None, str]:
        """Whether the words before a concept leave it what it is, and the mark they put on it.

        None: they name another body, whose figure stands in no statement of its own.
        """
        if not text:
            return True, ""
        if _CARRYOVER.search(text):
            return True, "@carryover"
        mark = "@current" if _CURRENT.search(text) else ""
        if self.department:
            text = text.replace(self.department, "")
        if _OWN_LEVEL.search(text):
            return None, mark
        rest = _NEUTRAL.sub("", _CURRENT.sub("", text))
        if not rest or _NUMERALS.match(rest):
            return True, mark
        if self._own_body(rest):
            return True, mark
        return (None if self.department and _BODY.search(rest) else False), mark

    def _own_body(self, rest: str) -> bool:
        own = self.department
        return len(rest) >= _SHORTEST_BODY and bool(own) and (rest in own or rest.startswith(own))

    def item_code(self, item: Item) -> str | None:
        """Account code of an item by the names of its class, group and item (类款项)."""
        if self._codes is None:
            self._codes = self._index()
        found = self._codes.get(fold(item.names[2]), [])
        lowest = [code for code in found if len(code) == _ITEM_DIGITS] or found
        for level, length in ((1, 5), (0, 3)):
            if len(lowest) > 1:
                wanted = fold(item.names[level] or "")
                named = [code for code in lowest if fold(self._titles.get(code[:length], "")) == wanted]
                lowest = named or lowest
        return lowest[0] if len(lowest) == 1 else None

    def _index(self) -> dict[str, list[str]]:
        codes: dict[str, list[str]] = {}
        for kind in ("general_expenditure", "fund_expenditure", "state_capital", "expenditure"):
            statement = self.document.statement(kind)
            for row in statement.rows if statement else ():
                if row.code and row.code not in self._titles:
                    self._titles[row.code] = row.name
                    codes.setdefault(fold(row.name), []).append(row.code)
        return codes
