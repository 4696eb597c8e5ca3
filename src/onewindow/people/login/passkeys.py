"""Passkeys (通行密钥, WebAuthn): the private key stays in somebody's device; here are its public half and its checks."""

from __future__ import annotations

from ipaddress import ip_address
from typing import NamedTuple

import webauthn
from django.conf import settings
from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from onewindow.kernel import moment
from onewindow.people.models import Account, Passkey

LONGEST_ANSWER = 20_000  # characters of what a device answers


class Site(NamedTuple):
    """Where a passkey is good: the host it belongs to, and the addresses of pages that may ask for it."""

    host: str
    origins: tuple[str, ...]


class Asked(NamedTuple):
    """What a device is asked: JSON for the browser, and the challenge that its answer must sign."""

    options: str
    challenge: bytes


def site_of(request: HttpRequest) -> Site | None:
    """This site, as the browser sees it; None where browsers know no passkeys: at a bare address."""
    netloc = request.get_host()
    host = netloc.rsplit(":", 1)[0] if netloc.rpartition(":")[2].isdecimal() else netloc
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return Site(host, (f"{request.scheme}://{netloc}", *settings.ORIGINS))
    return None


def ask_to_register(account: Account, site: Site) -> Asked:
    """Ask a device that has no passkey of this account yet to make one."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=settings.BUREAU,
        user_name=account.login,
        user_display_name=account.name,
        user_id=account.reference.encode("utf-8"),
        exclude_credentials=_descriptors(account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return Asked(webauthn.options_to_json(options), options.challenge)


def register(account: Account, answer: str, challenge: bytes, site: Site, name: str) -> Passkey | None:
    """Keep the passkey that a device made; None where its answer is not right."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
        )
    except (WebAuthnException, ValueError):
        return None
    credential = bytes_to_base64url(made.credential_id)
    if Passkey.objects.filter(credential=credential).exists():
        return None  # another's, or registered already
    now = moment.now_us()
    return Passkey.objects.create(
        account=account,
        credential=credential,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        added_us=now,
        used_us=now,
    )


def ask_to_sign(account: Account, site: Site) -> Asked:
    """Ask one of the account's passkeys to sign."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_descriptors(account),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Asked(webauthn.options_to_json(options), options.challenge)


def accepts(account: Account, answer: str, challenge: bytes, site: Site) -> bool:
    """Whether a passkey of this account signed the challenge, on a page of this site, and is no copy."""
    try:
        credential = webauthn.helpers.parse_authentication_credential_json(answer)
        row = account.passkeys.filter(credential=credential.id).first()
        if row is None:
            return False
        signed = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
        )
    except (WebAuthnException, ValueError):
        return False
    unused = Passkey.objects.filter(pk=row.pk, sign_count=row.sign_count, used_us=row.used_us)
    return unused.update(sign_count=signed.new_sign_count, used_us=moment.now_us()) == 1


def _descriptors(account: Account) -> list[PublicKeyCredentialDescriptor]:
    known = account.passkeys.values_list("credential", flat=True)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]
