"""Acts of log-in: to enter, to prove a second factor, to change a password, to lift a lock.

Who guesses learns nothing: an account that does not exist, that is closed or locked is answered with the same
words, the same work and the same number of tries as one that does (GB/T 22239-2019, 身份鉴别).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from onewindow.kernel import moment
from onewindow.kernel.actor import Actor
from onewindow.kernel.api import PLATFORM, SYSTEM, Refused, note
from onewindow.people.login import passwords, tries
from onewindow.people.login.factors import Factor, himself
from onewindow.people.login.passwords import Fault, Owner
from onewindow.people.login.policy import policy
from onewindow.people.login.sessions import end_sessions
from onewindow.people.login.tries import Charge, Locked
from onewindow.people.models import Account, Person
from onewindow.people.personal import opened

_LETTERS = ("ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789", "#%+-=?@")


class Visit(NamedTuple):
    """From where somebody asks. `known`: log-in names that entered from this device before, as digests."""

    address: str
    known: frozenset[str] = frozenset()


class LogInRefused(Refused):
    """Name, password or factor are not right."""

    code = "log-in-failed"


class LogInLocked(LogInRefused):
    """It has failed too often."""

    code = "log-in-locked"


class PasswordRefused(Refused):
    """A new password breaks rules: `faults` are all of them."""

    code = "password-refused"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("".join(fault.message for fault in faults))


# --- to enter -------------------------------------------------------------------------------


def enter(login: str, password: str, visit: Visit) -> Account:
    """Whose name and password these are. He is not signed in yet: a second factor may be asked.

    Raises LogInRefused, LogInLocked.
    """
    charges = _charged(login, visit)
    account = Account.objects.filter(login=login.strip().lower()).first()
    if not _is_right(account, password):
        about = account.reference if account else PLATFORM  # what was typed may be somebody's password
        what = _("登录名或口令错误") if account else _("登录名不存在")
        raise _failed(about, what, visit, charges) or LogInRefused(_("登录名或口令不对，请核对后再试。"))
    assert account is not None
    tries.refund(*charges)
    return account


def _is_right(account: Account | None, password: str) -> bool:
    """One hashing, whatever the account."""
    usable = account is not None and account.is_active and account.kind != Account.Kind.CLIENT
    if account is None or not usable or not account.has_usable_password():
        make_password(password)
        return False
    return check_password(password, account.password)


def prove(account: Account, factor: Factor, is_right: Callable[[], bool], visit: Visit) -> None:
    """Judge a second factor, or the password once more; failures count like those of a password.

    Raises LogInRefused, LogInLocked.
    """
    charges = _charged(account.login, visit._replace(known=frozenset({tries.key_of_login(account.login)})))
    if not is_right():
        what = _("{what}错误").format(what=_("口令") if factor is Factor.NONE else factor.title)
        told = _("{what}，请再试一次。") if factor is Factor.NONE else _("{what}，或者已经用过，请再试一次。")
        told = told.format(what=what)
        raise _failed(account.reference, what, visit, charges) or LogInRefused(told)
    tries.refund(*charges)


def entered(account: Account, factor: Factor, visit: Visit) -> None:
    """Note that somebody has passed every factor; what failed before does not count any more."""
    tries.clear(tries.key_of_login(account.login))
    facts = {"where": visit.address, **({"factor": factor.title} if factor is not Factor.NONE else {})}
    note(account.reference, "logged_in", himself(account), facts)


def left(account: Account) -> None:
    """Note that somebody has logged out."""
    note(account.reference, "logged_out", himself(account))


def _charged(login: str, visit: Visit) -> tuple[Charge, ...]:
    """Count the attempt against the name, and against the address unless the device is known for this name.

    So nobody can shut out, from one address of a hall, those who work there.
    """
    name = tries.key_of_login(login)
    charges: tuple[Charge, ...] = ()
    try:
        if name not in visit.known:
            charges = (tries.charge(tries.key_of_address(visit.address), tries.address_limit()),)
    except Locked as locked:
        told = _("这个网络地址登录失败次数太多，请在 {until} 以后再试。在登录过的设备上登录不受影响。")
        raise LogInLocked(told.format(until=_clock(locked.until_us))) from None
    try:
        return (*charges, tries.charge(name, tries.login_limit()))
    except Locked as locked:
        raise LogInLocked(_locked(locked.until_us)) from None


def _failed(about: str, what: str, visit: Visit, charges: tuple[Charge, ...]) -> LogInLocked | None:
    """Note a failure, and the lock where this was one too many, which is then the answer."""
    name = charges[-1]
    with transaction.atomic():
        note(about, "log_in_failed", SYSTEM, {"what": what, "where": visit.address})
        if name.locks:
            rule = policy().lock
            told = _("{minutes} 分钟内失败 {failures} 次，锁定 {locked} 分钟").format(
                minutes=rule.minutes, failures=rule.failures, locked=rule.locked_minutes
            )
            note(about, "locked", SYSTEM, {"what": told})
    return LogInLocked(_locked(name.at + tries.login_limit().locked_us)) if name.locks else None


def _locked(until_us: int) -> str:
    told = _("失败次数太多，已经锁定，请在 {until} 以后再试；急需使用的，请找安全管理员解除锁定。")
    return told.format(until=_clock(until_us))


def _clock(at_us: int) -> str:
    return f"{moment.at(at_us):%H:%M:%S}"


# --- locks ----------------------------------------------------------------------------------


def locked_until(account: Account) -> int:
    """Until when an account is locked, microseconds; 0: it is not."""
    return tries.locked_until(tries.key_of_login(account.login))


def unlock(account: Account, actor: Actor, reason: str) -> None:
    """Lift a lock before its time. `actor`: a security administrator. Raises NotAllowed, FactsInvalid."""
    with transaction.atomic():
        note(account.reference, "unlocked", actor, {"reason": reason})
        tries.clear(tries.key_of_login(account.login))


# --- passwords ------------------------------------------------------------------------------


def password_faults(account: Account, password: str) -> tuple[Fault, ...]:
    """Every rule that a new password of this account would break."""
    rule = policy().of(account.kind)
    found = passwords.faults(password, Owner(account.login, _full_name(account)), rule)
    if len(password) > passwords.LONGEST:
        return found
    earlier = account.passwords.order_by("-id").values_list("hash", flat=True)[: rule.history]
    used = passwords.used_before(password, earlier, check_password)
    return (*found, used) if used else found


def _full_name(account: Account) -> str:
    """An applicant's account has it masked, so that it is asked of his person, if he has one."""
    person = Person.objects.filter(reference=account.party, erased_us__isnull=True).first()
    return opened(person, "name") if person else account.name


