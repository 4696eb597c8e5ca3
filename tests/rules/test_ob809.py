import pytest

from openbook.findings import Context, Severity
from openbook.rules.ob809 import RULE
from tests.rules.wording import document, findings


def test_offices_are_counted():
    [finding] = findings(RULE, "某局内设4个机构：办公室、业务股、督查股。")
    assert (finding.actual, finding.expected) == ("4", "3")
    assert finding.severity is Severity.WARNING  # the text may come from a scanner
    made = document("某局内设机构4个：办公室、业务股、督查股。")
    made.source.format = "docx"
    [finding] = RULE.check(Context(made))
    assert finding.severity is None


UNITS = """某部门预算是包括本部以及下属 {below} 家预算单位的综合收支计划。

本部门中，行政单位 1 家，参公单位1家，事业单位 {institutions} 家，具体包括：

1. 某街道办事处（本部）。

2. 某受理服务中心。

3. 某党群服务中心。

4. 某行政执法队。
"""


def test_units_are_counted():
    assert [one.key for one in findings(RULE, UNITS.format(below=3, institutions=4))] == [
        ("count", "预算单位")
    ]
    assert [one.key for one in findings(RULE, UNITS.format(below=5, institutions=2))] == [
        ("count", "本部和下属单位")
    ]


@pytest.mark.parametrize(
    "text",
    [
        UNITS.format(below=3, institutions=2),
        "某局内设8个机构：综合办公室、政务改革和信息管理股（政策法规股、信息股）、政务信息和“互联网+、监管”股、市场管理股、投资项目股、社会事务股、联合审勘股、运行监管和政府采购股。",
        "某院设5个内设机构，包括：院长室、办公室、财务室、后勤部、护理部。",
        "内设4个科室：办公室、业务科、督查科和信息科。",
        "内设5个科室：办公室、业务科等。",
        "内设3个科室，办公室，业务科，督查科。",
        "内设2个机构：规划、建设科、办公室。",
        "下设2个办公室，负责日常、协调工作。",
        "对内设 8 个行政股室和 2 个下属事业单位，根据部门职能进行考评。",
    ],
)
def test_lists_that_agree_or_cannot_be_counted_do_not_fire(text):
    assert findings(RULE, text) == []
