"""Templates of the whole document: what they may do, and that whatever they do wrong is told by line."""

from __future__ import annotations

import pytest

from openbook.book.model import BudgetBook, Fault, Words
from openbook.composing.compose import compose
from openbook.composing.explanation import paragraphs
from openbook.composing.telling import BREAK, CLOSE, OPEN
from openbook.disclosure import Block, Chart, Heading, Paragraph, Table
from tests.composing.departments import department


def with_template(template: str) -> BudgetBook:
    book = department("shanxi-13-2024")
    book.texts["explanation"] = Words(template)
    return book


def blocks(template: str) -> list[Block]:
    composed = compose(with_template(template))
    assert [fault.describe() for fault in composed.faults] == []
    assert composed.disclosure is not None
    return composed.disclosure.blocks


def text(template: str) -> str:
    return "\n".join(str(getattr(block, "text", "")) for block in blocks(template))


def fault(template: str) -> Fault:
    composed = compose(with_template(template))
    assert composed.disclosure is None
    (found,) = composed.faults
    assert found.code == "BK503"
    assert found.spot.file == "explanation.md"
    return found


# --- what they may do ---------------------------------------------------------------------------


def test_a_book_may_bring_its_own_template_in_place_of_the_layouts() -> None:
    assert (
        text("# 说明\n\n{{ 部门 }}{{ 年 }}年{{ 级 }}预算。") == "说明\n乙区行政审批服务管理局2024年部门预算。"
    )


def test_headings_paragraphs_and_bold() -> None:
    found = blocks("# 一\n## 二\n### 三\n#### 四\n\n甲\n乙\n\n丙**丁**戊\n")
    assert [(block.level, block.text) for block in found if isinstance(block, Heading)] == [
        (1, "一"), (2, "二"), (3, "三"), (3, "四"),
    ]  # fmt: skip
    assert len({block.id for block in found if isinstance(block, Heading)}) == 4
    first, second = (block for block in found if isinstance(block, Paragraph))
    assert first.text == "甲乙"
    assert [(run.text, run.bold) for run in second.runs] == [("丙", False), ("丁", True), ("戊", False)]


def test_figures_become_claims() -> None:
    composed = compose(with_template("收入{{ 收入总计 }}，{{ 收入总计.比上年 }}。"))
    assert composed.disclosure is not None
    assert [claim.kind for claim in composed.disclosure.claims] == ["amount", "change", "growth"]
    (paragraph,) = composed.disclosure.blocks
    assert isinstance(paragraph, Paragraph)
    assert [run.claim for run in paragraph.runs if run.claim] == ["claim-1", "claim-2", "claim-3"]
    assert "收入398.79万元，比上年增加" in paragraph.text


def test_what_a_template_asks_for_and_does_not_print_is_no_claim() -> None:
    composed = compose(
        with_template(
            "{% set 甲 = 收入总计.比上年 %}{% set 乙 = 个数(3, '个') %}支出{{ 支出总计 }}，{{ 乙 }}，{{ 乙 }}。"
        )
    )
    assert composed.disclosure is not None
    assert [(claim.id, claim.text) for claim in composed.disclosure.claims] == [
        ("claim-1", "398.79万元"), ("claim-2", "3个"),
    ]  # fmt: skip
    assert "prior/revenue" not in composed.disclosure.cells


def test_whatever_is_put_in_stands_where_it_was_put() -> None:
    found = blocks('前\n{{ 报表() }}\n中\n{{ 图("结构", "pie", 功能类("expenditure", "total")) }}\n后')
    kinds = [type(block).__name__ for block in found]
    assert kinds == ["Paragraph", *["Table"] * 13, "Paragraph", "Chart", "Paragraph"]
    (chart,) = (block for block in found if isinstance(block, Chart))
    assert sum(point.value for point in chart.points) == 39_879
    assert all(point.address.startswith("expenditure/2") for point in chart.points)


