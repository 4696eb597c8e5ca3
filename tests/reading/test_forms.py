"""Performance forms as published: Shanxi (two halves), Hebei (one column each), Shanghai (in a PDF)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openbook.document import Form
from openbook.reading.forms import is_form_table, read_forms, title_of
from openbook.reading.text import read_text
from openbook.source import Place, RawCell, RawTable, Source

SHANXI = """## 某县(区)级预算部门(单位)项目支出绩效目标申报表

(2024年度)

项目名称\t\t机房维护费\t\t\t\t\t
主管部门及代码\t\t021-某县数据局\t\t实施单位\t\t某县数据局\t
项目属性\t\t延续性项目(阶段开展)\t\t项目日期\t\t3年\t
项目资金(元)\t\t实施期资金总额:\t564000\t年度资金总额:\t188,000\t\t
\t\t其中:中央财政资金\t0\t其中:中央财政资金\t0\t\t
\t\t省级财政资金\t0\t省级财政资金\t0\t\t
\t\t市县(区)财政资\t564000\t市县(区)财政资\t188,000\t\t
\t\t单位自筹\t0\t单位自筹\t0\t\t
其他资金\t\t\t其他资金\t\t\t\t
项目概况\t\t维护机房设备\t\t\t\t\t
立项依据\t\t无\t\t\t\t\t
实施期目标\t\t\t\t年度目标\t\t\t
总体目标\t机房三年稳定运行\t\t\t\t机房全年稳定运行\t\t
绩效\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t巡检次数\t≥12次\t数量指标\t巡检次\t≥4次
\t\t\t更换部件数\t≥9个\t\t更换部件数\t≥3个
\t\t质量指标\t设备完好率\t≥98%\t质量指标\t设备完好\t≥98%
\t\t\t时效指标\t故障修复时间\t\t24小时\t时效指标
\t\t成本指标\t成本\t188000\t成本指标\t成本\t188000

指 标\t效益指标\t社会效益指\t\t\t社会效益指标\t办事便利\t提高
\t\t生\t生态环境\t稳定\t生态效益指\t生态环境\t稳定
满意度指标\t服务对象满\t满意度\t≥95%\t服务对象满意度指\t满意度\t≥95%
负责人:\t经办人:\t甲某某\t联系电话:\t2000000\t填报日期:\t2024. 1. 5
"""

HEBEI = """1、热线运行经费绩效目标表

绩效目标 1. 保障热线畅通。

一级指标\t标 二级指标 三级指标\t\t绩效指标描述\t指标值\t指标值确定依据\t
\t数量指标\t来电受理量\t反映全年受理的来\t≥ 9000 ↑\t2023 年工作计划\t
产出指标\t质量指标\t接通率\t接通率\t≥95 百分比\t2023 年工作计划\t
\t时效指标\t完成时间\t各项工作完成时间\t2023 年底前\t2023 年工作计划\t
\t成本指标\t支出控制数\t支出控制在预算内\t≪4.5万元\t2023 年预算批复\t

一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据
\t\t\t额度\t\t
满意度指标\t服务对象满意度指标\t来电群众满意度\t抽样调查\t≥95%\t调查问卷

2、热线话务培训费绩效目标表

1. 提升话务能力。 绩效目标 一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据 反映培训 数量指标 培训次数 的次数 ≥6 次 2023 年工作计划 质量指标 合格率 考核合格率 ≥90% 2023年工作计划 时效指标 完成时间 2023 年底前 2023年工作计划 成本指标 ≤500 元/次 2023 年工作计划

