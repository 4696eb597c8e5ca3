from openbook.findings import Context
from openbook.rules.ob311 import RULE
from tests.narrative.samples import document, findings


def test_a_rounded_figure_is_information():
    made = document({"operating": "2024年机关运行经费50万元。"})
    cell = made.cell("operating", "total", "total")
    cell.amount += 3_000_000  # 50.30 万元
    [finding] = RULE.check(Context(made))
    assert "位数比报表少" in finding.message


def test_one_step_of_the_last_digit_is_information():
    [finding] = findings(RULE, operating="2024年机关运行经费50.01万元。")
    assert "末位" in finding.message


def test_trimmed_zeros_are_silent():
    assert not findings(RULE, operating="2024年机关运行经费50万元。")
    assert not findings(RULE, operating="2024年机关运行经费50.0万元。")


def test_a_wrong_figure_is_not_called_rounded():
    assert not findings(RULE, operating="2024年机关运行经费53万元。")