def test_a_chart_of_nothing_is_left_out() -> None:
    assert blocks('{{ 图("空", "bar", [因公出国费, 公务用车购置费]) }}') == []


def test_lists_of_what_has_money() -> None:
    assert (
        text("{% for 项 in 有数的(因公出国费, 公务接待费) %}{{ 项.名称 }}{{ 项 }}{% endfor %}")
        == "公务接待费0.57万元"
    )
    assert text("{% for 项 in 项目 %}{{ 项.名称 }}{{ 项.金额 }}、{% endfor %}").count("万元") == 3
    assert text("{% for 项 in 项目 %}{{ 项.类别 }}{{ 项.本年 }}{{ 项.上年结转 }}；{% endfor %}").endswith(
        "特定目标类25.00万元0.00万元；"
    )
    assert text('{% for 项 in 功能项("fund") %}{{ 项.编码 }}{{ 项.类 }}{{ 项.款 }}{{ 项.项 }}{{ 项.用途 }}{% endfor %}') == (
        "2120899城乡社区支出国有土地使用权出让收入安排的支出其他国有土地使用权出让收入安排的支出政务服务网点的修缮"
    )  # fmt: skip


def test_economic_accounts_the_largest_first() -> None:
    listed = text('{{ 经济科目名单("public") }}')
    assert listed.startswith("办公费、其他交通费用")
    amounts = text('{% for 项 in 经济科目("public") %}{{ 项.名称 }}{{ 项 }}，{% endfor %}')
    assert amounts.startswith("办公费10.31万元，其他交通费用8.91万元，")


def test_texts_of_the_book_may_be_asked_for() -> None:
    assert text('{% if 有正文("goals") %}{{ 正文("goals") }}{% endif %}').startswith("全年办件")
    assert text('{% if 有正文("terms") %}有{% else %}没有{% endif %}') == "没有"
    assert text('{{ 正文("services") }}') == ""


def test_terms_are_the_books_own_or_those_that_come_along() -> None:
    known = blocks("{{ 名词解释() }}")
    assert len(known) > 5
    book = with_template("{{ 名词解释() }}")
    book.texts["terms"] = Words("行政许可：准予从事特定活动的行为。")
    composed = compose(book)
    assert composed.disclosure is not None
    assert [block.text for block in composed.disclosure.blocks if isinstance(block, Paragraph)] == [
        "行政许可：准予从事特定活动的行为。"
    ]


def test_longer_texts_keep_their_lines_and_small_headings() -> None:
    found = paragraphs("# 某局\n\n（一）甲。\n\n  （二）**乙**。\n", "text:duties")
    assert [(block.text, block.runs[0].bold) for block in found if isinstance(block, Paragraph)] == [
        ("某局", True), ("（一）甲。", False), ("（二）乙。", False),
    ]  # fmt: skip
    assert all(isinstance(block, Paragraph) and block.origin == "text:duties" for block in found)


# --- what they may not --------------------------------------------------------------------------

