"""A channel of the tests: it takes what it is sent, or refuses as it is told."""

import pytest

from onewindow.kernel.api import CHANNELS, Channel, GatewayError, Resolver
from onewindow.kernel.outbox.channels import Channels


class Gateway:
    """Remembers what came, by message id; `errors`: what to raise first, in order."""

    def __init__(self):
        self.tries = []
        self.came = []
        self.errors = []
        self.before = lambda: None

    def __call__(self, to, content, message_id):
        self.before()
        self.tries.append((to, content))
        if self.errors and (error := self.errors.pop(0)) is not None:
            raise error
        self.came.append((to, content))
        return f"receipt-{message_id[:4]}"

    @property
    def texts(self):
        return [content for _to, content in self.came]


@pytest.fixture
def gateway():
    return Gateway()


@pytest.fixture
def other():
    return Gateway()


@pytest.fixture(autouse=True)
def _channels(gateway, other, monkeypatch):
    channels = Channels(
        {"pigeon": Channel("信鸽", gateway), "crow": Channel("乌鸦", other)},
        {"party": Resolver("鸽主", lambda channel, name: f"roof of {name}")},
    )
    monkeypatch.setattr(CHANNELS, "open", channels.open)
    monkeypatch.setattr(CHANNELS, "resolvers", channels.resolvers)


def again(code="busy", *, down=False):
    return GatewayError(code, "稍后再试。", retry=True, down=down)


def never(code="nobody"):
    return GatewayError(code, "没有这个收件人。", retry=False)
