"""Projects that the explanation lists with their money, one by one.

Two forms of lists are printed: numbered lines under the performance targets (“（2）X：1400万元”), and
one sentence under the project expenditure (“项目支出209万元，主要为X 4万元、Y 5万元、上年结转Z 1万元”).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from openbook.document import Document
from openbook.findings import Location
from openbook.money import Figure, Unit, parse_amount
from openbook.reading.digits import narrow
from openbook.rules.ob5_forms import named
from openbook.rules.ob5_projects import add, equal, fold, projects
from openbook.source import Paragraph, Place

_MONEY = r"(?P<number>\d[\d,]{0,15}(?:[ ]?\.[ ]?\d{1,6})?)[ ]?(?P<unit>亿元|万元|元)"
_ENTRY = re.compile(
    r"(?:^|(?<=[；;。，,]))\s*[-·•]?\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[、.．])\s*"
    rf"(?P<name>[^：:；;。]{{2,60}}?)\s*[：:，,]?\s*{_MONEY}(?=[；;。，,、\s]|\Z)"
)
_SENTENCE = re.compile(
    r"项目支出(?:预算)?(?:安排|总计|合计|共计|为|共)?[ ]?(?P<whole>\d[\d,]{0,15}(?:[ ]?\.[ ]?\d{1,6})?)[ ]?(?P<of>亿元|万元|元)"
    r"[，,：:；;(（]?[ ]?(?:其中|主要|具体|分别)?(?:为|是|包括|用于|有)?[，,：:]?(?P<items>[^。]{8,3000})"
)
_ITEM = re.compile(
    rf"(?:^|[、，,；;（(])\s*(?P<name>[^、，,；;。：:]{{2,60}}?){_MONEY}(?=[、，,；;。）)\s]|\Z)"
)
_OTHER_SPENDING = re.compile(r"[；;](?=(?:事业单位)?经营支出|上[缴解]上级支出|对?附属单位补助支出)")
_CARRIED = re.compile(r"\A(?:以及|和|及)?上年(?:结转|结余)+(?:的|安排)?(?:项目)?[：:]?")
_ABOUT = re.compile(r"绩效|项目")
_LAST_YEAR = re.compile(r"上年|上一年|去年|结转|决算")
_FEWEST = 2
_LONGEST = 4000


@dataclass(slots=True, eq=False)
class Listed:
    """A project named in the explanation with its amount."""

    name: str
    amount: Figure
    text: str  # the amount as printed
    place: Place
    carried: bool = False

    def location(self, role: str = "stated") -> Location:
        return Location(self.place, row=self.name, value=self.text, role=role)


@dataclass(slots=True, eq=False)
class List:
    """A run of listed projects; `whole` is the total stated before a sentence of them."""

    entries: list[Listed] = field(default_factory=list)
    whole: Figure | None = None

    @property
    def complete(self) -> bool:
        """Whether the entries make the stated total, so that none was lost or misread."""
        return self.whole is not None and equal(add([one.amount for one in self.entries]), self.whole)


def numbered(document: Document) -> list[Listed]:
    """Entries of numbered lists of projects: at least half of a list must be projects known otherwise."""
    known = {fold(line.name) for line in projects(document)} | {fold(form.name) for form in named(document)}
    return [
        entry
        for run in _runs(document)
        if len(run) >= _FEWEST and sum(fold(one.name) in known for one in run) * 2 >= len(run)
        for entry in run
    ]


def _runs(document: Document) -> Iterator[list[Listed]]:
    """Entries that follow each other, where what leads to them speaks of projects of this year."""
    run: list[Listed] = []
    lead = ""
    for paragraph in document.source.paragraphs():
        text = paragraph.text
        found = list(_entries(paragraph)) if "元" in text and len(text) < _LONGEST else []
        if not found:
            yield run
            run = []
            lead = text[-80:] if text else lead
        elif _ABOUT.search(lead) and not _LAST_YEAR.search(lead):
            run += found
    yield run


def _entries(paragraph: Paragraph) -> Iterator[Listed]:
    for match in _ENTRY.finditer(narrow(paragraph.text)):
        if (entry := _listed(paragraph, match, 0)) is not None:
            yield entry


def _listed(paragraph: Paragraph, match: re.Match[str], offset: int) -> Listed | None:
    amount = parse_amount(match["number"], Unit(match["unit"]))
    if amount is None:
        return None
    start, end = offset + match.start("number"), offset + match.end("unit")
    text = f"{match['number'].replace(' ', '')}{match['unit']}"
    return Listed(match["name"].strip(), amount, text, paragraph.place(start, end))


def sentence(document: Document) -> List | None:
    """The projects that one sentence on the project expenditure names."""
    known = document.cache.get("ob5.sentence")
    if known is None:
        found = next(_sentences(document), None)
        known = document.cache["ob5.sentence"] = found or False
    return known if isinstance(known, List) else None


def _sentences(document: Document) -> Iterator[List]:
    for paragraph in document.source.paragraphs():
        if "项目支出" not in paragraph.text or len(paragraph.text) > _LONGEST:
            continue
        for match in _SENTENCE.finditer(narrow(paragraph.text)):
            found = List(whole=parse_amount(match["whole"], Unit(match["of"])))
            carried = False
            for item in _ITEM.finditer(_OTHER_SPENDING.split(match["items"])[0]):
                entry = _listed(paragraph, item, match.start("items"))
                if entry is None:
                    continue
                bare = _CARRIED.sub("", entry.name)
                carried = carried or bare != entry.name
                entry.name, entry.carried = bare, carried
                found.entries.append(entry)
            if len(found.entries) >= _FEWEST:
                yield found


def by_name(entries: list[Listed]) -> dict[str, list[Listed]]:
    groups: dict[str, list[Listed]] = defaultdict(list)
    for entry in entries:
        groups[fold(entry.name)].append(entry)
    return groups
