"""The plain permit case (行政许可办件): submit, correct once, accept, send out, return, decide, issue, close."""

from __future__ import annotations

from onewindow.kernel.legal_time import rulebook
from onewindow.kernel.procedure import (
    DAYS_KEY,
    EXCLUDED_KEY,
    REASON_KEY,
    START,
    Clock,
    Fact,
    Kind,
    Procedure,
    Role,
    State,
    Step,
)

LAW = "行政许可法"
APPLICANT, WINDOW = (Role.APPLICANT,), (Role.WINDOW,)
OFFICER, APPROVER = (Role.OFFICER,), (Role.APPROVER,)

SUBMITTED = State("submitted", "已提交", waits_for=Role.WINDOW)
CORRECTING = State("correcting", "待补正", waits_for=Role.APPLICANT)
REVIEWING = State("reviewing", "审查中", waits_for=Role.OFFICER)
OUTSIDE = State("outside", "特别程序中", waits_for=Role.OFFICER)
EXTENDING = State("extending", "待批准延期", waits_for=Role.APPROVER)
REVIEWED = State("reviewed", "待决定", waits_for=Role.APPROVER)
DECIDED = State("decided", "已准予，待送达", waits_for=Role.WINDOW)
DELIVERED = State("delivered", "已办结", final=True)
DENIED = State("denied", "不予许可", final=True)
REFUSED = State("refused", "不予受理", final=True)
WITHDRAWN = State("withdrawn", "已撤回", final=True)

_excluded = tuple((one.key, one.title) for one in rulebook().excluded.values() if LAW in one.basis)
_note = Fact("note", "说明", required=False)
_reason = Fact(REASON_KEY, "理由")

PROCEDURE = Procedure(
    kind="permit",
    title="行政许可办件",
    term="permit.decision",
    basis=LAW,
    steps=(
        Step(
            "submit", "提交申请", START, SUBMITTED, (Role.APPLICANT, Role.WINDOW),
            facts=(
                Fact("contact", "联系电话（与登记的不同时填写）", personal=True, required=False, longest=30),
                Fact("materials_complete", "材料齐全", Kind.YES, required=False),
                _note,
            ),
            basis=f"{LAW} 第二十九条",
        ),
        Step(
            "correct", "一次性告知补正", SUBMITTED, CORRECTING, WINDOW, within="permit.correction", lapses=True,
            facts=(Fact("missing", "需要补正的材料", Kind.MATERIALS),), once=True,
            basis=f"{LAW} 第三十二条第一款第四项",
        ),
        Step(
            "resubmit", "补正材料", CORRECTING, SUBMITTED, (Role.APPLICANT, Role.WINDOW), facts=(_note,),
            basis=f"{LAW} 第三十二条",
        ),
        Step(
            "accept", "受理", SUBMITTED, REVIEWING, WINDOW, Clock.START, within="permit.correction", lapses=True,
            facts=(_note,), basis=f"{LAW} 第三十二条第一款第五项",
        ),
        Step(
            "deem_accepted", "视为受理", SUBMITTED, REVIEWING, (Role.SYSTEM,), Clock.DEEM,
            after="permit.correction", basis=f"{LAW} 第三十二条第一款第四项",
        ),
        Step(
            "refuse", "不予受理", SUBMITTED, REFUSED, WINDOW, within="permit.correction", lapses=True, facts=(_reason,),
            basis=f"{LAW} 第三十二条第一款第一、二项",
        ),
        Step(
            "send_out", "转特别程序", REVIEWING, OUTSIDE, OFFICER, Clock.PAUSE,
            facts=(Fact(EXCLUDED_KEY, "特别程序", Kind.CHOICE, choices=_excluded), _note),
            basis=f"{LAW} 第四十五条",
        ),
        Step("take_back", "特别程序结束", OUTSIDE, REVIEWING, OFFICER, Clock.RESUME, facts=(Fact("result", "结论"),),
             basis=f"{LAW} 第四十五条"),
        Step(
            "ask_extension", "申请延期", REVIEWING, EXTENDING, OFFICER,
            facts=(Fact(DAYS_KEY, "延长的工作日数", Kind.DAYS), _reason), basis=f"{LAW} 第四十二条第一款",
            internal=True,
        ),
        Step(
            "extend", "批准延期", EXTENDING, REVIEWING, APPROVER, Clock.EXTEND,
            facts=(Fact(DAYS_KEY, "延长的工作日数", Kind.DAYS), _reason), basis=f"{LAW} 第四十二条第一款",
        ),
        Step("deny_extension", "不同意延期", EXTENDING, REVIEWING, APPROVER, facts=(_reason,),
             basis=f"{LAW} 第四十二条第一款", internal=True),
        Step(
            "propose", "提出审查意见", REVIEWING, REVIEWED, OFFICER,
            facts=(
                Fact("opinion", "意见", Kind.CHOICE, choices=(("grant", "建议准予"), ("deny", "建议不予"))),
                Fact("grounds", "理由"),
            ),
            basis=f"{LAW} 第三十四条", internal=True,
        ),
        Step("send_back", "退回审查", REVIEWED, REVIEWING, APPROVER, facts=(_reason,), basis=f"{LAW} 第三十四条",
             internal=True),
        Step("decide", "准予许可", REVIEWED, DECIDED, APPROVER, Clock.STOP, facts=(_note,),
             basis=f"{LAW} 第三十八条第一款"),
        Step("deny", "不予许可", REVIEWED, DENIED, APPROVER, Clock.STOP,
             facts=(_reason, Fact("remedy", "救济途径告知")), basis=f"{LAW} 第三十八条第二款"),
        Step("issue", "颁发送达", DECIDED, DELIVERED, WINDOW, within="permit.delivery",
             facts=(Fact("manner", "送达方式", Kind.CHOICE,
                         choices=(("window", "窗口领取"), ("post", "邮寄"), ("electronic", "电子送达"))), _note),
             basis=f"{LAW} 第四十四条"),
        Step("withdraw", "撤回申请", (SUBMITTED, CORRECTING), WITHDRAWN, APPLICANT, facts=(_note,)),
        Step("withdraw_accepted", "撤回已受理的申请", (REVIEWING, OUTSIDE, EXTENDING, REVIEWED), WITHDRAWN,
             APPLICANT, Clock.STOP, facts=(_note,)),
    ),
)  # fmt: skip