def change_password(account: Account, password: str) -> None:
    """His own choice, in place of the old one. Other sessions are for the caller to end. Raises PasswordRefused."""
    if found := password_faults(account, password):
        raise PasswordRefused(found)
    with transaction.atomic():
        keep_password(account, password, initial=False)
        note(account.reference, "password_changed", himself(account))


def set_initial_password(account: Account, actor: Actor) -> str:
    """A password for somebody who has none or forgot it, to be changed when he first uses it.

    `actor`: a system administrator, to whom it is shown this once. All sessions of the account end.
    Raises NotAllowed.
    """
    password = fresh_password()
    with transaction.atomic():
        note(account.reference, "password_changed", actor)
        keep_password(account, password, initial=True)
        end_sessions(account)
    return password


def fresh_password() -> str:
    """Sixteen random characters that satisfy every rule: 80 bits and more."""
    while True:
        drawn = "".join(secrets.choice("".join(_LETTERS)) for _each in range(16))
        if all(set(drawn) & set(letters) for letters in _LETTERS):
            return drawn


def keep_password(account: Account, password: str, *, initial: bool) -> None:
    """Write a password that was judged already, and forget those older than the history that counts."""
    account.set_password(password)
    with transaction.atomic():
        account.save(update_fields=["password"])
        account.passwords.create(hash=account.password, since_us=moment.now_us(), initial=initial)
        history = max(policy().of(account.kind).history, 1)
        old = account.passwords.order_by("-id").values_list("id", flat=True)[history:]
        account.passwords.filter(id__in=list(old)).delete()


def password_is_due(account: Account) -> bool:
    """Whether it must be changed before anything else: somebody else set it, or it is too old."""
    row = account.passwords.order_by("-id").first()
    if row is None:
        return True  # nobody knows who set it, or when
    return passwords.is_due(row.initial, row.since_us, moment.now_us(), policy().of(account.kind))
