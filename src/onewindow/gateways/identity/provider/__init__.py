"""A local identity service (OpenID provider) that does the job on this machine: who logs in picks an invented citizen.

`application` is a WSGI application; the same variables of the environment that tell the platform of its identity
service tell this one who it is: see ../README.md.
"""

import os

from onewindow.gateways.identity.provider.provider import Client, Provider

application = Provider(
    issuer=os.environ.get("ONEWINDOW_IDENTITY_ISSUER", "") or "http://127.0.0.1:8013",
    client=Client(
        os.environ.get("ONEWINDOW_IDENTITY_CLIENT", "") or "onewindow",
        os.environ.get("ONEWINDOW_IDENTITY_SECRET", ""),
    ),
)

__all__ = ["Client", "Provider", "application"]
