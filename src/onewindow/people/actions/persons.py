"""Persons and organisations are registered once, found again by their number, and changed with an entry.

An entry says which data were written, never what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.api import (
    PLATFORM_UNIT,
    Actor,
    FactFault,
    FactsInvalid,
    NotAllowed,
    NotFound,
    NotPossible,
    note,
)
from onewindow.kernel.procedure import Role
from onewindow.people import numbers
from onewindow.people.models import Organisation, Person
from onewindow.people.personal import FIELDS, Holder, index, name_form, opened, put
from onewindow.people.references import ORGANISATION, PERSON, draw
from onewindow.people.rules import BUSINESS

LONGEST_NAME = 60
LONGEST_TITLE = 200
LONGEST_ADDRESS = 200


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is told of a natural person. `document`: of `Person.Document`; `birth`: where the number does not tell."""

    name: str
    identity: str
    document: str = Person.Document.RESIDENT
    phone: str = ""
    address: str = ""
    birth: date | None = None


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What is told of an organisation. `code`: unified social credit code."""

    name: str
    code: str
    representative: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """`known`: the number was registered before, and nothing was changed; `warnings`: what is odd, for people."""

    reference: str
    known: bool
    warnings: tuple[str, ...] = ()


def register_person(details: PersonDetails, actor: Actor) -> Registered:
    """Register a natural person, or find him who has the number. Raises FactsInvalid, NotAllowed."""
    check_business(actor)
    values, warnings = _person_values(details)
    held = index(Person, "identity", values["identity"], details.document)
    for _attempt in range(2):
        known = Person.objects.filter(identity_index=held).first()
        if known is not None:
            return Registered(known.reference, True, (*warnings, *_other_name(known, "name", values["name"])))
        person = Person(reference=draw(PERSON), document=details.document, registered_us=moment.now_us())
        if _kept(person, values, actor):
            return Registered(person.reference, False, warnings)
    raise AssertionError  # nobody frees a number in between


def register_organisation(details: OrganisationDetails, actor: Actor) -> Registered:
    """Register an organisation, or find the one that has the code. Raises FactsInvalid, NotAllowed."""
    check_business(actor)
    code, values, warnings = _organisation_values(details)
    name = details.name.strip()
    for _attempt in range(2):
        known = Organisation.objects.filter(code=code).first()
        if known is not None:
            odd = () if name_form(known.name) == name_form(name) else (_other_name_told(),)
            return Registered(known.reference, True, (*warnings, *odd))
        made = Organisation(reference=draw(ORGANISATION), code=code, name=name, registered_us=moment.now_us())
        if _kept(made, values, actor):
            return Registered(made.reference, False, warnings)
    raise AssertionError


def change(reference: str, values: Mapping[str, str], actor: Actor) -> None:
    """Write other values into personal fields; "" empties one. The number of a document is not changed.

    Raises FactsInvalid, NotFound, NotPossible, NotAllowed.
    """
    if not actor.is_himself(reference):
        check_business(actor)
    faults: list[FactFault] = []
    with transaction.atomic():
        holder = locked(reference)
        for field, value in values.items():
            if field not in FIELDS[type(holder)] or field == "identity":
                faults.append(FactFault(field, "unknown", _("“{field}”不能在这里修改。").format(field=field)))
            else:
                put(holder, field, _checked(field, value, faults, required=field == "name"))
        if faults:
            raise FactsInvalid(faults)
        holder.save()
        _note(holder, _("变更"), values, actor)


def check_business(actor: Actor) -> None:
    """Raises NotAllowed for whoever has no business with personal data: administrators, and strangers."""
    if actor.role_for((*BUSINESS, Role.SYSTEM), PLATFORM_UNIT, "") is None:
        raise NotAllowed(_("只有办理业务的人员才能登记、变更或者查看他人的个人信息。"))


def locked(reference: str) -> Holder:
    """A person or an organisation, ours until the transaction ends. Raises NotFound, NotPossible where erased."""
    kind = Organisation if reference.startswith(ORGANISATION) else Person
    holder = kind._default_manager.select_for_update().filter(reference=reference).first()
    if holder is None:
        raise NotFound(_("没有登记这个人或单位，请核对。"))
    if holder.erased_us is not None:
        raise NotPossible(_("这个人的个人信息已经依法删除，需要办理的请重新登记。"))
    return holder


def _kept(holder: Holder, values: Mapping[str, str], actor: Actor) -> bool:
    """Whether it was kept; not, where somebody registered the same number in the same moment."""
    for field, value in values.items():
        put(holder, field, value)
    try:
        with transaction.atomic():
            holder.save(force_insert=True)
            _note(holder, _("登记"), {field: value for field, value in values.items() if value}, actor)
    except IntegrityError:
        return False
    return True


def _note(holder: Holder, act: str, values: Mapping[str, str], actor: Actor) -> None:
    fields = FIELDS[type(holder)]
    what = "、".join(str(fields[field].title) for field in fields if field in values)
    note(holder.reference, "person_changed", actor, {"what": f"{act}：{what}" if what else act})


def _person_values(details: PersonDetails) -> tuple[dict[str, str], tuple[str, ...]]:
    faults: list[FactFault] = []
    warnings: list[str] = []
    values = {
        "name": _checked("name", details.name, faults, required=True),
        "identity": "",
        "phone": _checked("phone", details.phone, faults),
        "address": _checked("address", details.address, faults),
        "birth": details.birth.isoformat() if details.birth else "",
    }
    try:
        told = _document(details)
    except numbers.Wrong as wrong:
        faults.append(FactFault("identity", "number", str(wrong)))
    else:
        values["identity"] = told.number
        warnings += told.warnings
        born = told.born or details.birth
        if told.born is not None:
            values["birth"] = ""
        if born is None:
            faults.append(FactFault("birth", "missing", _("请填写出生日期：这种证件的号码里没有出生日期。")))
        elif born > moment.today():
            faults.append(FactFault("birth", "future", _("出生日期不能晚于今天。")))
        elif numbers.under_fourteen(born, moment.today()):
            warnings.append(minor_told())
    if faults:
        raise FactsInvalid(faults)
    return values, tuple(warnings)


def minor_told() -> str:
    """What is to be heeded with a child's data."""
    return _(
        "不满十四周岁：属敏感个人信息，须取得父母或其他监护人同意（个人信息保护法第二十八条、第三十一条）。"
    )


