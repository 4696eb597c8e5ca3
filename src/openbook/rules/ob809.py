"""OB809: a stated number of offices or units differs from the list that follows it."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.counting import counts
from openbook.rules.scan import scan, short


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    text = scan(document)
    for count in counts(document):
        if count.stated == count.counted:
            continue
        listed = short("、".join(count.names), 80)
        yield Finding(
            code="OB809",
            message=f"{count.what}写明 {count.stated} 个，其后列出的却有 {count.counted} 个：{listed}。请核对个数或补齐名单。",
            locations=(text.locate(*count.span, role="stated"),),
            key=("count", count.what),
            expected=str(count.counted),
            actual=str(count.stated),
            difference=str(count.stated - count.counted),
            severity=Severity.WARNING if document.source.scanned else None,
        )


RULE = Rule(
    code="OB809",
    name="count-differs-from-list",
    title="写明的个数与列出的名单不符",
    severity=Severity.ERROR,
    basis="财预〔2016〕143号《地方预决算公开操作规程》（部门职责、机构设置情况，内容准确）",
    what="数出“内设8个机构：……”“行政单位1家、事业单位4家，具体包括……”之后的名单，与写明的个数比较。"
    "括号、引号内的顿号不作分隔；分不清起止的名单不数。扫描件作警告。",
    why="机构或单位有增减而只改了一处，公众不知道预算究竟包含几家单位。",
    bad="内设4个机构：办公室、业务股、督查股",
    good="内设3个机构：办公室、业务股、督查股",
    mend="对照“三定”规定改正个数或名单；合并公开的单位要一一列出。",
    check=check,
)
