"""What the pages of log-in ask for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.people.login.passkeys import LONGEST_ANSWER
from onewindow.people.login.passwords import LONGEST


def _password(label: object, autocomplete: str) -> forms.CharField:
    # Longer than any password may be, so that one that is too long is told so among its other faults.
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=8 * LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": _("请填写这一项。")},
    )


class LogInForm(forms.Form):
    """Name and password."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("请填写登录名。"), "max_length": _("登录名最长 60 个字符。")},
    )
    password = _password(_("口令"), "current-password")


class AgainForm(forms.Form):
    """The password once more."""

    password = _password(_("当前口令"), "current-password")


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = _password(_("新口令"), "new-password")
    again = _password(_("再输入一次新口令"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password") not in (None, again):
            raise forms.ValidationError(_("两次输入的新口令不一样，请重新输入。"))
        return again


class CodeForm(forms.Form):
    """A code of the authenticator app."""

    code = forms.CharField(
        label=_("动态口令"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
        ),
        help_text=_("验证器应用上显示的 6 位数字"),
        error_messages={"required": _("请填写动态口令。"), "max_length": _("动态口令是 6 位数字。")},
    )


class RecoveryForm(forms.Form):
    """A recovery code."""

    code = forms.CharField(
        label=_("恢复码"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "short"}
        ),
        help_text=_("登记第二因素时得到的 10 个恢复码之一，每个只能用一次"),
        error_messages={"required": _("请填写恢复码。"), "max_length": _("恢复码形如 ABCDE-12345。")},
    )


class PasskeyForm(forms.Form):
    """What a device answered; filled in by passkey.js."""

    answer = forms.CharField(
        max_length=LONGEST_ANSWER,
        widget=forms.HiddenInput,
        error_messages={"required": _("没有收到设备的答复，请再试一次。")},
    )


class NewPasskeyForm(PasskeyForm):
    """The same of a new passkey, with a name."""

    name = forms.CharField(
        label=_("给这个通行密钥起个名字"),
        max_length=40,
        initial=_("我的设备"),
        help_text=_("例如：办公室电脑、工作手机"),
        error_messages={"required": _("请填写名字。"), "max_length": _("名字最长 40 个字。")},
    )
