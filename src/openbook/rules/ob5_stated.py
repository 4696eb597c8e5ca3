"""What the explanation says of its performance targets: how many projects, how much money."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openbook.document import Document
from openbook.findings import Location
from openbook.money import Figure, Unit, parse_amount
from openbook.reading.digits import narrow
from openbook.source import Paragraph, Place

_STATED = re.compile(
    r"(?P<what>[^，。；、：:,;\d]{0,40}?(?:项目|绩效目标|目标表))"
    r"(?:数量|数)?(?:共计|共有|共|总计|合计|为)?\s?(?P<count>\d{1,4})\s?[个项张]"
    r"(?:(?P<gap>[^。；;\d]{0,30})(?P<amount>\d[\d,]{0,15}(?:\s?\.\s?\d{1,6})?)\s?(?P<unit>亿元|万元|元)"
    r"(?:[，,]\s?占(?P<whole>[^。；;，,\d]{0,24}?)的?(?P<share>\d{1,4}(?:\.\d{1,4})?)\s?[%％])?)?"
)
_COUNT = re.compile(r"\d\s?[个项张]")
_PART = re.compile(r"(?:类|性)项目\Z|特定目标|其他运转")
_OTHER = re.compile(r"自评|评价|监控|上年|跟踪")
_YEAR = re.compile(r"(20\d\d)\s?年")
_LEAD = re.compile(r"实行|纳入|编报|编制|公开|开展|设置|设定|申报|填报")
_LONGEST = 4000


@dataclass(slots=True, eq=False)
class Stated:
    """A count of projects with its amount, and the parts that 其中 names."""

    role: str  # managed (纳入绩效管理), published (公开), part
    text: str
    place: Place
    count: int
    count_place: Place
    amount: Figure | None = None
    amount_text: str = ""
    amount_place: Place | None = None
    gap: str = ""  # words between count and amount
    share: Figure | None = None  # in 1e-4 percent
    share_text: str = ""
    parts: list[Stated] = field(default_factory=list)

    def location(self, role: str = "stated") -> Location:
        return Location(self.count_place, row=self.text, value=f"{self.count}个", role=role)

    def money(self, role: str = "stated") -> Location:
        return Location(self.amount_place or self.place, row=self.text, value=self.amount_text, role=role)


def stated(document: Document) -> list[Stated]:
    """Counts of this year's projects with performance targets, in reading order."""
    known = document.cache.get("ob5.stated")
    if isinstance(known, list):
        return known
    found: list[Stated] = []
    for paragraph in document.source.paragraphs():
        text = paragraph.text
        if "绩效" in text and "项目" in text and len(text) < _LONGEST and _COUNT.search(text):
            found += _read(paragraph, document.year)
    document.cache["ob5.stated"] = found
    return found


def _read(paragraph: Paragraph, year: int | None) -> list[Stated]:
    text = narrow(paragraph.text)
    wholes: list[Stated] = []
    for match in _STATED.finditer(text):
        role = _role(match["what"])
        if role is None or _of_another_year(text, match.start(), year):
            continue
        one = _stated(paragraph, match, role)
        if role != "part":
            wholes.append(one)
        elif wholes and "其中" in text[: match.end("what")]:
            wholes[-1].parts.append(one)
    return wholes


def _role(what: str) -> str | None:
    if _OTHER.search(what):
        return None
    if "绩效" in what:
        return "published" if "公开" in what else "managed"
    return "part" if _PART.search(what) else None


def _of_another_year(text: str, position: int, year: int | None) -> bool:
    sentence = text.rfind("。", 0, position) + 1
    years = _YEAR.findall(text, sentence, position + 12)
    return bool(years) and year is not None and int(years[-1]) != year


def _short(what: str) -> str:
    """The words of the count without the name of the body before them."""
    match = _LEAD.search(what)
    return what[match.start() :] if match else what.strip("（）() 年度")


def _stated(paragraph: Paragraph, match: re.Match[str], role: str) -> Stated:
    one = Stated(
        role,
        _short(match["what"]),
        paragraph.place(match.start(), match.end()),
        int(match["count"]),
        paragraph.place(match.start("count"), match.end("count")),
        gap=match["gap"] or "",
    )
    if match["amount"]:
        one.amount = parse_amount(match["amount"], Unit(match["unit"]))
        one.amount_text = f"{''.join(match['amount'].split())}{match['unit']}"
        one.amount_place = paragraph.place(match.start("amount"), match.end("unit"))
    if match["share"] and "项目" in match["whole"]:
        whole, _, fraction = match["share"].partition(".")
        one.share = Figure(int(whole + fraction[:4].ljust(4, "0")), 10 ** (4 - min(3, len(fraction))) // 2)
        one.share_text = f"{match['share']}%"
    return one
