"""What a new installation needs before anybody can log in: folders, keys, and the first three administrators."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from onewindow.kernel.api import SYSTEM
from onewindow.kernel.crypto.fields import fresh_keyring, write_keyring
from onewindow.kernel.crypto.keys import read_private_key
from onewindow.kernel.crypto.sm2 import generate
from onewindow.kernel.procedure import Role
from onewindow.people.actions.accounts import open_account
from onewindow.people.actions.roles import grant
from onewindow.people.actions.units import add_unit
from onewindow.people.api import Account, actor_of
from onewindow.people.login.actions import set_initial_password
from onewindow.people.models import Unit

ADMINISTRATORS = (
    (Role.SYSTEM_ADMIN, "sysadmin"),
    (Role.SECURITY_ADMIN, "secadmin"),
    (Role.AUDIT_ADMIN, "auditadmin"),
)


class FirstAccount(NamedTuple):
    """An account that was opened, with a password that is good for one log-in."""

    role: Role
    login: str
    password: str


def make_folders() -> None:
    """The data folder, which nobody else may enter. Raises OSError."""
    folder: Path = settings.DATA
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_keys() -> Iterator[tuple[str, Path]]:
    """Make those that are missing; gives what each is and where. What exists is never replaced. Raises OSError."""
    secret: Path = settings.DATA / "secret-key"
    if not settings.ENVIRONMENT.text("SECRET_KEY") and not secret.exists():
        _write(secret, secrets.token_urlsafe(64) + "\n")
        yield "会话与令牌的签名密钥", secret
    if not settings.KEYRING.exists():
        write_keyring(settings.KEYRING, fresh_keyring())
        yield "个人信息的密钥环", settings.KEYRING
    if not settings.LEDGER_KEY.exists():
        _write(settings.LEDGER_KEY, generate().to_pem())
        yield "台账的签名私钥", settings.LEDGER_KEY
    public = read_private_key(settings.LEDGER_KEY.read_bytes()).public
    trusted: Path = settings.TRUSTED_KEYS / f"{public.fingerprint[:16]}.pem"
    if not trusted.exists():
        trusted.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        trusted.write_text(public.to_pem(), encoding="utf-8")
        yield "核验台账用的公钥", trusted


def is_new() -> bool:
    """Whether nobody has an account yet."""
    return not Account.objects.exists()


def first_administrators(code: str, name: str) -> list[FirstAccount]:
    """The bureau as a unit, and its three administrators, each another person (三员分立).

    Raises kernel.api.Refused for a code or name that cannot be.
    """
    with transaction.atomic():
        add_unit(code, name, Unit.Kind.BUREAU, "", SYSTEM)
        accounts = []
        for role, login in ADMINISTRATORS:
            account = open_account(login, role.title, SYSTEM)
            grant(account.reference, role, code, SYSTEM)
            accounts.append((role, account))
        # Passwords are given out by the system administrator, his own first one included.
        actor = actor_of(accounts[0][1])
        return [
            FirstAccount(role, account.login, set_initial_password(account, actor))
            for role, account in accounts
        ]


def _write(file: Path, text: str) -> None:
    """Only its owner reads it. Raises FileExistsError rather than replace it."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
