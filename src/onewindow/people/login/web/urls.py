"""Addresses of log-in, under /login/ and /account/."""

from __future__ import annotations

from django.urls import path

from onewindow.people.login.web import account, entering, province, setting_up

urlpatterns = [
    path("login/", entering.log_in, name="login"),
    path("login/second/", entering.second, name="login-second"),
    path("login/password/", entering.new_password, name="login-password"),
    path("login/again/", entering.again, name="login-again"),
    path("login/kept/", entering.kept_form, name="login-kept"),
    path("login/end/", entering.log_out, name="logout"),
    path("login/left/", entering.left, name="login-left"),
    path("login/set-up/", setting_up.choose, name="login-set-up"),
    path("login/set-up/app/", setting_up.authenticator_app, name="login-set-up-app"),
    path("login/set-up/passkey/", setting_up.passkey, name="login-set-up-passkey"),
    path("login/province/", province.start, name="login-province"),
    path("login/province/back/", province.back, name="login-province-back"),
    path("account/", account.overview, name="account"),
    path("account/password/", account.password, name="account-password"),
    path("account/sessions/end/", account.end_session, name="account-end-session"),
    path("account/authenticator/remove/", account.remove, name="account-remove-authenticator"),
    path("account/passkeys/<int:number>/remove/", account.remove, name="account-remove-passkey"),
    path("account/codes/", account.codes, name="account-codes"),
]
