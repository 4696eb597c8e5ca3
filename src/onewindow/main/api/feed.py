"""The change feed: every entry once, in the order of commits."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from onewindow.kernel.actor import Actor
from onewindow.kernel.feed import Place, read_feed
from onewindow.kernel.models import Entry
from onewindow.kernel.rows import stored
from onewindow.kernel.sight import reads_deliberation
from onewindow.main.api import cursors
from onewindow.main.api.openapi import Answer, Endpoint
from onewindow.main.api.service import ApiRequest, sent, serve
from onewindow.main.api.shapes import CURSOR, SCHEMAS, entry_told, listed, members, ref, text, whole

_OF = {"list": "feed"}

SCHEMAS["Feed"] = members(
    {
        "entries": listed(
            ref("Entry"), "经过，按提交的先后；不归您看的已略去，所以可能比 limit 少，甚至没有"
        ),
        "next": text("下次从这里读起"),
        "more": {"type": "boolean", "description": "现在就还有"},
    }
)


@serve(
    Endpoint(
        "GET",
        "/feed",
        "feed:read",
        "变更流",
        {200: Answer("经过", ref("Feed"))},
        parameters={
            "after": text("上次得到的 next；不写则从头读起", pattern=CURSOR),
            "limit": whole("最多看几条经过", minimum=1, maximum=1000, default=100),
        },
    )
)
def read_changes(request: ApiRequest) -> HttpResponse:
    """Entries after a place, and the place to go on from."""
    after = request.query.get("after")
    place = Place() if after is None else Place(*cursors.read(after, _OF, (int, int), "after"))
    page = read_feed(request.actor, place, request.query["limit"])
    told = {
        "entries": [_told(request.actor, entry) for entry in page.entries],
        "next": cursors.written(page.next, _OF),
        "more": page.more,
    }
    return sent(told)


def _told(actor: Actor, entry: Entry) -> dict[str, Any]:
    return entry_told(*stored(entry), internal=reads_deliberation(actor, entry.matter))
