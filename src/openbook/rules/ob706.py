"""OB706: a bank account or a private e-mail address is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbook.findings import Context, Finding, Location, Rule, Severity
from openbook.rules import masking
from openbook.rules.scan import Scan, ask, scan, some

_ACCOUNT = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号|开户[^\d\n]{0,20})(?:号码)?\s*[:：]?\s*(?P<number>\d(?:[ -]?\d){11,18})(?!\d)"
)
_PUBLIC_HOST = re.compile(r"(?:\.gov\.cn|\.gov|\.12345\.cn)\Z")

_ACCOUNT_HINTS = ("账号", "账户", "帐号", "帐户", "卡号", "开户")
ask(lambda: (*_ACCOUNT_HINTS, "@"))


def check(context: Context) -> Iterator[Finding]:
    text = scan(context.document)
    found: dict[tuple[str, str], list[Location]] = {}
    for kind, masked, location in (*_accounts(text), *_mails(text)):
        found.setdefault((kind, masked), []).append(location)
    for (kind, masked), locations in found.items():
        yield Finding(
            code="OB706",
            message=f"公开了{kind} {masked}（{len(locations)} 处）。请核实是否必须公开；个人的请删去，单位的只留后四位。",
            locations=some(locations),
            key=(kind, masked),
        )


def _accounts(text: Scan) -> Iterator[tuple[str, str, Location]]:
    for match in text.search(_ACCOUNT, *_ACCOUNT_HINTS):
        masked = masking.number(match["number"], 0)
        yield "银行账号", masked, text.locate(*match.span("number"), masked)


def _mails(text: Scan) -> Iterator[tuple[str, str, Location]]:
    for match in text.search(masking.MAIL, "@"):
        if _PUBLIC_HOST.search(match["host"].lower()):
            continue
        masked = masking.mail(match[0])
        yield "电子邮箱", masked, text.locate(match.start(), match.end(), masked)


RULE = Rule(
    code="OB706",
    name="account-or-mailbox-published",
    title="公开了银行账号或个人邮箱",
    severity=Severity.WARNING,
    basis="个人信息保护法第六条、第二十八条（金融账户属敏感个人信息）；政府信息公开条例第十五条",
    what="查找写在“账号”“卡号”“开户行”之后的 12 至 19 位数字，以及非 gov.cn 的电子邮箱。",
    why="金融账户属于敏感个人信息；商业邮箱多为经办人个人所有。",
    bad="开户行：某银行，账号：6200 **** **** 0000（原文为完整账号）",
    good="联系邮箱：office@example.gov.cn",
    mend="删去账号和个人邮箱；确需公开联系方式的，用单位的政务邮箱。",
    check=check,
)