满意度指标
"""


def forms(text: str) -> list[Form]:
    return read_forms(read_text(text))


def targets(form: Form) -> dict:
    return {
        one.name.text: (one.target and one.target.text, one.year_target and one.year_target.text)
        for one in form.indicators
    }


def test_a_form_of_two_halves_over_a_page_break():
    (form,) = forms(SHANXI)
    assert form.project is not None
    assert form.project.text == "机房维护费"
    assert form.year == 2024
    assert form.department is not None
    assert form.department.text.startswith("021-")
    assert form.period is not None
    assert form.period.text == "3年"
    assert form.handler is not None
    assert form.handler.text == "甲某某"
    assert form.filed is not None
    assert form.filed.text == "2024. 1. 5"
    assert form.texts["负责人"].text == ""
    assert form.texts["年度目标"].text == "机房全年稳定运行"
    assert form.title.place.line == 1


def test_funds_of_the_period_and_the_year():
    (form,) = forms(SHANXI)
    amounts = {(fund.key, fund.period): fund.amount for fund in form.funds}
    assert amounts["total", True] == 564_000_000
    assert amounts["total", False] == 188_000_000
    assert amounts["local", False] == 188_000_000
    assert amounts["other", True] is None
    assert len(amounts) == 12


def test_indicators_are_found_by_their_labels_not_their_columns():
    (form,) = forms(SHANXI)
    assert targets(form) == {
        "巡检次数": ("≥12次", "≥4次"),
        "更换部件数": ("≥9个", "≥3个"),
        "设备完好率": ("≥98%", "≥98%"),
        "故障修复时间": ("24小时", None),
        "成本": ("188000", "188000"),
        "办事便利": ("", "提高"),
        "生态环境": ("稳定", "稳定"),
        "满意度": ("≥95%", "≥95%"),
    }
    assert [one.name.text for one in form.indicators if not one.reliable] == ["故障修复时间"]


def test_levels_are_told_by_the_second_level_label():
    (form,) = forms(SHANXI)
    levels = {one.name.text: (one.level1, one.level2) for one in form.indicators}
    assert levels["更换部件数"] == ("产出指标", "数量指标")
    assert levels["生态环境"] == ("效益指标", "生态效益指标")
    assert levels["满意度"] == ("满意度指标", "服务对象满意度指标")


def test_a_form_with_described_indicators():
    form, _ = forms(HEBEI)
    assert form.project is not None
    assert form.project.text == "热线运行经费"
    assert form.project.place == Place(1, 3, 9)
    assert form.texts["绩效目标"].text == "1. 保障热线畅通。"
    first, *_, cost, last = form.indicators
    assert first.year_target is not None
    assert (first.year_target.operator, first.year_target.number, first.year_target.unit) == (
        ">=",
        90_000_000,
        "个",
    )
    assert first.ground is not None
    assert first.ground.text == "2023 年工作计划"
    assert cost.description is not None
    assert cost.description.text == "支出控制在预算内额度"  # its end stands on the next page
    assert cost.year_target is not None
    assert cost.year_target.operator == "<="
    assert last.level1 == "满意度指标"
    assert all(one.reliable for one in form.indicators)


def test_a_flattened_form_gives_what_is_certain():
    _, form = forms(HEBEI)
    assert not form.reliable
    assert targets(form) == {
        "培训次数": (None, "≥6 次"),
        "合格率": (None, "≥90%"),
        "完成时间": (None, "2023 年底前"),
    }
    assert form.indicators[0].name.place.line == form.place.line + 2


def table(*rows: str) -> RawTable:
    return RawTable(
        [[RawCell(cell, Place(page=1)) for cell in row.split("|")] for row in rows],
        1,
    )


SHANGHAI = table(
    "财政项目支出绩效目标填报表|||||",
    "（2023年度）|||||",
    "项目名称|设施运行经费||项目性质|经常性项目|项目类别|其他运转类",
    "计划开始日期|2023-01-01||计划完成日期|2023-12-31||",
    "项目资金（元）|项目资金总额|1,090.00|年度资金申请总额|1,090.00||",
    "|其中：财政资金|1,090.00|其中：当年财政拨款|1,141.00||",
    "||| 上年结转资金|0.00||",
    "|其他资金|0.00|其他资金|0.00||",
    "项目绩效目标|项目总目标||年度总体目标|||",
    "|完善设施||设施运行良好|||",
    "绩效指标|一级指标|二级指标|三级指标|年度(/项目)指标值||",
    "|产出指标|数量指标|开展活动|=300.00(场)||",
    "|||环境卫生|卫生整洁||",
    "|满意度指标|服务对象满意度指标|居民满意度|≥90.00(%)||",
)


def test_a_form_whose_title_stands_in_its_table():
    (form,) = read_forms(Source("a.pdf", "pdf", [SHANGHAI]))
    assert form.project is not None
    assert (form.year, form.project.text) == (2023, "设施运行经费")
    funds = {(fund.key, fund.period): fund.amount for fund in form.funds}
    assert funds == {
        ("total", True): 1_090_000,
        ("total", False): 1_090_000,
        ("fiscal", True): 1_090_000,
        ("current", False): 1_141_000,
        ("carryover", False): 0,
        ("other", True): 0,
        ("other", False): 0,
    }
    assert form.texts["年度目标"].text == "设施运行良好"
    assert [one.level2 for one in form.indicators] == ["数量指标", "数量指标", "服务对象满意度指标"]


def test_operator_and_unit_in_columns_of_their_own():
    source = Source(
        "a.xlsx",
        "xlsx",
        [
            table(
                "项目支出绩效目标表|||||",
                "项目名称|巡查费||||",
                "一级指标|二级指标|三级指标|指标值||",
                "|||符号|值|单位(文字描述)",
                "产出指标|数量指标|巡查次数|≥|20|次",
            )
        ],
    )
    (form,) = read_forms(source)
    (indicator,) = form.indicators
    assert indicator.year_target is not None
    assert (indicator.year_target.operator, indicator.year_target.number, indicator.year_target.unit) == (
        ">=",
        200_000,
        "次",
    )


def test_statements_are_no_forms():
    statement = table("项目名称|合计|一般公共预算", "机房维护费|18.76|18.76")
    assert not is_form_table(statement)
    assert is_form_table(SHANGHAI)
    assert read_forms(Source("a.pdf", "pdf", [statement])) == []


def test_sentences_and_contents_lines_are_no_titles():
    assert title_of("项目支出绩效目标申报表（2024年度）")
    assert not title_of("（项目绩效目标表公开情况见附件）")
    assert not title_of("项目绩效目标表......22")
    assert not title_of("五、预算绩效信息")


def test_another_table_ends_a_form():
    text = HEBEI.split("2、", 1)[0] + "六、政府采购\n\n项目名称\t数量\t单价\n打印机\t2\t3000\n"
    (form,) = forms(text)
    assert form.indicators[-1].name.text == "来电群众满意度"


CELLS = st.sampled_from(
    [
        "",
        "项目名称",
        "机房费",
        "项目资金(元)",
        "年度资金总额:",
        "实施期资金总额:",
        "1,000",
        "其他资金",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "绩效指标",
        "产出指标",
        "数量指标",
        "质量指",
        "社",
        "社会效益指标",
        "满意度",
        "≥95%",
        "次数",
        "实施期目标",
        "年度目标",
        "总体目标",
        "目标",
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9).map("\t".join), max_size=25)


@given(ROWS)
def test_any_rows_are_read_without_failing(rows):
    text = "某县项目支出绩效目标申报表\n\n" + "\n".join(rows)
    for form in forms(text):
        for indicator in form.indicators:
            assert indicator.name.place.line is not None
            for target in (indicator.target, indicator.year_target):
                assert target is None or target.place.line is not None
