"""Who calls what he may not is noted in the journal of his account, as with pages (`people.access`).

A program that is wrongly set up calls again and again: the same refusal is noted once an hour.
"""

from __future__ import annotations

import logging
from urllib.parse import quote

from django.db import DatabaseError
from django.http import HttpRequest

from onewindow.kernel import moment
from onewindow.kernel.api import SYSTEM, Entry, journal_id, note
from onewindow.kernel.ledger.canonical import encode

AGAIN_US = 3600 * 1_000_000
NOTED = ("scope-missing", "not-allowed")
_log = logging.getLogger("onewindow.api")


def note_refusal(request: HttpRequest, code: str) -> None:
    """Note it, where the code says that he may not. What cannot be noted is logged: he is refused all the same."""
    bearer = getattr(request, "bearer", "")
    if not bearer or code not in NOTED:
        return
    facts = {"what": f"API {request.method} {quote(request.path)}"[:500]}
    try:
        noted = Entry.objects.filter(
            matter=journal_id(bearer),
            step="refused",
            at__gt=moment.now_us() - AGAIN_US,
            facts=encode(facts),
        )
        if not noted.exists():
            note(bearer, "refused", SYSTEM, facts)
    except DatabaseError:
        _log.exception("refusal-not-noted")
