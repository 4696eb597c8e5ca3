"""Channels: through which gateway a kind of message leaves. `main.wiring` opens them when the platform starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from onewindow.kernel.outbox.errors import GatewayError
from onewindow.kernel.outbox.masking import masked_address


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
    """A gateway with its name for people. `personal`: its addresses are somebody's, and masked where they are shown."""

    title: str
    send: Send
    personal: bool = True


@dataclass(frozen=True, slots=True)
class Resolver:
    """Finds the address that a reference stands for. `title`: what it is a reference to, for people."""

    title: str
    resolve: Resolve


@dataclass
class Channels:
    """Channels by key; resolvers by the word before the colon of an address such as `party:4711`."""

    open: dict[str, Channel] = field(default_factory=dict)
    resolvers: dict[str, Resolver] = field(default_factory=dict)

    def wire(self, channels: Mapping[str, Channel], resolvers: Mapping[str, Resolver]) -> None:
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
        return self.resolvers[word].resolve(channel, name) if self.refers(to) else to

    def refers(self, to: str) -> bool:
        """Whether it is a reference rather than an address."""
        word, colon, _name = to.partition(":")
        return bool(colon) and word in self.resolvers

    def in_words(self, to: str) -> str:
        """A reference as people read it; an address as it is."""
        word, _colon, name = to.partition(":")
        return f"{self.resolvers[word].title} {name}" if self.refers(to) else to

    def masked(self, channel: str, to: str) -> str:
        """As it may be shown without a reason."""
        known = self.open.get(channel)
        if self.refers(to) or (known and not known.personal):
            return self.in_words(to)
        return masked_address(to)


CHANNELS = Channels()
