"""To register a second factor: by somebody who must have one before he is signed in, or who is signed in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.kernel import moment
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.people.access import EVERYBODY, opened_to, signed_in
from onewindow.people.login import authenticator, factors, passkeys
from onewindow.people.login.factors import Factor
from onewindow.people.login.sessions import is_fresh
from onewindow.people.login.stages import Stage
from onewindow.people.login.web import challenges, steps
from onewindow.people.login.web.entering import INVALID
from onewindow.people.login.web.forms import CodeForm, NewPasskeyForm
from onewindow.people.models import Account

_SECRET = "new-secret"  # noqa: S105 - where the session keeps it, sealed


@dataclass(frozen=True)
class Registering:
    """Who registers a factor. entering: None for somebody who is signed in."""

    account: Account
    entering: steps.Entering | None


def _registering(request: HttpRequest) -> Registering | HttpResponse:
    """Who registers a factor, or where he must go before."""
    account = signed_in(request)
    if account is not None:
        if is_fresh(request):
            return Registering(account, None)
        return redirect(f"{reverse('login-again')}?{urlencode({'next': reverse('account')})}")
    entering = steps.entering_of(request)
    if entering is None or entering.stage is not Stage.SET_UP:
        return redirect("login")
    return Registering(entering.account, entering)


def _registered(
    request: HttpRequest, who: Registering, factor: Factor, codes: tuple[str, ...]
) -> HttpResponse:
    """Who was entering is signed in now; recovery codes are shown this once."""
    answer: HttpResponse = redirect("account")
    if who.entering is not None:
        answer = steps.proved(request, who.entering, factor)
    if not codes:
        return answer
    page = render(request, "login/codes.html", {"codes": codes, "came_to": answer["Location"]})
    page.cookies = answer.cookies
    return page


@opened_to(EVERYBODY)
@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of second factor."""
    who = _registering(request)
    if isinstance(who, HttpResponse):
        return who
    context = {"first": who.entering is not None, "site": passkeys.site_of(request)}
    return render(request, "login/set_up.html", context)


@opened_to(EVERYBODY)
@never_cache
@require_http_methods(["GET", "POST"])
def authenticator_app(request: HttpRequest) -> HttpResponse:
    """An authenticator app: it reads the secret from the page, and shows by a code that it has it."""
    who = _registering(request)
    if isinstance(who, HttpResponse):
        return who
    secret = _secret(request, who.account)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        step = authenticator.step_of(secret, form.cleaned_data["code"], moment.now_us())
        if step is not None:
            del request.session[_SECRET]
            codes = factors.add_authenticator(who.account, secret, step)
            return _registered(request, who, Factor.AUTHENTICATOR, codes)
        form.add_error("code", _("动态口令不对：请等下一个，并核对手机的时间是否准确。"))
    context = {
        "form": form,
        "drawing": authenticator.drawing(authenticator.address(secret, who.account)),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    return render(request, "login/set_up_app.html", context, status=INVALID if form.errors else 200)


def _secret(request: HttpRequest, account: Account) -> str:
    """The secret that this session offers, the same until it is taken."""
    owner, sealed = request.session.get(_SECRET, (0, ""))
    if owner == account.pk:
        with suppress(CryptoError):  # its key was retired meanwhile
            return authenticator.unseal(bytes.fromhex(sealed), account.pk)
    secret = authenticator.fresh_secret()
    request.session[_SECRET] = (account.pk, authenticator.seal(secret, account.pk).hex())
    return secret


@opened_to(EVERYBODY)
@never_cache
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey."""
    who, site = _registering(request), passkeys.site_of(request)
    if isinstance(who, HttpResponse):
        return who
    if site is None:
        return redirect("login-set-up")
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        codes = factors.add_passkey(who.account, said["answer"], challenges.take(request), site, said["name"])
        if codes is not None:
            return _registered(request, who, Factor.PASSKEY, codes)
        form.add_error(
            None, _("没有登记成功：设备的答复没有通过核验，或者这个通行密钥已经登记过。请再试一次。")
        )
    options = challenges.keep(request, passkeys.ask_to_register(who.account, site))
    context = {"form": form, "options": options}
    return render(request, "login/set_up_passkey.html", context, status=INVALID if form.errors else 200)
