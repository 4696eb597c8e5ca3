"""Tokens of the API: issued and revoked by the security administrator; the text of one is shown this once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from onewindow.kernel import moment
from onewindow.kernel.api import FactFault, FactsInvalid
from onewindow.kernel.procedure import Role
from onewindow.people.access import ActorRequest, opened_to
from onewindow.people.models import Account, ApiToken
from onewindow.people.tokens import LONGEST_DAYS, LONGEST_TITLE, SCOPES, issue, revoke
from onewindow.people.web.acting import ActForm, Text, day_field


class TokenForm(ActForm):
    """A new token."""

    login = Text(
        label=gettext_lazy("账户的登录名"),
        max_length=240,
        help_text=gettext_lazy("令牌所能做的，不超过这个账户的角色；给别的系统用的，请先开立“系统”账户"),
    )
    title = Text(label=gettext_lazy("用途"), max_length=4 * LONGEST_TITLE)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("权限范围"),
        choices=[(scope, f"{title}（{scope}）") for scope, title in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = day_field(
        gettext_lazy("有效至"),
        required=False,  # that it is missing is told with all else that is wrong
        hint=format_lazy(gettext_lazy("当天仍有效；最长{most}天"), most=LONGEST_DAYS),
    )
    until.asked = True  # type: ignore[attr-defined]


@opened_to(Role.SECURITY_ADMIN)
def tokens(request: ActorRequest) -> HttpResponse:
    """Tokens that hold, and the form of a new one; after it was sent, the new token, once."""
    form = TokenForm(request.POST or None)

    def issued(told: dict[str, Any]) -> str:
        account = Account.objects.filter(login=told["login"].strip().lower(), is_active=True).first()
        if account is None:
            unknown = _("没有这个账户，或它已停用，请核对登录名。")
            raise FactsInvalid([FactFault("login", "unknown", unknown)])
        until = told["until"] or date.min
        return issue(account, told["title"].strip(), told["scopes"], until, request.actor)

    done = form.carried_out(issued)
    rows = ApiToken.objects.filter(revoked__isnull=True).select_related("account").order_by("-pk")
    context = {
        "form": TokenForm() if done else form,
        "token": form.result if done else "",
        "rows": [(row, [SCOPES.get(one, one) for one in row.scopes.split()]) for row in rows],
        "today": moment.today(),
    }
    return render(request, "people/tokens.html", context, status=201 if done else form.status)


@opened_to(Role.SECURITY_ADMIN)
@require_POST
def end(request: ActorRequest, prefix: str) -> HttpResponse:
    """It holds no more."""
    revoke(prefix, request.actor)
    messages.success(request, _("令牌已吊销，并记入日志。"))
    return redirect("people-tokens")
