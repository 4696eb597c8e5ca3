"""What somebody had typed when his session ended (会话结束时填写的内容): kept sealed, offered to him alone.

Files, and whatever looks like a password, are not kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from onewindow.kernel import moment
from onewindow.kernel.keys import keyring
from onewindow.people.login.policy import MINUTE_US
from onewindow.people.models import Account, KeptForm

MINUTES = 30
RESENT = "kept-form"  # name of the field that says: this is what was kept under this number
_MOST, _LARGEST = 5, 200_000
_SECRET = re.compile("pass|pwd|secret|token|otp|recovery|口令|密码", re.IGNORECASE)
_CARRIED = ("key", "seen")  # what forms carry with them unseen
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

Field = tuple[str, str]


@dataclass(frozen=True)
class Kept:
    """A form that was kept: its number, where it goes, its fields, and whether it may have had files.

    Files of somebody whose session has ended are not even received.
    """

    id: int
    path: str
    fields: tuple[Field, ...]
    may_have_files: bool

    @property
    def typed(self) -> tuple[str, ...]:
        """What somebody wrote or chose himself, for him to recognise it."""
        return tuple(value for name, value in self.fields if value and name not in _CARRIED)


def keep(account_id: int, request: HttpRequest) -> bool:
    """Keep what a form said for whoever's session has ended; whether there was something to keep."""
    path = request.get_full_path()
    own_pages = (reverse("login"), reverse("account"))
    if request.content_type not in _FORMS or len(path) > 500 or path.startswith(own_pages):
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not _SECRET.search(name)
    ]
    said = json.dumps({"fields": fields, "files": request.content_type == _FORMS[1]})
    if not fields or len(said) > _LARGEST:
        return False
    now = moment.now_us()
    KeptForm.objects.create(
        account_id=account_id, path=path, kept_us=now, data=keyring().seal(said, place(account_id, now))
    )
    surplus = KeptForm.objects.filter(account=account_id).order_by("-id").values_list("id", flat=True)[_MOST:]
    KeptForm.objects.filter(id__in=list(surplus)).delete()
    return True


def newest(account: Account) -> Kept | None:
    """What was kept last for somebody, and not too long ago."""
    row = _alive(account.pk).last()
    if row is None:
        return None
    said = json.loads(keyring().unseal(bytes(row.data), place(account.pk, row.kept_us)))
    return Kept(row.pk, row.path, tuple((name, value) for name, value in said["fields"]), said["files"])


def forget(account: Account, ids: Iterable[int]) -> None:
    """Remove what he does not need any more."""
    KeptForm.objects.filter(account=account, id__in=ids).delete()


def forget_resent(request: HttpRequest, account: Account | None) -> None:
    """A form that comes again need not be offered again."""
    if account is not None and request.method == "POST" and request.content_type in _FORMS:
        forget(account, [int(one) for one in request.POST.getlist(RESENT) if one.isdecimal()])


def _alive(account_id: int) -> QuerySet[KeptForm]:
    since = moment.now_us() - MINUTES * MINUTE_US
    return KeptForm.objects.filter(account=account_id, kept_us__gt=since).order_by("id")


def place(account_id: int, kept_us: int) -> str:
    """Where what is sealed belongs."""
    return f"people.keptform:data:{account_id}:{kept_us}"
