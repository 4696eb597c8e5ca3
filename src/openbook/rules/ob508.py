"""OB508: the direction of a target contradicts what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.ob5_forms import GROUND_INDICATORS, Use, all_uses, opposite

_MONEY = re.compile(r"(?:元|万|万元|亿元)(?:/.{1,6})?\Z")
_LESS_IS_BETTER = re.compile(
    r"(?:故障|投诉|差错|失误|事故|超支|退件|延误|逾期|违规|违纪|信访)(?:率|次数|数|数量|件数|起数|发生率|发生数)?\Z"
    r"|(?:成本|费用|支出)(?:增长率|增加率|增幅|增长)\Z"
)
_DURATION = re.compile(
    r"(?:办结|办理|响应|完成|完工|处理|审批|到达|修复|等待)(?:的)?(?:时间|时限|周期|期限|时长)\Z"
)
_TIME_UNIT = re.compile(r"(?:天|日|个?工作日|小时|分钟|个?月)\Z")
_SAVING = re.compile(
    r"降低|下降|减少|节约|节省|压缩|缩短|控制|提前|提升|提高|处理|办结|解决|化解|受理|回复|处置|整改|查处"
)
_MORE_IS_BETTER = re.compile(
    r"满意|(?:合格|达标|完成|及时|准确|办结|覆盖|优良|畅通|知晓|可办|认领|参与|通过|使用|利用|就业|完好)率\Z"
)
_COUNTABLE = re.compile(r"(?:数|数量|总量|人次)\Z")
_OUTPUT = re.compile(
    r"(?:受益|服务|指导|督导|培训|办理|检查|巡查|宣传|走访|覆盖|评审|惠及|参加|参训|救助|慰问|发放)"
    r"|档案|企业|群众|乡镇|村数|活动|设备|硬件|软件|终端|系统|购置|采购"
)
_LIMITED = re.compile(
    r"故障|投诉|事故|差错|失误|成本|费用|经费|支出|金额|价格|单价|面积|时间|时限|时长|周期|耗|排放|污染|误差|编制|超|延|逾期"
    r"|压缩|控制|减少|降低|下降|不足|缺|损|跑动|跑腿|环节|材料|退件|信访|死亡|伤亡|发病|违|纠纷|等待|重复|空置|闲置|浪费|拖欠|用量|用水|用电"
    r"|车辆|公务用车|接待|出国|会议|人员数|在编|临聘|聘用|负担|偏差|流失|发生|中断|宕机|停机|停运|排队|等候"
)


def check(context: Context) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for use in all_uses(context.document):
        if use.target.operator is None or use.target.number is None or not use.indicator.reliable:
            continue
        if opposite(use.indicator.target, use.indicator.year_target):
            continue  # OB509 says so of both halves
        fault = _lower(use) if use.target.operator in (">=", ">") else _upper(use)
        if fault is None:
            continue
        key = (use.form.key, f"{use.label}:{use.target.text}")
        if key not in seen:
            seen.add(key)
            yield _finding(use, fault)


def _lower(use: Use) -> str | None:
    """A lower bound on what should be small."""
    name, unit = use.name, use.target.unit
    if "成本" in use.indicator.level2 and _MONEY.search(unit) and not _SAVING.search(name):
        return "成本类指标写成“不低于”，等于至少要花这么多，应当写成不超过（≤）"
    if _LESS_IS_BETTER.search(name) and not _SAVING.search(name):
        return "这个指标越小越好，却写成“不低于”，应当写成不超过（≤）"
    if use.indicator.level2 == "时效指标" and _DURATION.search(name) and _TIME_UNIT.search(unit):
        return "完成时间写成“不少于”，等于越慢越好，应当写成不超过（≤）"
    return None


def _upper(use: Use) -> str | None:
    """An upper bound on what should be large."""
    if use.target.operator not in ("<=", "<"):
        return None
    name = use.name
    # A countable name speaks for itself; else the description tells what is counted (系统安全: 故障次数).
    said = name
    if use.indicator.description and not (_COUNTABLE.search(name) and _OUTPUT.search(name)):
        said += use.indicator.description.text
    if _LIMITED.search(said) or use.target.number == 0:
        return None
    if use.target.unit == "%":
        return (
            "这个指标越高越好，却写成“不高于”，应当写成不低于（≥）" if _MORE_IS_BETTER.search(name) else None
        )
    counted = use.indicator.level2 == "数量指标" or (
        use.indicator.level1 == "效益指标" and _COUNTABLE.search(name) is not None
    )
    if counted and _OUTPUT.search(said):
        return "产出和受益的数量写成“不超过”，一件不办也算达到，应当写成不低于（≥）或者确数（=）"
    return None


def _finding(use: Use, fault: str) -> Finding:
    return Finding(
        "OB508",
        f"{use.where}为 {use.target.text}：{fault}。",
        (use.location(),),
        ("direction", use.form.key, use.label),
        actual=use.target.text,
        severity=Severity.WARNING,
    )


RULE = Rule(
    code="OB508",
    name="target-direction-contradicts-meaning",
    title="指标值的方向与指标的含义相反",
    severity=Severity.WARNING,
    basis=GROUND_INDICATORS,
    what="成本、成本增长率、故障、投诉、办理时限写成下限（≥）；产出数量、受益对象、满意度写成上限（≤）。"
    "节约率、压缩时间一类越大越好的，面积、价格、时间、跑动次数一类本来就有上限的，都不报。",
    why="方向写反，自评时少干活反而“完成”，多花钱反而“达标”。",
    bad="成本指标“宣传经费” ≥1.4万\n数量指标“培训人数” ≤200人",
    good="成本指标“宣传经费” ≤1.4万\n数量指标“培训人数” ≥200人",
    mend="把符号改成与含义一致的方向。",
    check=check,
)
