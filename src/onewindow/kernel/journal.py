"""Journals (日志): what concerns an account, a person or the platform rather than a case.

A journal is a matter like any other: its entries are chained, signed, verified, and may be handed to the person
it is about, who so can see who read his data. Its id is `J-` and the reference of what it is about; the
platform's own is `J-platform`. Everything that classified protection wants audited is noted here
(GB/T 22239-2019, 安全审计).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.models import Matter
from onewindow.kernel.moving import Request, Subject, Taken, begin, move
from onewindow.kernel.procedure import START, Fact, Kind, Procedure, Role, State, Step

PLATFORM = "platform"
UNIT = "platform"  # journals belong to no unit; whoever holds an administrator's role holds it everywhere

OPEN = State("open", "记录中")
CLOSED = State("closed", "已封存", final=True)

_SELF, _SECURITY = (Role.SELF,), (Role.SECURITY_ADMIN,)
_BY_PLATFORM = (Role.SYSTEM,)
_ANY_STAFF = (
    Role.WINDOW,
    Role.OFFICER,
    Role.APPROVER,
    Role.SUPERVISOR,
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.AUDIT_ADMIN,
)
_what = Fact("what", "内容", longest=500)
_reason = Fact("reason", "理由", longest=500)
_where = Fact("where", "来自", required=False, longest=100)


def _note(key: str, title: str, by: tuple[Role, ...], *facts: Fact) -> Step:
    return Step(key, title, OPEN, OPEN, by, facts=facts)


PROCEDURE = Procedure(
    kind="journal",
    title="日志",
    basis="GB/T 22239-2019 安全审计；个人信息保护法 第五十一条",
    steps=(
        Step("open", "建立日志", START, OPEN, _BY_PLATFORM),
        _note("logged_in", "登录", _SELF, Fact("factor", "第二因素", required=False), _where),
        _note("log_in_failed", "登录失败", _BY_PLATFORM, _what, _where),
        _note("locked", "锁定", _BY_PLATFORM, _what),
        _note("logged_out", "退出", _SELF),
        _note("password_changed", "修改口令", (Role.SELF, Role.SYSTEM_ADMIN)),
        _note("factor_added", "登记第二因素", _SELF, _what),
        _note("factor_removed", "注销第二因素", (Role.SELF, Role.SECURITY_ADMIN), _what),
        _note("value_read", "查看完整信息", _ANY_STAFF, _what, _reason),
        _note("personal_read", "查看本人完整信息", _SELF, _what),
        _note("exported", "导出", (*_ANY_STAFF, Role.SYSTEM), _what, _reason),
        _note("person_changed", "登记或变更个人信息", (*_SELF, *_ANY_STAFF, Role.SYSTEM), _what),
        _note("fact_erased", "删除个人信息", (Role.SECURITY_ADMIN,), _what, _reason),
        _note("authorised", "授权代理", (Role.SELF, Role.WINDOW), _what),
        _note("authorisation_ended", "终止代理", (Role.SELF, Role.WINDOW), _what),
        _note("account_opened", "开立账户", (Role.SYSTEM_ADMIN, Role.SYSTEM), _what),
        _note("account_changed", "变更账户", (Role.SYSTEM_ADMIN,), _what),
        _note("account_closed", "停用账户", (Role.SYSTEM_ADMIN,), _reason),
        _note("account_reopened", "恢复账户", (Role.SYSTEM_ADMIN,), _reason),
        _note("unlocked", "解除锁定", _SECURITY, _reason),
        _note("role_granted", "授予角色", (*_SECURITY, Role.SYSTEM), _what),
        _note("role_withdrawn", "收回角色", _SECURITY, _what, _reason),
        _note("delegated", "委托", (Role.SELF, Role.SECURITY_ADMIN), _what),
        _note("delegation_ended", "终止委托", (Role.SELF, Role.SECURITY_ADMIN), _what),
        _note("token_issued", "签发接口令牌", _SECURITY, _what),
        _note("token_revoked", "吊销接口令牌", _SECURITY, _what),
        _note("refused", "越权访问被拒", _BY_PLATFORM, _what),
        _note("unit_changed", "变更单位", (Role.SYSTEM_ADMIN, Role.SYSTEM), _what),
        _note("keys_changed", "更换密钥", _BY_PLATFORM, _what),
        _note("platform_changed", "平台变更", (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.SYSTEM), _what),
        _note("message_retried", "重发消息", (Role.SYSTEM_ADMIN,), _what),
        _note("message_dropped", "放弃消息", (Role.SYSTEM_ADMIN,), _what, _reason),
        _note("calendar_changed", "变更工作日历", (Role.SYSTEM_ADMIN, Role.SYSTEM), _what),
        Step(
            "close", "封存", OPEN, CLOSED, (Role.SYSTEM_ADMIN, Role.SYSTEM), facts=(
                Fact("why", "原因", Kind.TEXT),
            ),
        ),
    ),
)  # fmt: skip


def journal_id(reference: str) -> str:
    """The id of the journal about an account, a person, or `PLATFORM`."""
    return f"J-{reference}"


def note(reference: str, step: str, actor: Actor, facts: Mapping[str, Any] | None = None) -> Taken:
    """Note in a journal what was done; the journal is opened where it does not exist yet.

    Raises what `moving.move` does: NotAllowed, FactsInvalid.
    """
    matter = journal_id(reference)
    if not Matter.objects.filter(pk=matter).exists():
        _open(reference)
    return move(matter, step, actor, facts, request=Request())


def _open(reference: str) -> None:
    subject = Subject(UNIT, f"日志 {reference}", owner="" if reference == PLATFORM else reference)
    try:
        with transaction.atomic():
            begin("journal", "open", SYSTEM, subject=subject, id=journal_id(reference))
    except IntegrityError:
        pass  # somebody else opened it in the same moment
