"""What the province is told of a case: that it was accepted, and how it ended."""

from __future__ import annotations

from onewindow.approval.cases.procedure import PROCEDURE
from onewindow.gateways.province import api as province
from onewindow.kernel import moment
from onewindow.kernel.api import Taken, post

CHANNEL = "province"
_STATUSES = {
    "accept": province.RECEIVED,
    "deem_accepted": province.RECEIVED,
    "decide": province.ENDED,
    "deny": province.ENDED,
    "issue": province.ENDED,
    "withdraw_accepted": province.ENDED,
}
STEPS = tuple(_STATUSES)


def report(taken: Taken) -> None:
    """Report the step that was just taken. A reaction: see `main.wiring`."""
    matter, entry = taken.matter, taken.entry
    told = province.Report(
        case=matter.id,
        title=matter.title,
        unit=matter.unit,
        seq=entry.seq,
        state=matter.state,
        state_title=PROCEDURE.state(matter.state).title,
        status=_STATUSES[entry.step],
        kind=province.PROMISED,
        at=moment.at(entry.at),
        applied=moment.at(matter.opened_us),
        basis=PROCEDURE.step(entry.step).basis or PROCEDURE.basis,
        due=matter.due,
        legal_due=matter.legal_due,
    )
    post(CHANNEL, province.TO, province.report(told), about=matter.id)
