"""OB208: identities hold one by one within rounding, but not all together."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.findings import Context, Finding, Rule, Severity
from openbook.rules.identity_findings import doubtful_statements, locations


def check(context: Context) -> Iterator[Finding]:
    verdicts = context.verdicts
    if verdicts is None:
        return
    doubtful = doubtful_statements(context, verdicts)
    for conflict in verdicts.conflicts:
        cells = [cell for item in conflict.equations for _, cell in item.equation.terms]
        certain = not any(item.equation.identity.evidence for item in conflict.equations) and all(
            cell.row.statement.reliable and cell.row.statement.kind not in doubtful for cell in cells
        )
        titles = "；".join(dict.fromkeys(item.equation.identity.title for item in conflict.equations))
        suspects = "；".join(f"{cell.describe()}（{cell.text}）" for cell in conflict.suspects[:6])
        named = (
            f"改正下列{'任一' if len(conflict.suspects) > 1 else ''}数字即可全部相符：{suspects}。"
            if suspects
            else ""
        )
        yield Finding(
            "OB208",
            f"有 {len(conflict.equations)} 条勾稽关系各自都在四舍五入范围内，合起来却没有任何真实金额能同时满足"
            f"（{titles}）。{named}",
            locations(conflict.suspects, conflict.equations),
            ("joint", *sorted({"/".join(item.equation.key) for item in conflict.equations})[:4]),
            severity=Severity.ERROR if certain else Severity.WARNING,
        )


RULE = Rule(
    code="OB208",
    name="jointly-impossible",
    title="各条勾稽关系单独成立，合在一起不可能",
    severity=Severity.ERROR,
    basis="预算法第十四条；四舍五入的算术：每个数字的真实值在其最后一位半个单位之内",
    what="对整份文件求解：是否存在一组真实金额，四舍五入后恰好是印出的所有数字。不存在时指出最少改哪几个数字。",
    why="差 0.01 可以用尾差解释；几处尾差方向相互矛盾就不能。",
    bad="甲＝乙＋丙差 +0.01，而乙、丙在另一表中的合计又差 −0.02",
    good="所有尾差可以由同一组真实金额解释",
    mend="从同一份到分的数据重新生成全部报表；不要逐表手工调尾差。",
    check=check,
)
