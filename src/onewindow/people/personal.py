"""Personal values of persons and organisations: sealed into their columns, opened, found by index, shown masked.

Nothing else touches these columns, but `sealed`, which seals them anew under another key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.kernel.keys import keyring
from onewindow.people import masking, numbers
from onewindow.people.models import Organisation, Person

Holder = Person | Organisation
_DOTS = str.maketrans("•・‧∙･.．", "·······")


@dataclass(frozen=True, slots=True)
class Personal:
    """A sealed column. `form`: the one form in which it is looked for; None where nobody searches it."""

    title: str | Promise
    mask: Callable[[str], str]
    form: Callable[[str], str] | None = None


def name_form(text: str) -> str:
    """A name as it is looked for: without blanks, one kind of middle dot, capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_DOTS).upper()


_phone = Personal(_("联系电话"), masking.phone, str)
_address = Personal(_("住址"), masking.address)
FIELDS: dict[type[Holder], dict[str, Personal]] = {
    Person: {
        "name": Personal(_("姓名"), masking.name, name_form),
        "identity": Personal(_("证件号码"), masking.identity, numbers.one_form),
        "birth": Personal(_("出生日期"), masking.birth),
        "phone": _phone,
        "address": _address,
    },
    Organisation: {
        "representative": Personal(_("法定代表人"), masking.name),
        "phone": _phone,
        "address": _address,
    },
}


def put(holder: Holder, field: str, value: str) -> None:
    """Seal a value into its column, and write its index; "" empties both. The row is not saved."""
    setattr(holder, field, keyring().seal(value, place(holder, field)) if value else None)
    if FIELDS[type(holder)][field].form is not None:
        document = holder.document if isinstance(holder, Person) else ""
        setattr(holder, f"{field}_index", index(type(holder), field, value, document) if value else None)


def opened(holder: Holder, field: str) -> str:
    """The value in full, "" for none. Whoever shows it must have noted that before (`actions.reading`).

    Raises CryptoError.
    """
    kept = getattr(holder, field)
    return "" if kept is None else keyring().unseal(bytes(kept), place(holder, field))


def masked(holder: Holder, field: str) -> str:
    """As it may be shown without a reason; "" for none."""
    value = opened(holder, field)
    return FIELDS[type(holder)][field].mask(value) if value else ""


def index(kind: type[Holder], field: str, value: str, document: str = "") -> bytes:
    """By which a value is found without opening any. `document`: kind of document, where a number of one is sought."""
    form = FIELDS[kind][field].form
    assert form is not None
    sort = f"{document}:" if field == "identity" else ""
    return keyring().blind_index(f"{kind._meta.label_lower}:{field}", sort + form(value))


def place(holder: Holder, field: str) -> str:
    """Where a sealed value belongs: it opens nowhere else."""
    return f"{holder._meta.label_lower}:{field}:{holder.reference}"
