"""What must be right before messages can leave: the gateways' variables, and the times of new tries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's names

from onewindow.gateways.address import Misconfigured
from onewindow.gateways.mail import api as mail
from onewindow.gateways.province import api as province
from onewindow.gateways.sms import api as sms
from onewindow.kernel.outbox.schedule import ScheduleError, schedule_of
from onewindow.main.checks import LOCAL_HOSTS, TAG

_GATEWAYS = (("SMS", "短信", sms), ("MAIL", "邮件", mail), ("PROVINCE", "省平台上报", province))


@register(TAG, deploy=True)
def gateways(**_named: Any) -> Iterator[CheckMessage]:
    """Each gateway, and the stand-ins of a platform that others already use."""
    open_to_all = not set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS
    for variable, title, gateway in _GATEWAYS:
        value = getattr(settings, variable)
        try:
            gateway.check(value)
        except Misconfigured as wrong:
            yield Error(str(wrong), id="onewindow.E130")
        if value == gateway.LOCAL and open_to_all:
            hint = f"请用 ONEWINDOW_{variable} 写明网关的地址；在此之前只能在“发件箱”的页面上看到。"
            yield Warning(f"{title}留在本机，没有发给任何人。", hint=hint, id="onewindow.W131")


@register(TAG, deploy=True)
def retries(**_named: Any) -> Iterator[CheckMessage]:
    """The bureau's own times of new tries."""
    try:
        schedule_of("sms")
    except (ScheduleError, OSError, UnicodeDecodeError) as wrong:
        yield Error(f"ONEWINDOW_RETRIES 不能使用：{wrong}", id="onewindow.E132")
