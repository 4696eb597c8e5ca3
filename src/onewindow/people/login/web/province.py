"""Log-in through the province's identity service: there, and back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.kernel.api import Refused
from onewindow.kernel.crypto.errors import CryptoError
from onewindow.kernel.keys import keyring
from onewindow.people.access import EVERYBODY, opened_to, signed_in
from onewindow.people.login import province
from onewindow.people.login.factors import Factor
from onewindow.people.login.web import steps

_KEPT = "province"  # of the question that is under way
_MINUTES = 30
_PROOF, _PLACE = "province-proof", "people.session:province-proof"


@opened_to(EVERYBODY)
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser there. A link, for our forms may not lead elsewhere."""
    service = province.offered()
    if service is None:
        return redirect("login")
    try:
        question = service.ask(_back(request))
    except Refused as refused:
        return _told(request, refused)
    came_to = steps.safe_target(request, request.GET.get("next", ""))
    request.session[_KEPT] = {**question.kept, "came_to": came_to}
    if signed_in(request) is None:
        request.session.set_expiry(_MINUTES * 60)  # whoever presses and goes away leaves no row for days
    return redirect(question.address)


@opened_to(EVERYBODY)
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """The browser comes back with an answer, which is good once."""
    service, kept = province.offered(), request.session.pop(_KEPT, None)
    if service is None:
        return redirect("login")
    told = {name: request.GET[name] for name in request.GET}
    try:
        citizen = service.answered(kept, told, _back(request))
        account = province.account_of(citizen)
    except Refused as refused:
        return _told(request, refused)
    answer = steps.begin(request, steps.Entering(account, Factor.PROVINCE, False, kept["came_to"]))
    request.session[_PROOF] = keyring().seal(citizen.id_token, _PLACE).hex()
    return answer


def leave_there(request: HttpRequest) -> str:
    """Where somebody logs out of the province's service as well; "" where he did not come through it."""
    service, proof = province.offered(), request.session.get(_PROOF)
    if service is None or proof is None:
        return ""
    back_here = request.build_absolute_uri(reverse("login-left"))
    try:
        return service.leave(keyring().unseal(bytes.fromhex(proof), _PLACE), back_here)
    except (Refused, CryptoError):
        return ""  # he is logged out here, whatever is the matter there


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("login-province-back"))


def _told(request: HttpRequest, refused: Refused) -> HttpResponse:
    context = {"told": refused.message, "title": _("没有登录成功")}
    return render(request, "login/refused.html", context, status=403)