WRONG = {
    "syntax": "{% if %}",
    "unclosed": "{{ 收入总计",
    "no such end": "{% for 项 in 项目 %}",
    "no such filter": "{{ 年 | 没有 }}",
    "no such tag": "{% 没有 %}",
    "no such name": "{{ 收入合计 }}",
    "no such word": "{{ 收入总计.比前年 }}",
    "no such part": "{{ 采购.劳务 }}",
    "class": "{{ ''.__class__ }}",
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ 报表.__globals__ }}",
    "function": "{{ 有数的.__code__ }}",
    "private": "{{ 收入总计._teller }}",
    "attribute filter": "{{ 收入总计 | attr('_teller') }}",
    "format": "{{ '{0.__class__}'.format(年) }}",
    "endless range": "{% for i in range(10**9) %}甲{% endfor %}",
    "long range": "{% for i in range(999999999) %}甲{% endfor %}",
    "long text": "{{ '甲' * 999999999 }}",
    "power": "{{ 9 ** 9999999 }}",
    "changing a list": "{{ 项目.append(1) }}",
    "clearing": "{% set _ = 采购.clear() %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "endless macro": "{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}",
    "nothing": "{{ none }}",
    "a list": "{{ 项目 }}",
    "a project": "{{ 项目[0] }}",
    "a function": "{{ 报表 }}",
    "a fraction": "{{ 1 / 3 }}",
    "a truth": "{{ 收入总计.变了 }}",
    "no division": "{{ 1 // 0 }}",
    "not a whole": "{{ 构成(1, 2) }}",
    "too many": "{{ 目录(1, 2, 3) }}",
    "no cover": "{{ 封面() }}",
    "no chart": '{{ 图("题", "spiral", [收入总计]) }}',
    "no parts": '{{ 图("题", "pie", 3) }}',
    "no money word": '{{ 功能项("nonsense") }}',
    "not compared": "{{ 本年收入.比上年 }}",
}


@pytest.mark.parametrize("template", WRONG.values(), ids=WRONG)
def test_a_mistake_is_a_fault_with_its_line(template: str) -> None:
    found = fault(f"# 说明\n\n{template}\n")
    assert found.spot.row is not None
    assert 3 <= found.spot.row <= 4
    assert "object at 0x" not in found.describe()
    assert "docs/templates.md" in found.mend


@pytest.mark.parametrize(
    "template",
    ["{{ 报表() | trim }}甲", "{{ 报表() | replace('0', '9') }}", "{{ (报表() | trim)[1:] ~ '甲' }}"],
)
def test_what_is_put_in_cannot_be_changed(template: str) -> None:
    composed = compose(with_template(template))
    if composed.faults:
        assert [found.code for found in composed.faults] == ["BK503"]
    else:
        assert composed.disclosure is not None
        assert not _marked(composed.disclosure.blocks)


@pytest.mark.parametrize(
    "mark", [OPEN, CLOSE, BREAK, f"{OPEN}0{CLOSE}", f"{BREAK}0{CLOSE}", f"{BREAK}x{CLOSE}"]
)
def test_marks_in_a_template_are_stripped(mark: str) -> None:
    found = blocks(f"甲{mark}乙{{{{ 年 }}}}")
    assert not _marked(found)
    assert len(found) == 1


@pytest.mark.parametrize("number", ["", "0", "7", "x", "999999999"])
def test_marks_written_with_escapes_break_nothing(number: str) -> None:
    for opening in (OPEN, BREAK):
        escaped = f"\\u{ord(opening):04x}{number}\\u{ord(CLOSE):04x}"
        composed = compose(with_template(f'甲\n\n{{{{ "{escaped}" }}}}\n\n乙'))
        assert composed.faults or not _marked(composed.disclosure.blocks)


def test_signs_in_words_of_the_book_are_words() -> None:
    book = department("shanxi-13-2024")
    signs = f"{{{{ 年 }}}}{OPEN}0{CLOSE}**{BREAK}0{CLOSE}\n# 题"
    book.reasons["revenue"] = Words(f"甲{signs}乙")
    book.texts["duties"] = Words(f"丙{signs}丁")
    composed = compose(book)
    assert composed.disclosure is not None
    assert not _marked(composed.disclosure.blocks)
    words = [block.text for block in composed.disclosure.blocks if isinstance(block, Paragraph)]
    assert any("甲{{ 年 }}" in text and text.endswith("乙。") for text in words)
    headings = [block.text for block in composed.disclosure.blocks if isinstance(block, Heading)]
    assert not any("题" in heading for heading in headings)


def _marked(found: list[Block]) -> bool:
    texts = [block.text for block in found if isinstance(block, Paragraph | Heading)]
    texts += [cell.text for block in found if isinstance(block, Table) for row in block.rows for cell in row]
    return any(set(text) & {OPEN, CLOSE, BREAK} for text in texts)
