"""Where sessions are kept: Django's database sessions, whose keys cannot be read out of the database.

Named by `settings.SESSION_ENGINE`. Beside the data, a row shows whose session it is and since when, so
that he can see and end his sessions (我的会话).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone
from django.utils.functional import cached_property

from onewindow.kernel import moment
from onewindow.kernel.crypto.sm3 import sm3

if TYPE_CHECKING:
    from onewindow.people.models import Session

OPENED, PLACE, AGENT, FACTOR = "opened_us", "place", "agent", "factor"


def digest_of(key: str | None) -> str:
    """How a session's key stands in the database."""
    return sm3((key or "").encode("utf-8")).hex()


class SessionStore(DatabaseSessions):
    """A session. `seen_us`: when it was last used, as it was when it was loaded."""

    seen_us = 0

    @classmethod
    def get_model_class(cls) -> type[Session]:
        from onewindow.people.models import Session

        return Session

    @cached_property
    def model(self) -> type[Session]:
        return self.get_model_class()

    @property
    def digest(self) -> str:
        """Of this session's key."""
        return digest_of(self.session_key)

    def _get_session_from_db(self) -> Session | None:
        row = self.model.objects.filter(session_key=self.digest, expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        else:
            self.seen_us = row.seen_us
        return row

    def exists(self, session_key: str) -> bool:
        return self.model.objects.filter(session_key=digest_of(session_key)).exists()

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        account = data.get(SESSION_KEY)
        return self.model(
            session_key=digest_of(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(dict(data)),
            expire_date=self.get_expiry_date(),
            account_id=int(account) if account else None,
            opened_us=data.get(OPENED, 0),
            seen_us=moment.now_us(),
            place=data.get(PLACE, ""),
            agent=data.get(AGENT, ""),
            factor=data.get(FACTOR, ""),
        )

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=digest_of(key)).delete()
