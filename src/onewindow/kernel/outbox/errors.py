"""What a gateway says when it could not send: the error itself knows whether it is worth trying again."""

from __future__ import annotations


class GatewayError(Exception):
    """A message did not leave.

    code     stable; message: for the administrator, with how to mend it, and nothing personal
    retry    whether another try may succeed without anybody doing anything
    down     it is the gateway, not this message: its other messages are left alone for this round
    """

    def __init__(self, code: str, message: str, *, retry: bool, down: bool = False) -> None:
        self.code = code
        self.message = message
        self.retry = retry
        self.down = down
        super().__init__(f"{code}: {message}")


class MessageInvalid(ValueError):
    """A message that cannot be posted: no such channel, nobody to send it to, too long. The poster's mistake."""
