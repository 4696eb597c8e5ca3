from openbook.findings import Severity
from openbook.rules.ob322 import RULE
from tests.narrative.samples import findings


def test_an_empty_reason():
    [finding] = findings(
        RULE,
        three_public="公务用车购置及运行费3.20万元，与2023年预算持平，主要原因是。其中：公务用车购置费0万元。",
    )
    assert finding.key == ("empty-reason", "three_public", "three.vehicle")


def test_a_placeholder_is_no_reason():
    assert findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元，主要原因是XX。")
    assert findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元，主要原因是：无。")


def test_real_reasons_are_silent():
    assert not findings(RULE, three_public="公务接待费1.20万元，与上年持平，主要原因是无此项变化。")
    assert not findings(RULE, operating="机关运行经费50.00万元，比上年增加5.00万元，主要原因是人员增加。")


ITEM = "“一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）”390.00万元。"
TEXT = (
    "2023年预算执行数为300.00万元，2024年预算安排390.00万元，比2023年预算执行数增加30.00%。主要原因是：{}。"
)


def test_reasons_that_repeat_the_change_are_one_note():
    text = ITEM + TEXT.format("行政运行经费增加") + "\n\n" + ITEM + TEXT.format("经费增加")
    [finding] = findings(RULE, general=text)
    assert finding.severity is Severity.INFO
    assert "有2处" in finding.message
    assert len(finding.locations) == 2


def test_reasons_about_something_else_say_something():
    for reason in ("人员增加", "人员经费增加", "行政运行经费减少", "缴费基数提高", "行政运行中增加了会议"):
        assert not findings(RULE, general=ITEM + TEXT.format(reason)), reason


def test_reasons_that_only_point_at_what_happened():
    for reason in ("根据实际支出", "按照工作需要安排", "实际情况变动", "根据单位实际情况"):
        [finding] = findings(RULE, general=ITEM + TEXT.format(reason))
        assert finding.severity is Severity.INFO, reason
    for reason in ("根据实际在职人数核定", "工作需要新增设备", "按照缴费基数调整"):
        assert not findings(RULE, general=ITEM + TEXT.format(reason)), reason
