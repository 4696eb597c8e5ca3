from openbook.findings import Severity
from openbook.rules.ob604 import RULE
from tests.rules.wording import findings

TABLE = """上年末固定资产金额为{prose}万元（详见下表）。

截止时间: 2022-12-31

项 目\t数量\t价值(金额单位: 万元)
资产总额\t\t202.00
1、房屋(平方米)\t\t
2、车辆(台、辆)\t1\t6.00
3、单价在 20 万元以上的设备\t\t

项 目\t数量\t价值(金额单位: 万元)
4、其他固定资产\t374\t{other}
"""


def test_lines_over_two_pages_that_do_not_make_the_total():
    [finding] = findings(RULE, TABLE.format(prose="202.00", other="186.00"))
    assert finding.key == ("assets", "table", "sum")
    assert finding.difference == "10.00"


def test_a_sentence_that_differs_from_the_table():
    [finding] = findings(RULE, TABLE.format(prose="220.00", other="196.00"))
    assert finding.key == ("assets", "prose-table")


def test_a_row_with_a_lost_cell_is_only_a_warning():
    [finding] = findings(
        RULE,
        TABLE.format(prose="202.00", other="186.00").replace("4、其他固定资产\t374\t", "4、其他固定资产\t"),
    )
    assert finding.severity is Severity.WARNING


def test_a_true_table_and_areas_in_square_metres_are_fine():
    assert findings(RULE, TABLE.format(prose="202.00", other="196.00")) == []
    text = (
        "固定资产3149.52万元，其中：房屋14609.83平方米；车辆7辆；其他固定资产0万元。无形资产471项234.37万元。"
    )
    assert findings(RULE, text) == []


def test_a_lost_line_is_only_a_warning():
    text = TABLE.format(prose="202.00", other="196.00")
    lost = "\n".join(line for line in text.split("\n") if not line.startswith("2、车辆"))
    assert lost != text
    assert [finding.severity for finding in findings(RULE, lost)] == [Severity.WARNING]


def test_a_table_whose_lower_lines_may_be_lost_is_only_a_warning():
    text = TABLE.format(prose="202.00", other="196.00")
    [finding] = findings(RULE, text[: text.index("3、单价")])
    assert finding.severity is Severity.WARNING
