"""The stream: hints to whom they concern, nothing personal, many clients at once."""

import asyncio
import json
import time
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from onewindow.kernel.api import Subject, begin, move
from onewindow.kernel.procedure import Role
from onewindow.main import stream
from onewindow.people.models import Account, Assignment, Unit
from tests.onewindow.people import APPLICANT, CLERK

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch, settings):
    monkeypatch.setattr(stream, "POLL", 0.02)
    settings.ORIGINS = ["https://spj.example.gov.cn"]


@pytest.fixture
def people():
    """A clerk of the bureau, one of another unit, an applicant."""
    from datetime import date

    accounts = {}
    for unit in ("bureau", "other"):
        Unit.objects.create(code=unit, name=unit, kind=Unit.Kind.BUREAU)
        account = Account.objects.create(
            reference=f"A-{unit}", login=unit, name=unit, kind=Account.Kind.STAFF
        )
        Assignment.objects.create(
            account=account, unit=Unit.objects.get(code=unit), role=Role.WINDOW.value, since=date(2020, 1, 1)
        )
        accounts[unit] = account
    accounts["applicant"] = Account.objects.create(
        reference="A-app", login="app", name="申请人", kind=Account.Kind.APPLICANT, party="p-1"
    )
    return accounts


class Listener:
    """One client: what it was sent."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.pieces: list[str] = []
        self.over = False
        self.leave = asyncio.Event()
        self.news = asyncio.Event()

    async def receive(self):
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.pieces.append(message["body"].decode())
            self.over = not message.get("more_body")
        self.news.set()

    async def until(self, holds, seconds=5):
        async with asyncio.timeout(seconds):
            while not holds(self):
                self.news.clear()
                await self.news.wait()

    def changes(self) -> list[dict]:
        data = (line[6:] for piece in self.pieces for line in piece.split("\n") if line[:6] == "data: ")
        return [change for one in data for change in json.loads(one)["changes"]]


def ask(token="", path="/events", origin="", method="GET"):
    """A client asks; gives it and its task."""
    listener = Listener()
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": urlencode({"token": token}).encode(),
        "headers": [(b"origin", origin.encode())] if origin else [],
    }
    task = asyncio.ensure_future(stream.application(scope, listener.receive, listener.send))
    return listener, task


@asynccontextmanager
async def running():
    """The application between its start and its end."""
    told: asyncio.Queue = asyncio.Queue()
    said: asyncio.Queue = asyncio.Queue()
    task = asyncio.ensure_future(stream.application({"type": "lifespan"}, told.get, said.put))
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    hub = stream._hub
    assert hub is not None
    while not hub.following:
        await asyncio.sleep(0.01)
    try:
        yield hub
    finally:
        await told.put({"type": "lifespan.shutdown"})
        assert (await said.get())["type"] == "lifespan.shutdown.complete"
        await task
        await asyncio.get_running_loop().run_in_executor(None, _close)


def _close():
    connections.close_all()


def submit():
    subject = Subject("bureau", "食品经营许可", "p-1")
    return begin("permit", "submit", APPLICANT, {"contact": "0"}, subject=subject).matter


in_thread = sync_to_async(thread_sensitive=False)


def closing(act, *arguments):
    try:
        return act(*arguments)
    finally:
        connections.close_all()


def play(story):
    return asyncio.run(story)


def test_whoever_may_see_a_matter_is_told_that_it_moved(people):
    async def story():
        async with running():
            clerk, _ = ask(stream.stream_token(people["bureau"]))
            other, _ = ask(stream.stream_token(people["other"]))
            applicant, _ = ask(stream.stream_token(people["applicant"]))
            for one in (clerk, other, applicant):
                await one.until(lambda it: it.pieces)
            matter = await in_thread(closing)(submit)
            await clerk.until(lambda it: it.changes())
            await applicant.until(lambda it: it.changes())
            assert clerk.changes() == [{"kind": "permit", "unit": "bureau", "waits_for": "window"}]
            assert applicant.changes() == clerk.changes()
            await in_thread(closing)(move, matter.id, "accept", CLERK)
            await clerk.until(lambda it: len(it.changes()) == 2)
            assert clerk.changes()[1]["waits_for"] == "officer"
            assert other.changes() == []
            told = "".join(clerk.pieces + applicant.pieces)
            for secret in (matter.id, "食品", "p-1", "A-bureau"):
                assert secret not in told

    play(story())


def test_headers_that_proxies_need(people):
    async def story():
        async with running():
            clerk, _ = ask(stream.stream_token(people["bureau"]), origin="https://spj.example.gov.cn")
            await clerk.until(lambda it: it.pieces)
            assert clerk.status == 200
            assert clerk.headers["content-type"].startswith("text/event-stream")
            assert clerk.headers["x-accel-buffering"] == "no"
            assert clerk.headers["cache-control"] == "no-cache"
            assert clerk.headers["access-control-allow-origin"] == "https://spj.example.gov.cn"

    play(story())


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"token": "forged"}, 403),
        ({}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"path": "/matters"}, 404),
        ({"method": "POST"}, 404),
        ({"path": "/healthz"}, 200),
    ],
)
def test_who_is_not_listened_to(people, how, status):
    async def story():
        async with running():
            token = stream.stream_token(people["bureau"]) if "origin" in how else ""
            listener, task = ask(**{"token": token, **how})
            await task
            assert listener.status == status

    play(story())


def test_a_token_is_good_for_ten_minutes(people, monkeypatch):
    token = stream.stream_token(people["bureau"])
    assert stream.reference_of(token) == "A-bureau"
    later = time.time() + stream.TOKEN_SECONDS + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert stream.reference_of(token) is None


def test_a_heartbeat_comes_when_nothing_happens(people, monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)

    async def story():
        async with running():
            clerk, _ = ask(stream.stream_token(people["bureau"]))
            await clerk.until(lambda it: ": still here\n\n" in it.pieces)

    play(story())


def test_it_ends_when_the_account_is_closed(people, monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)

    async def story():
        async with running() as hub:
            clerk, task = ask(stream.stream_token(people["bureau"]))
            await clerk.until(lambda it: it.pieces)
            close = Account.objects.filter(login="bureau").update
            await in_thread(closing)(lambda: close(is_active=False))
            await clerk.until(lambda it: it.over)
            await task
            assert not hub.clients
            again, task = ask(stream.stream_token(people["bureau"]))
            await task
            assert again.status == 403

    play(story())


def test_a_role_that_was_withdrawn_shows_nothing_more(people, monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)

    async def story():
        async with running():
            clerk, _ = ask(stream.stream_token(people["bureau"]))
            applicant, _ = ask(stream.stream_token(people["applicant"]))
            await clerk.until(lambda it: it.pieces)
            await in_thread(closing)(Assignment.objects.filter(account=people["bureau"]).delete)
            await clerk.until(lambda it: len(it.pieces) > 4)
            await in_thread(closing)(submit)
            await applicant.until(lambda it: it.changes())
            assert clerk.changes() == []

    play(story())


def test_who_leaves_is_forgotten(people):
    async def story():
        async with running() as hub:
            clerk, task = ask(stream.stream_token(people["bureau"]))
            await clerk.until(lambda it: it.pieces)
            clerk.leave.set()
            await task
            assert not hub.clients

    play(story())


def test_five_hundred_clients_are_told_within_a_second(people):
    async def story():
        async with running() as hub:
            token = stream.stream_token(people["bureau"])
            clients = [ask(token)[0] for _each in range(500)]
            for one in clients:
                await one.until(lambda it: it.pieces, 20)
            assert len(hub.clients) == 500
            await in_thread(closing)(submit)
            started = time.perf_counter()
            for one in clients:
                await one.until(lambda it: it.changes())
            return time.perf_counter() - started

    assert play(story()) < 1


def test_no_more_clients_than_it_can_serve(people, monkeypatch):
    monkeypatch.setattr(stream, "MOST", 1)

    async def story():
        async with running():
            first, _ = ask(stream.stream_token(people["bureau"]))
            await first.until(lambda it: it.pieces)
            second, task = ask(stream.stream_token(people["bureau"]))
            await task
            assert second.status == 503

    play(story())
