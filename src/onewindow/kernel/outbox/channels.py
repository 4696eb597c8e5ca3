"""Channels: through which gateway a kind of message leaves. `main.wiring` opens them when the platform starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from onewindow.kernel.outbox.errors import GatewayError


class Send(Protocol):
    """A gateway. Raises GatewayError; returns the receiver's receipt, at most 100 characters.

    It must answer within `delivering.LEASE`, for after that somebody else takes the message over.
    """

    def __call__(self, to: str, content: str, message_id: str) -> str: ...


class Resolve(Protocol):
    """The address, for a channel, of what a reference names. Raises GatewayError where there is none."""

    def __call__(self, channel: str, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Channel:
    """A gateway with its name for people."""

    title: str
    send: Send


@dataclass
class Channels:
    """Channels by key; resolvers by the word before the colon of an address such as `party:4711`."""

    open: dict[str, Channel] = field(default_factory=dict)
    resolvers: dict[str, Resolve] = field(default_factory=dict)

    def wire(self, channels: Mapping[str, Channel], resolvers: Mapping[str, Resolve]) -> None:
        """Set what there is, in place of what there was."""
        self.open = dict(channels)
        self.resolvers = dict(resolvers)

    def title(self, channel: str) -> str:
        """For people; the key itself for a channel that is gone."""
        known = self.open.get(channel)
        return known.title if known else channel

    def send(self, channel: str, to: str, content: str, message_id: str) -> str:
        """Send, and return the receipt. Raises GatewayError."""
        gateway = self.open.get(channel)
        if gateway is None:
            told = _("没有“{channel}”这个发送渠道，请检查平台的渠道配置。").format(channel=channel)
            raise GatewayError("no-channel", told, retry=True, down=True)
        return gateway.send(self.address(channel, to), content, message_id)

    def address(self, channel: str, to: str) -> str:
        """`to` itself, or what it refers to. Raises GatewayError."""
        word, _colon, name = to.partition(":")
        return self.resolvers[word](channel, name) if self.refers(to) else to

    def refers(self, to: str) -> bool:
        """Whether it is a reference rather than an address."""
        word, colon, _name = to.partition(":")
        return bool(colon) and word in self.resolvers


CHANNELS = Channels()
