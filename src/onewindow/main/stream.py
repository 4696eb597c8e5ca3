"""The stream (实时推送): tells open pages that something they show has changed, by Server-Sent Events.

    GET /events?token=…

        event: changed
        data: {"changes": [{"kind": "permit", "unit": "bureau", "waits_for": "officer"}]}

It tells of what kind, in which unit and whose turn it is now, and only to who may see such a matter; the page
then asks for itself, with its own session. So nothing personal runs through here, and nothing is lost when a
connection breaks: a page that comes back asks anew.

One reader follows the change feed for all clients. A plain ASGI application: no framework is needed for one address.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qs

from django.conf import settings
from django.core import signing
from django.db import DatabaseError, close_old_connections, connections
from django.utils.translation import gettext as _

from onewindow.kernel.actor import SYSTEM, Actor
from onewindow.kernel.api import Entry, Matter
from onewindow.kernel.feed import Page, Place, read_feed
from onewindow.kernel.sight import may_see
from onewindow.people.api import Account, actor_of

POLL = 0.5  # seconds between two looks at the feed
HEARTBEAT = 15.0  # seconds between two comments to each client: proxies and browsers drop what is silent
TOKEN_SECONDS = 600  # in which a page must have connected
MOST = 2000  # clients of this process
_BATCH = 500
_SALT = "onewindow.stream"

T = TypeVar("T")
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
_log = logging.getLogger("onewindow.stream")


class Change(NamedTuple):
    """What happened, as far as it is told. `waits_for`: as in kernel.models.Matter."""

    kind: str
    unit: str
    waits_for: str


def stream_token(account: Account) -> str:
    """What a page shows to connect, within ten minutes: the account's reference, signed."""
    return signing.dumps(account.reference, salt=_SALT, compress=False)


def reference_of(token: str) -> str | None:
    """The account's reference; None for a token that is forged or too old."""
    try:
        found = signing.loads(token, salt=_SALT, max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        return None
    return found if isinstance(found, str) else None


class Client:
    """An open connection: who listens, and what he has not been told yet (a page that is slow is told once)."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.pending: dict[Change, None] = {}
        self.closed = False
        self.woken = asyncio.Event()

    def offer(self, matters: Iterable[Matter]) -> None:
        """Keep what he may see of matters that moved."""
        for one in matters:
            if may_see(self.actor, one):
                self.pending[Change(one.kind, one.unit, one.waits_for)] = None
        if self.pending:
            self.woken.set()

    def close(self) -> None:
        self.closed = True
        self.woken.set()

    async def next(self) -> str:
        """The next event, a heartbeat where nothing happens, "" when it is over."""
        try:
            async with asyncio.timeout(HEARTBEAT):
                await self.woken.wait()
        except TimeoutError:
            return ": still here\n\n"
        self.woken.clear()
        if self.closed:
            return ""
        changes = [change._asdict() for change in self.pending]
        self.pending.clear()
        return f"event: changed\ndata: {json.dumps({'changes': changes}, ensure_ascii=False)}\n\n"


class Hub:
    """All clients, and the one reader of the feed. The database is asked in a thread of its own."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()
        self.following = False  # the end of the feed is known; what comes after it is told
        self._place = Place()
        self._thread = ThreadPoolExecutor(1, "database")
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._look_after())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for client in self.clients:
            client.close()
        await self._ask(connections.close_all)
        self._thread.shutdown(wait=False)

    async def actor(self, reference: str) -> Actor | None:
        """Who that is today; None for an account that is closed."""
        return (await self._ask(_actors, [reference])).get(reference)

    async def _follow(self) -> None:
        """Read what is new in the feed, for ever, and offer it to every client."""
        while True:
            try:
                if not self.following:
                    self._place = await self._ask(_end)
                    self.following = True
                page = await self._ask(read_feed, SYSTEM, self._place, _BATCH)
                self._place = page.next
                moved = _moved(page)
                for client in tuple(self.clients) if moved else ():
                    client.offer(moved)
                if page.more:
                    continue
            except DatabaseError:
                _log.exception("feed-not-read")
                await asyncio.sleep(5)
            await asyncio.sleep(POLL)

    async def _look_after(self) -> None:
        """Every now and then ask who the clients are today: roles change, accounts are closed."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            listening = tuple(self.clients)
            try:
                actors = await self._ask(_actors, sorted({client.actor.id for client in listening}))
            except DatabaseError:
                _log.exception("accounts-not-read")
                continue
            for client in listening:
                actor = actors.get(client.actor.id)
                if actor is None:
                    client.close()
                else:
                    client.actor = actor

    async def _ask(self, question: Callable[..., T], *about: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _asked, question, about)


def _asked(question: Callable[..., T], about: tuple[Any, ...]) -> T:
    close_old_connections()
    return question(*about)


def _actors(references: list[str]) -> dict[str, Actor]:
    accounts = Account.objects.filter(reference__in=references, is_active=True)
    return {account.reference: actor_of(account) for account in accounts}


def _end() -> Place:
    """Where the feed ends now: a page asks for itself when it connects, so what was before is no news."""
    last = Entry.objects.order_by("-tx", "-id").values_list("tx", "id").first()
    return Place(*last) if last else Place()


def _moved(page: Page) -> list[Matter]:
    """One matter for each kind, unit, turn and owner; journals are no page's business."""
    found = {
        (one.matter.unit, one.matter.owner, one.matter.waits_for, one.kind): one.matter
        for one in page.entries
        if one.kind != "journal"
    }
    return list(found.values())


# --- HTTP -----------------------------------------------------------------------------------


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


_hub: Hub | None = None


async def _live(receive: Receive, send: Send) -> None:
    global _hub  # noqa: PLW0603 - one application, one hub
    await receive()
    _hub = Hub()
    await _hub.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await _hub.stop()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    assert _hub is not None
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    if scope["path"] == "/healthz":
        await _say(send, 200, "ok")
    elif scope["path"] != "/events" or scope["method"] != "GET":
        await _say(send, 404, _("没有这个地址。"))
    elif origin and origin not in settings.ORIGINS:
        await _say(send, 403, _("这个网站不能使用实时推送；允许的网址由 ONEWINDOW_ORIGIN 指定。"))
    elif len(_hub.clients) >= MOST:
        await _say(send, 503, _("实时推送的连接已满，页面仍可手动刷新。"), origin)
    else:
        await _listen(_hub, scope, receive, send, origin)


async def _listen(hub: Hub, scope: Scope, receive: Receive, send: Send, origin: str) -> None:
    token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    reference = reference_of(token)
    actor = await hub.actor(reference) if reference else None
    if actor is None:
        await _say(send, 403, _("推送的凭证无效或已过期，请刷新页面。"), origin)
        return
    client = Client(actor)
    hub.clients.add(client)
    gone = asyncio.create_task(_gone(receive, client))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _headers(origin)})
        await send(_piece("retry: 3000\n\n"))
        while event := await client.next():
            await send(_piece(event))
        await send({"type": "http.response.body", "body": b""})
    finally:
        hub.clients.discard(client)
        gone.cancel()


async def _gone(receive: Receive, client: Client) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    client.close()


def _headers(origin: str, kind: bytes = b"text/event-stream; charset=utf-8") -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", kind),
        (b"cache-control", b"no-cache"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"Origin"),
    ]
    if origin:
        headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
    return headers


def _piece(text: str) -> dict[str, Any]:
    return {"type": "http.response.body", "body": text.encode("utf-8"), "more_body": True}


async def _say(send: Send, status: int, text: str, origin: str = "") -> None:
    headers = _headers(origin, b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode("utf-8")})
