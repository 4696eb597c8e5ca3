"""The door of the identity gateway: ask who somebody is, understand the answer, log out there.

service = identity_service(settings.IDENTITY_ISSUER, settings.IDENTITY_CLIENT, settings.IDENTITY_SECRET)
question = service.ask(back)                        # send the browser to question.address, keep question.kept
citizen = service.answered(kept, query, back)       # when it comes back
"""

from onewindow.gateways.identity.errors import IdentityRefused
from onewindow.gateways.identity.service import Citizen, Question, Service, identity_service

__all__ = ["Citizen", "IdentityRefused", "Question", "Service", "identity_service"]
