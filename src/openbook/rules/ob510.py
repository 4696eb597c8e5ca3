"""OB510: a target beyond what is possible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Use, confirmed, grouped
from openbook.rules.scan import Scan, scan

_BOUNDED = re.compile(
    r"满意(?:度|率|程度)?\Z|(?:合格|及时|准确|正确|覆盖|达标|知晓|通过|优良|完好|畅通|到位|办结|可办|认领|参与|出勤|上岗|入库|公开"
    r"|验收合格|及时完成|按时完成|拨付)率\Z|发放率\Z|保障率\Z"
)
_MAY_EXCEED = re.compile(r"(?:完成|执行|利用|使用|达成|实现|出租|入住)率\Z")
_GROWTH = re.compile(r"增|提高|提升|超|降|减|节")
_WHOLE = 100 * 10_000
_MORE_THAN_WHOLE = r"(?:[2-9]\d\d|1(?:0[1-9]|[1-9]\d)|100\.\d*[1-9])(?:\.\d+)?"
_MORE = re.compile(rf"{_MORE_THAN_WHOLE}[ ]?[%％]")  # rare, and quickly told
_RATE = re.compile(
    r"(?P<name>[一-龥“”\"]{0,12}(?:满意度|满意率|(?:合格|及时|准确|覆盖|达标|知晓|通过|畅通|办结|可办|认领|上岗|整改|公开|完好|发放)率))"
    rf"[ ]?(?:至少|均|要)?(?:达到|达|为|不低于)?[ ]?[≥＞>=]?[ ]?(?P<value>{_MORE_THAN_WHOLE})[ ]?[%％]"
)


def check(context: Context) -> Iterator[Finding]:
    scanned = context.document.source.scanned
    yield from _stated(context)
    for _, targets in grouped(context.document):
        exact: list[Use] = []
        for use in targets:
            if use.target.unit != "%" or use.target.number is None:
                continue
            if use.target.number < _WHOLE or _GROWTH.search(use.name) or _GROWTH.search(use.target.text):
                continue
            bounded = _BOUNDED.search(use.name) is not None or use.indicator.level1 == "满意度指标"
            if use.target.number > _WHOLE or use.target.operator == ">":
                finding = _beyond(use, bounded, scanned)
                if finding is not None:
                    yield finding
            elif bounded and use.target.operator == ">=":
                exact.append(use)
        if exact:
            yield _only_just(exact)


def _stated(context: Context) -> Iterator[Finding]:
    """Targets of the whole department are often written as a sentence: 热线畅通率 700%."""
    text = scan(context.document)
    for match in _rates(text):
        name = match["name"]
        if _GROWTH.search(name):
            continue
        yield Finding(
            "OB510",
            f"“{name}”的目标写的是 {match['value']}%，比率最多是 100%，请改成能够达到的目标。",
            (text.match(match),),
            ("beyond", "sentence", name),
            actual=match[0],
            severity=Severity.WARNING,
        )


def _rates(text: Scan) -> Iterator[re.Match[str]]:
    """Rates of more than 100 % in running text."""
    for line in text.paragraphs_with("%", "％"):
        if _MORE.search(line.text):
            yield from _RATE.finditer(text.text, line.start, line.start + len(line.text))


def _beyond(use: Use, bounded: bool, scanned: bool) -> Finding | None:
    if not bounded and not _MAY_EXCEED.search(use.name):
        return None
    if use.target.operator in ("<=", "<"):
        return None
    sure = bounded and use.indicator.reliable and (not scanned or confirmed(use))
    may = "比率最多是 100%" if bounded else "完成率超过 100% 意味着超额完成，定为目标时请说明"
    return Finding(
        "OB510",
        f"{use.where}为 {use.target.text}，{may}，请改成能够达到的目标。",
        (use.location(),),
        ("beyond", use.form.key, use.label),
        actual=use.target.text,
        severity=Severity.ERROR if sure else Severity.WARNING,
    )


def _only_just(exact: list[Use]) -> Finding:
    form = exact[0].form
    shown = "、".join(f"“{use.indicator.name.text}”{use.target.text}" for use in exact[:5])
    return Finding(
        "OB510",
        f"《{form.name}》绩效目标表的{shown}：比率最多是 100%，“不低于 100%”只有恰好 100% 才能完成。"
        "请写成 =100%，或者改成留有余地的目标。",
        tuple(use.location() for use in exact[:10]),
        ("only-just", form.key),
        severity=Severity.INFO,
    )


RULE = Rule(
    code="OB510",
    name="target-beyond-the-possible",
    title="指标值超过可能的上限",
    severity=Severity.ERROR,
    basis=GROUND_INDICATORS,
    what="满意度、合格率、及时率、覆盖率等比率的目标大于 100%（错误）；“≥100%”只能恰好等于 100%（提示）。"
    "增长率、提高幅度不受此限；完成率、执行率大于 100% 只作警告。",
    why="达不到的目标不能考核；自评时只好改口径。",
    bad="服务对象满意度 ≥120%",
    good="服务对象满意度 ≥95%",
    mend="改成 100% 以内、依据充分的目标值。",
    check=check,
)
