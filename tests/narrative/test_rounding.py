"""Whatever way a right sentence was rounded, no rule calls it wrong."""

from hypothesis import given, settings
from hypothesis import strategies as st

from openbook.findings import Context
from tests.narrative.samples import EXPLANATION, STATEMENTS, document

NO_STATEMENTS = STATEMENTS[: STATEMENTS.index("## 第二部分")] + "### 第三部分 2024年度部门预算情况说明\n\n"
YUAN = st.one_of(st.just(0), st.integers(min_value=100, max_value=3_000_000))
HUNDREDTH = 100  # yuan in 0.01 万元


def wan(yuan: int) -> str:
    hundredths = (yuan + HUNDREDTH // 2) // HUNDREDTH
    return f"{hundredths // 100}.{hundredths % 100:02d}万元"


def percent(part: int, whole: int) -> str:
    hundredths = (part * 20_000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def compared(now: int, before: int) -> str:
    """The comparison as people write it, from amounts in yuan."""
    if now == before:
        return "与上年持平"
    word = ("增加", "增长") if now > before else ("减少", "下降")
    growth = f"，{word[1]}{percent(abs(now - before), before)}" if before else ""
    return f"比上年{word[0]}{wan(abs(now - before))}{growth}"


@settings(max_examples=100, deadline=None)
@given(st.tuples(YUAN, YUAN), st.tuples(YUAN, YUAN), st.tuples(YUAN, YUAN), st.booleans())
def test_three_public_expenses_from_true_amounts(reception, running, purchase, with_last_year):
    def said(name: str, now: int, before: int) -> str:
        last = f"，上年预算{wan(before)}" if with_last_year else ""
        return f"{name}{wan(now)}{last}，{compared(now, before)}"

    vehicle = (running[0] + purchase[0], running[1] + purchase[1])
    total = (reception[0] + vehicle[0], reception[1] + vehicle[1])
    text = (
        f"{said('“三公”经费预算', *total)}。其中：因公出国（境）费0万元，与上年持平；{said('公务接待费', *reception)}；"
        f"{said('公务用车购置及运行费', *vehicle)}，其中：{said('公务用车购置费', *purchase)}，"
        f"{said('公务用车运行维护费', *running)}。"
    )
    made = Context(document({"three_public": text}, statements=NO_STATEMENTS))
    assert [found.message for rule in EXPLANATION for found in rule.check(made)] == []


@settings(max_examples=100, deadline=None)
@given(st.tuples(YUAN, YUAN), st.tuples(YUAN, YUAN), st.booleans())
def test_expenditure_from_true_amounts(basic, project, dated):
    total = (basic[0] + project[0], basic[1] + project[1])
    last = f"，2023年为{wan(total[1])}" if dated else ""
    shares = [f"，占{percent(part, total[0])}" if total[0] else "" for part in (basic[0], project[0])]
    text = (
        f"2024年支出预算{wan(total[0])}{last}，{compared(*total)}，其中：基本支出{wan(basic[0])}{shares[0]}；"
        f"项目支出{wan(project[0])}{shares[1]}。"
    )
    made = Context(document({"expenditure": text}, statements=NO_STATEMENTS))
    assert [found.message for rule in EXPLANATION for found in rule.check(made)] == []
