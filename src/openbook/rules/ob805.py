"""OB805: blanks of a template that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules.scan import Scan, ask, scan, short, some

_UNITS = r"(?:年|月|日|万?元|亿元|%|％|个|项|辆|家|人|次|部门|单位|局|县|市|区|街道|乡|镇)"
_WORDS = r"(?:单位|部门|年度|年份|项目|金额|名称|编制单位|预算单位|填写|此处)"
_CROSSES = re.compile(rf"(?<![A-Za-z\dXx×＊*])(?:[XxＸ]{{2,}}|×{{2,}}|○{{2,}}|〇{{3,}}|□{{2,}})(?={_UNITS})")
_LETTERS = re.compile(r"(?<=[一-龥])[XＸ]{2,}(?=[一-龥，。；、,;]|$)", re.MULTILINE)
_STARS = re.compile(rf"(?:预算|为|共|增加|减少|安排|等|其中|涉及|占)\*{{2,}}(?={_UNITS})")
_BRACED = re.compile(
    rf"\{{\{{[^{{}}\n]{{1,30}}\}}\}}|\$\{{[^{{}}\n]{{1,30}}\}}|[\[{{<]{_WORDS}[^\]}}>\n\t]{{0,6}}[\]}}>]"
)
_LINE = re.compile(r"[_＿]{3,}")
_DATE = re.compile(r"(?:(?<=[\t：:（(　 ])|^)年[ 　]{1,8}月[ 　]{1,8}日", re.MULTILINE)
_SOMEBODY = re.compile(r"某{2,}(?=部门|单位|局|县|市|区|街道|项目|年)")
_TO_FILL = ("待填写", "此处填写", "请在此", "（填写", "待补充数据", "请填写单位", "（示例", "XX年XX月")

_PATTERNS = (
    (_CROSSES, ("XX", "xx", "ＸＸ", "××", "○○", "〇〇〇", "□□")),
    (_LETTERS, ("XX", "ＸＸ")),
    (_STARS, ("**",)),
    (_BRACED, ("{", "[", "<")),
    (_LINE, ("___", "＿＿＿")),
    (_DATE, ("月 ", "月　")),
    (_SOMEBODY, ("某某",)),
)
ask(lambda: (*_TO_FILL, *(hint for _, hints in _PATTERNS for hint in hints)))


def check(context: Context) -> Iterator[Finding]:
    text = scan(context.document)
    found: dict[str, list[Location]] = {}
    for sample, location in _blanks(text):
        found.setdefault(sample, []).append(location)
    for sample, locations in found.items():
        yield Finding(
            code="OB805",
            message=f"模板中的空白没有填写：“{sample}”（{len(locations)} 处）。请填入实际内容或删去。",
            locations=some(locations),
            key=("placeholder", sample),
        )


def _blanks(text: Scan) -> Iterator[tuple[str, Location]]:
    for pattern, hints in _PATTERNS:
        for match in text.search(pattern, *hints):
            yield _sample(text, match), text.match(match)
    for word in _TO_FILL:
        for at in text.find(word):
            yield word, text.locate(at, at + len(word))


def _sample(text: Scan, match: re.Match[str]) -> str:
    """The blank with the words after it, so that the reader knows it again."""
    end = match.end()
    after = re.match(r"[^\s。，；：、（）()]{0,6}", text.text[end : end + 6])
    return short(match[0] + (after[0] if after else ""), 24)


RULE = Rule(
    code="OB805",
    name="placeholder-left",
    title="模板占位符没有填写",
    severity=Severity.WARNING,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（内容准确、形式规范）",
    what="查找“XX万元”“××部门”“____”“{单位}”“年 月 日”等模板空白。人名、号码的遮蔽（张某某、139****）不算。",
    why="空白没有填，说明这一段没有审过，数据也就没有公开。",
    bad="2024年预算收入XX万元，比上年增加____万元",
    good="2024年预算收入206.00万元，比上年减少496.42万元",
    mend="填入实际数据；本单位没有的事项，写明“无”。",
    check=check,
)
