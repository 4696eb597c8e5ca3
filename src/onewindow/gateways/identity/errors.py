"""What the identity gateway refuses."""

from __future__ import annotations

from onewindow.kernel.api import Refused


class IdentityRefused(Refused):
    """The identity service did not say, in a way that can be believed, who somebody is. `why`: a stable word."""

    code = "identity-refused"

    def __init__(self, why: str, message: str) -> None:
        self.why = why
        super().__init__(message, why=why)
