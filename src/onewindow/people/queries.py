"""What is asked about people. Personal values come masked; `actions.reading` is the way to a full one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onewindow.kernel import moment
from onewindow.kernel.procedure import Role
from onewindow.people import numbers
from onewindow.people.models import Account, Assignment, Authorisation, Delegation, Organisation, Person
from onewindow.people.personal import index, masked, opened
from onewindow.people.rules import Days, Held, clash

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class PersonView:
    """A natural person as he may be shown: every value masked, "" for none.

    document  title of the kind of his document; minor: under fourteen; erased: his data were deleted
    """

    reference: str
    document: str
    name: str
    identity: str
    birth: str
    phone: str
    address: str
    minor: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation as it may be shown: name and code in full, the rest masked, "" for none."""

    reference: str
    code: str
    name: str
    representative: str
    phone: str
    address: str
    erased: bool


def person(reference: str) -> PersonView | None:
    """None for an unknown reference. Raises CryptoError."""
    row = Person.objects.filter(reference=reference).first()
    return None if row is None else _person(row)


def organisation(reference: str) -> OrganisationView | None:
    """None for an unknown reference. Raises CryptoError."""
    row = Organisation.objects.filter(reference=reference).first()
    return None if row is None else _organisation(row)


def party(reference: str) -> PersonView | OrganisationView | None:
    """Whoever it is. Raises CryptoError."""
    return person(reference) or organisation(reference)


def find_persons(field: str, value: str, document: str = "") -> list[PersonView]:
    """Persons by the exact value of `name`, `identity` or `phone`, the newest first, `MOST_FOUND` at most.

    document  kind of the document whose number it is, "" for whichever
    Raises ValueError for another field.
    """
    if field not in ("name", "identity", "phone"):
        raise ValueError(field)
    if field == "phone":
        try:
            value = numbers.phone(value)
        except numbers.Wrong:
            return []
    kinds = [document] if document or field != "identity" else [str(kind) for kind in Person.Document]
    found = [index(Person, field, value, kind) for kind in kinds]
    rows = Person.objects.filter(**{f"{field}_index__in": found}).order_by("-id")[:MOST_FOUND]
    return [_person(row) for row in rows]


def find_organisations(text: str) -> list[OrganisationView]:
    """Organisations by credit code or by their exact name."""
    code = numbers.one_form(text).replace("-", "")
    rows = Organisation.objects.filter(Q(code=code) | Q(name=text.strip())).order_by("-id")[:MOST_FOUND]
    return [_organisation(row) for row in rows]


def party_names(references: Iterable[str]) -> dict[str, str]:
    """Reference -> name as it may be shown, for lists: two queries however many there are. Raises CryptoError."""
    wanted = set(references)
    found = {row.reference: masked(row, "name") for row in Person.objects.filter(reference__in=wanted)}
    found.update(Organisation.objects.filter(reference__in=wanted).values_list("reference", "name"))
    return found


def account_names(references: Iterable[str]) -> dict[str, str]:
    """Reference of an account, as the ledger has it -> name."""
    return dict(Account.objects.filter(reference__in=set(references)).values_list("reference", "name"))


def birth_of(row: Person) -> date | None:
    """The day of birth, from the number or as it was told; None where it was erased. Raises CryptoError."""
    told = opened(row, "birth")
    if told:
        return date.fromisoformat(told)
    number = opened(row, "identity")
    if row.document != Person.Document.RESIDENT or not number:
        return None
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def authorisations(reference: str) -> list[Authorisation]:
    """Who may act for him, and for whom he may, today or later; the newest first."""
    his = Q(principal=reference) | Q(agent=reference)
    running = Authorisation.objects.filter(his, ended__isnull=True, until__gte=moment.today())
    return list(running.order_by("-id"))


def delegations(account: Account | None = None) -> list[Delegation]:
    """Delegations of today and later, by the account or to it; everybody's for None. In order of their days."""
    running = Delegation.objects.filter(ended__isnull=True, until__gte=moment.today())
    if account is not None:
        running = running.filter(Q(assignment__account=account) | Q(deputy=account))
    wanted = running.select_related("assignment__account", "assignment__unit", "deputy")
    return list(wanted.order_by("since", "id"))


def breaches() -> list[tuple[str, Role, Role]]:
    """Accounts that hold two roles that do not go together (三员分立): reference and both roles.

    The actions let none come to be; this looks at what the database really holds.
    """
    held: dict[str, list[Held]] = {}
    rows = Assignment.objects.filter(account__is_active=True).values_list(
        "account__reference", "role", "since", "until"
    )
    lent = Delegation.objects.filter(ended__isnull=True).values_list(
        "deputy__reference", "assignment__role", "since", "until"
    )
    found = []
    for reference, role, since, until in [*rows, *lent]:
        one = Held(Role(role), Days(since, until))
        before = held.setdefault(reference, [])
        other = clash(before, one)
        if other is not None:
            found.append((reference, other, one.role))
        before.append(one)
    return found


def _person(row: Person) -> PersonView:
    born = birth_of(row)
    return PersonView(
        reference=row.reference,
        document=row.get_document_display(),
        name=masked(row, "name"),
        identity=masked(row, "identity"),
        birth=masked(row, "birth"),
        phone=masked(row, "phone"),
        address=masked(row, "address"),
        minor=born is not None and numbers.under_fourteen(born, moment.today()),
        erased=row.erased_us is not None,
    )


def _organisation(row: Organisation) -> OrganisationView:
    return OrganisationView(
        reference=row.reference,
        code=row.code,
        name=row.name,
        representative=masked(row, "representative"),
        phone=masked(row, "phone"),
        address=masked(row, "address"),
        erased=row.erased_us is not None,
    )
