"""The stand-ins of this machine: what its phones, its mailbox and its province received."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.gateways.mail import api as mail
from onewindow.gateways.mail import local as mailbox
from onewindow.gateways.province import api as province
from onewindow.gateways.sms import api as sms
from onewindow.gateways.sms import local as phones
from onewindow.kernel import moment
from onewindow.kernel.outbox.masking import masked_address
from onewindow.kernel.procedure import Role
from onewindow.people.access import ActorRequest, opened_to


class Arrived(NamedTuple):
    """A text message or a mail, its receiver masked."""

    to: str
    what: phones.Text | mailbox.Mail


@require_GET
@opened_to(Role.SYSTEM_ADMIN)
def text_messages(request: ActorRequest) -> HttpResponse:
    """What phones would have shown."""
    arrived = [Arrived(masked_address(one.to), one) for one in phones.received()]
    return _page(request, "outbox/phones.html", settings.SMS == sms.LOCAL, arrived=arrived)


@require_GET
@opened_to(Role.SYSTEM_ADMIN)
def mails(request: ActorRequest) -> HttpResponse:
    """What a mailbox would have shown."""
    arrived = [Arrived(masked_address(one.to), one) for one in mailbox.received()]
    return _page(request, "outbox/mailbox.html", settings.MAIL == mail.LOCAL, arrived=arrived)


@require_GET
@opened_to(Role.SYSTEM_ADMIN)
def reports(request: ActorRequest) -> HttpResponse:
    """What the province's platform would have."""
    arrived = [
        {"at": moment.at(one.at_us), "told": json.loads(one.body), "doubles": one.doubles}
        for one in province.received()
    ]
    return _page(request, "outbox/province.html", settings.PROVINCE == province.LOCAL, arrived=arrived)


def _page(request: ActorRequest, template: str, in_use: bool, **context: Any) -> HttpResponse:
    return render(request, template, {"in_use": in_use, **context})