def _document(details: PersonDetails) -> numbers.Checked:
    if details.document not in Person.Document:
        allowed = "、".join(str(label) for label in Person.Document.labels)
        raise numbers.Wrong(_("证件类型应选：{allowed}。").format(allowed=allowed))
    if details.document == Person.Document.RESIDENT:
        return numbers.resident(details.identity, moment.today())
    return numbers.other_document(details.identity)


def _organisation_values(details: OrganisationDetails) -> tuple[str, dict[str, str], tuple[str, ...]]:
    faults: list[FactFault] = []
    warnings: tuple[str, ...] = ()
    code = ""
    try:
        told = numbers.credit_code(details.code)
        code, warnings = told.number, told.warnings
    except numbers.Wrong as wrong:
        faults.append(FactFault("code", "number", str(wrong)))
    if not 0 < len(details.name.strip()) <= LONGEST_TITLE:
        told_name = _("请填写单位名称，最多{most}个字。").format(most=LONGEST_TITLE)
        faults.append(FactFault("name", "missing", told_name))
    values = {
        "representative": _checked("representative", details.representative, faults),
        "phone": _checked("phone", details.phone, faults),
        "address": _checked("address", details.address, faults),
    }
    if faults:
        raise FactsInvalid(faults)
    return code, values, warnings


_LONGEST = {"name": LONGEST_NAME, "representative": LONGEST_NAME, "address": LONGEST_ADDRESS}


def _checked(field: str, value: str, faults: list[FactFault], *, required: bool = False) -> str:
    """A value as it is kept. What is wrong goes into `faults`."""
    value = value.strip()
    if not value:
        if required:
            faults.append(FactFault(field, "missing", _("请填写姓名。")))
        return ""
    if field == "phone":
        try:
            return numbers.phone(value)
        except numbers.Wrong as wrong:
            faults.append(FactFault(field, "number", str(wrong)))
            return ""
    if field == "birth":
        return _birth(value, faults)
    if len(value) > _LONGEST[field] or not value.isprintable():
        told = _("最多{most}个字，不能有换行等控制字符。").format(most=_LONGEST[field])
        faults.append(FactFault(field, "too-long", told))
    return value


def _birth(value: str, faults: list[FactFault]) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        faults.append(FactFault("birth", "day", _("出生日期应写作 2012-05-08 这样。")))
        return ""


def _other_name(known: Holder, field: str, name: str) -> tuple[str, ...]:
    """The name that is kept is not told: who does not know it, shall not learn it from a number."""
    return () if name_form(opened(known, field)) == name_form(name) else (_other_name_told(),)


def _other_name_told() -> str:
    return _("这个号码已经登记，但登记的名称与本次填写的不同，请核对证件原件。")
