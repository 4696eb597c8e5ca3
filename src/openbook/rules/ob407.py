"""OB407: the departmental and the government economic account of a row do not match."""

from __future__ import annotations

from collections.abc import Iterator

from openbook.accounts.classification import (
    DEPARTMENTAL,
    GOVERNMENTAL,
    Account,
    Classification,
    Mapped,
)
from openbook.accounts.names import alike, plain
from openbook.accounts.printed import accounts_of, locations
from openbook.document import Row, Statement
from openbook.findings import Context, Finding, Rule, Severity

_NATURES = {"administrative": "行政单位", "institution": "事业单位"}


def check(context: Context) -> Iterator[Finding]:
    accounts = accounts_of(context.document)
    for statement in context.document.statements:
        if statement.kind == "general_basic":
            yield from _statement(statement, accounts)


def _statement(statement: Statement, accounts: Classification) -> Iterator[Finding]:
    parent: str | None = None
    for row in statement.rows:
        if not row.government:
            heading = [a for a in accounts.by_name(row.name, DEPARTMENTAL) if len(a.code) == 3]
            parent = heading[0].code if heading else parent
            continue
        account = _departmental(row, accounts, parent)
        if account is not None:
            yield from _row(row, account, accounts)


def _departmental(row: Row, accounts: Classification, parent: str | None) -> Account | None:
    """The row's own account: by its code, else by its name under the class it stands under."""
    if row.code and (known := accounts.departmental(row.code)):
        return known
    found = [a for a in accounts.by_name(row.name, DEPARTMENTAL, parent) if len(a.code) == 5]
    return found[0] if len(found) == 1 else None


def _row(row: Row, account: Account, accounts: Classification) -> Iterator[Finding]:
    mapped = {nature: accounts.maps_to(nature, account.code) for nature in _NATURES}
    targets = [target for each in mapped.values() for target in each]
    if not targets or any(_names(row.government, target) for target in targets):
        return
    if not accounts.by_name(row.government, GOVERNMENTAL):
        return  # not a name of the government classification: more likely misread than misfiled
    wanted = "；".join(
        f"{_NATURES[nature]}对应“" + "”或“".join(f"{t.account.code} {t.account.name}" for t in each) + "”"
        for nature, each in mapped.items()
        if each
    )
    yield Finding(
        code="OB407",
        message=f"《{row.statement.title}》中部门经济科目“{account.code} {account.name}”对应的政府经济科目"
        f"填为“{plain(row.government)}”；按两套科目对照，{wanted}。请核对。",
        locations=locations([row]),
        key=("mapping", account.code, plain(row.government)),
        expected="／".join(dict.fromkeys(target.account.name for target in targets)),
        actual=plain(row.government),
        severity=Severity.WARNING if any(target.proven for target in targets) else Severity.INFO,
    )


def _names(government: str, target: Mapped) -> bool:
    return alike(government, target.account.name)


RULE = Rule(
    code="OB407",
    name="economic-accounts-mismatch",
    title="部门与政府支出经济科目对应不当",
    severity=Severity.WARNING,
    basis="《支出经济分类科目改革方案》（财预〔2017〕98号）两套科目对照",
    what="基本支出表并列两套经济科目时，检查部门科目按行政单位或事业单位的口径能否归入所填的政府科目。"
    "两种口径有一种成立即可；对照关系凭经验收录的只作提示。",
    why="两套科目是同一笔钱的两种归类，对应错了，政府预算的经济分类汇总就错了。",
    bad="工会经费 → 会议费",
    good="工会经费 → 办公经费（行政单位）或 商品和服务支出（事业单位）",
    mend="按单位性质查对照表，改正政府预算支出经济科目名称。",
    check=check,
)
