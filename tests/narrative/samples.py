"""A small disclosure whose statements agree; tests add their own explanation to it."""

from collections.abc import Iterable

from openbook.document import Claim, Document
from openbook.findings import Context, Finding, Rule
from openbook.narrative import understand
from openbook.reading.text import read_text
from openbook.rules.table import RULES
from openbook.statements.understand import understand_statements

_STATEMENTS = """示例区政务服务管理局

2024年度部门预算公开

## 第二部分 2024年部门预算报表

### 2024年预算收支总表

部门名称：示例区政务服务管理局

单位：万元

收入\t\t支出\t\t\t
项目\t2024年\t项目\t2024年合计\t当年预算安排\t上年结转安排
一、一般公共预算\t900.00\t一、一般公共服务支出\t990.00\t890.00\t100.00
二、政府性基金预算\t\t二、社会保障和就业支出\t10.00\t10.00\t
三、国有资本经营预算\t\t三、城乡社区支出\t\t\t
本年收入合计\t900.00\t本年支出合计\t1000.00\t900.00\t100.00
上年结转\t100.00\t年终结转\t\t\t
收入总计\t1000.00\t支出总计\t1000.00\t900.00\t100.00

### 2024年预算支出总表

部门名称：示例区政务服务管理局

单位：万元

项目\t\t2024年预算数\t\t
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t1000.00\t400.00\t600.00
201\t一般公共服务支出\t990.00\t390.00\t600.00
208\t社会保障和就业支出\t10.00\t10.00\t

### 2024年一般公共预算支出预算表（不含上年结转）

部门名称：示例区政务服务管理局

单位：万元

项目\t\t2024年预算数\t\t
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t900.00\t400.00\t500.00
201\t一般公共服务支出\t890.00\t390.00\t500.00
20103\t政府办公厅（室）及相关机构事务\t890.00\t390.00\t500.00
2010301\t行政运行\t390.00\t390.00\t
2010302\t一般行政管理事务\t500.00\t\t500.00
208\t社会保障和就业支出\t10.00\t10.00\t
20805\t行政事业单位养老支出\t10.00\t10.00\t
2080501\t行政单位离退休\t6.00\t6.00\t
2080502\t事业单位离退休\t4.00\t4.00\t

### 2024年一般公共预算安排基本支出分经济科目表（不含上年结转）

部门名称：示例区政务服务管理局

单位：万元

部门预算支出经济科目名称\t政府预算支出经济科目名称\t2024年预算数\t\t
\t\t合计\t人员经费\t公用经费
合计\t\t{basic}
工资福利支出\t\t350.00\t350.00\t
基本工资\t工资奖金津补贴\t200.00\t200.00\t
津贴补贴\t工资奖金津补贴\t150.00\t150.00\t
商品和服务支出\t\t50.00\t\t50.00
办公费\t办公经费\t30.00\t\t30.00
工会经费\t办公经费\t20.00\t\t20.00

### 2024年财政拨款安排“三公”经费支出预算表

部门名称：示例区政务服务管理局

单位：万元

项目\t2024年预算数\t\t\t
\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算
因公出国（境）费\t\t\t\t
公务接待费\t1.20\t1.20\t\t
公务用车购置及运行费\t3.20\t3.20\t\t
①公务用车购置费\t\t\t\t
②公务用车运行维护费\t3.20\t3.20\t\t
合计\t4.40\t4.40\t\t

### 2024年财政拨款安排机关运行经费预算表

部门名称：示例区政务服务管理局

单位：万元

单位名称\t2024预算数\t\t\t
\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算
部门合计\t50.00\t50.00\t\t
示例区政务服务管理局\t50.00\t50.00\t\t

### 第三部分 2024年度部门预算情况说明

"""
EXPLANATION = [rule for rule in RULES if "OB301" <= rule.code <= "OB319"]  # figures, not reasons
_FULL = "400.00\t350.00\t50.00"

HEADS = {
    "change": "一、部门预算收支数据变动情况及原因",
    "revenue": "二、收入预算情况说明",
    "expenditure": "三、支出预算情况说明",
    "general": "五、一般公共预算支出情况说明",
    "basic": "六、一般公共预算基本支出情况说明",
    "three_public": "七、“三公”经费增减变动原因说明",
    "operating": "八、机关运行经费增减变动原因说明",
    "performance": "十、绩效管理情况",
    "assets": "十一、国有资产占有使用情况",
    "project": "第五部分 项目经费情况说明",
    "glossary": "第四部分 名词解释",
}


def document(parts: dict[str, str], *, statements: str | None = None) -> Document:
    """The sample with an explanation: topic of `HEADS` -> text."""
    text = statements if statements is not None else _STATEMENTS.replace("{basic}", _FULL)
    for topic, prose in parts.items():
        text += f"#### {HEADS[topic]}\n\n{prose}\n\n"
    source = read_text(text, "sample.txt")
    made = Document(source)
    understand_statements(source, made)
    understand(source, made)
    return made


def claims(topic: str, prose: str, kind: str | None = None) -> list[Claim]:
    return [claim for claim in document({topic: prose}).claims if kind in (None, claim.kind)]


def findings(rule: Rule, prior: Document | None = None, /, **parts: str) -> list[Finding]:
    return list(rule.check(Context(document(parts), prior=prior)))


def values(found: Iterable[Claim]) -> list[tuple[str, str | None]]:
    return [(claim.text, claim.concept) for claim in found]


STATEMENTS = _STATEMENTS.replace("{basic}", _FULL)
EMPTY_BASIC = (
    _STATEMENTS[: _STATEMENTS.index("合计\t\t{basic}")]
    + "合计\t\t\t\t\n\n注：本表无数据\n\n"
    + _STATEMENTS[_STATEMENTS.index("### 2024年财政拨款安排“三公”") :]
)


def all_findings(parts: dict[str, str]) -> list[tuple[str, str]]:
    """Codes and messages of every rule on the figures of the explanation."""
    made = Context(document(parts))
    return [(rule.code, found.message) for rule in EXPLANATION for found in rule.check(made)]
