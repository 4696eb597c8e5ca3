"""Where a message goes that names a matter or a party rather than an address: found out when it is sent.

So what waits in the outbox holds no number that was erased or has changed meanwhile.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from onewindow.kernel.api import GatewayError, Matter
from onewindow.kernel.openings import openings_of
from onewindow.people.models import Organisation, Person
from onewindow.people.personal import opened

CONTACT = "contact"  # the fact in which a matter says whom to call, where that is not the registered number


def of_matter(channel: str, name: str) -> str:
    """The number that was left with the matter, or else the registered one of whose matter it is.

    Raises GatewayError, CryptoError.
    """
    matter = Matter.objects.filter(pk=name).first()
    if matter is None:
        raise _none()
    told = [one.value for _seq, openings in sorted(openings_of(name).items()) for one in openings
            if one.name == CONTACT]  # fmt: skip
    if channel == "sms" and told:
        return str(told[-1])
    return of_party(channel, matter.owner)


def of_party(channel: str, name: str) -> str:
    """The registered number of a person or an organisation. Raises GatewayError, CryptoError."""
    holder = (
        Person.objects.filter(reference=name).first() or Organisation.objects.filter(reference=name).first()
    )
    number = opened(holder, "phone") if holder and channel == "sms" else ""
    if not number:
        raise _none()
    return number


def _none() -> GatewayError:
    told = _("没有当事人的联系方式。请联系窗口补登记，再重发这条消息。")
    return GatewayError("no-address", told, retry=False)
