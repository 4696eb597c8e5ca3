"""Who reacts to what: the one place where apps that do not know each other meet.

Procedures and measures need no line here: they are found in the folders of the apps (`procedure.PROCEDURE`,
`measures.MEASURES`). A reaction is a function of the step that was taken; it runs in its transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.conf import settings

from onewindow.approval.cases import messages, reports
from onewindow.gateways.address import Misconfigured
from onewindow.gateways.identity.api import Service, identity_service
from onewindow.gateways.mail import api as mail
from onewindow.gateways.province import api as province
from onewindow.gateways.sms import api as sms
from onewindow.kernel import journal, sealed, sealing
from onewindow.kernel.api import CHANNELS, Channel, Resolver
from onewindow.kernel.registry import REGISTRY, Reaction
from onewindow.main import addresses, metrics
from onewindow.people.login.api import offer

# what an applicant is told at which step, and what the province is
REACTIONS: dict[tuple[str, str], tuple[Reaction, ...]] = {
    ("permit", "submit"): (messages.tell,),
    ("permit", "correct"): (messages.tell,),
    ("permit", "accept"): (messages.tell, reports.report),
    ("permit", "deem_accepted"): (messages.tell, reports.report),
    ("permit", "refuse"): (messages.tell,),
    ("permit", "send_out"): (messages.tell,),
    ("permit", "take_back"): (messages.tell,),
    ("permit", "extend"): (messages.tell,),
    ("permit", "decide"): (messages.tell, reports.report),
    ("permit", "deny"): (messages.tell, reports.report),
    ("permit", "issue"): (messages.tell, reports.report),
    ("permit", "withdraw_accepted"): (reports.report,),
}

# channel -> its name for people, and the gateway that messages leave through
GATEWAYS = {
    "sms": Channel("短信", sms.send),
    "mail": Channel("邮件", mail.send),
    "province": Channel("省平台", province.send, personal=False),
}
# the word before the colon of an address such as `matter:…` -> who finds the address
RESOLVERS = {
    "matter": Resolver("办件联系人", addresses.of_matter),
    "party": Resolver("当事人", addresses.of_party),
}


def wire() -> None:
    """Fill the registry. Raises kernel.registry.Unsound."""
    REGISTRY.declare(journal.PROCEDURE)
    for module in _rooms("procedure"):
        REGISTRY.declare(module.PROCEDURE)
    for module in _rooms("measures"):
        for measure in module.MEASURES:
            REGISTRY.measure(measure)
    sealing.declare(sealed.COLUMNS)
    for module in _rooms("sealed"):
        sealing.declare(module.COLUMNS)
    REGISTRY.react(REACTIONS)
    CHANNELS.wire(GATEWAYS, RESOLVERS)
    offer(_identity())
    steps = [(one.kind, step.key) for one in REGISTRY.procedures.values() for step in one.steps]
    REGISTRY.react(dict.fromkeys(steps, (metrics.moved,)))


def _identity() -> Service | None:
    """The province's identity service; None where the bureau has none, or `checks` finds its address wrong."""
    if not settings.IDENTITY_ISSUER:
        return None
    try:
        return identity_service(settings.IDENTITY_ISSUER, settings.IDENTITY_CLIENT, settings.IDENTITY_SECRET)
    except Misconfigured:
        return None


def _rooms(name: str) -> Iterator[ModuleType]:
    """The module of this name in every app that has one; the kernel's own are no room of an app."""
    for config in apps.get_app_configs():
        inside = config.name != "onewindow.kernel" and not config.name.startswith("django.")
        if inside and find_spec(f"{config.name}.{name}") is not None:
            yield import_module(f"{config.name}.{name}")
