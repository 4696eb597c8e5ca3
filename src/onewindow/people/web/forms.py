"""What the pages of people ask for. What may be is judged by the actions, which say it in their own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from onewindow.kernel.api import JOURNAL, REGISTRY
from onewindow.kernel.crypto.sm3 import sm3
from onewindow.people import journals
from onewindow.people.actions import accounts, delegating, persons, units
from onewindow.people.models import Account, Person, Unit
from onewindow.people.models.units import ROLES
from onewindow.people.personal import FIELDS, Holder
from onewindow.people.tree import tree
from onewindow.people.web.acting import ActForm, Text, day_field

_ROOM = 4  # longer than may be: what is too long is told with all else that is wrong
_REASON = 500


def _line(label: Any, longest: int, *, required: bool = True, hint: Any = "") -> Text:
    return Text(label=label, max_length=_ROOM * longest, asked=required, help_text=hint)


def _reason(label: Any, hint: Any = "") -> Text:
    return Text(
        label=label, max_length=_ROOM * _REASON, widget=forms.Textarea(attrs={"rows": 2}), help_text=hint
    )


def unit_choices(*, none: bool = False) -> list[tuple[str, str]]:
    """Units that are open, each under its own, by code."""
    found = [
        (unit.code, "　" * unit.level + f"{unit.name}（{unit.code}）")
        for unit in tree().units.values()
        if not unit.closed
    ]
    return [("", str(_("无上级"))), *found] if none else found


class UnitForm(ActForm):
    """A new unit."""

    code = _line(_("代码"), 40, hint=_("字母、数字和连字符；以后不能改"))
    name = _line(_("名称"), units.LONGEST_NAME)
    kind = forms.ChoiceField(label=_("类型"), choices=Unit.Kind.choices)
    parent = forms.ChoiceField(label=_("上级单位"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = unit_choices(none=True)  # type: ignore[attr-defined]


class NameForm(ActForm):
    """Another name."""

    name = _line(_("名称"), units.LONGEST_NAME)


class ParentForm(ActForm):
    """Another unit above."""

    parent = forms.ChoiceField(label=_("上级单位"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = unit_choices(none=True)  # type: ignore[attr-defined]


class SureForm(ActForm):
    """Nothing but the button."""


class ReasonForm(ActForm):
    """Why."""

    reason = _reason(_("理由"))


class AccountForm(ActForm):
    """A new account."""

    login = _line(_("登录名"), 60, hint=_("小写字母、数字、点、下划线和连字符，不要用手机号或身份证号"))
    name = _line(_("姓名"), accounts.LONGEST_NAME)
    kind = forms.ChoiceField(
        label=_("账户类型"),
        choices=[(kind.value, kind.label) for kind in (Account.Kind.STAFF, Account.Kind.CLIENT)],
    )


class GrantForm(ActForm):
    """A role in a unit."""

    role = forms.ChoiceField(label=_("角色"), choices=ROLES)
    unit = forms.ChoiceField(label=_("单位"), help_text=_("包括它下面的全部单位"))
    since = day_field(_("开始日期"), required=False, hint=_("不填为今天"))
    until = day_field(_("截止日期"), required=False, hint=_("当天仍有效；不填为长期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices()  # type: ignore[attr-defined]


def _staff_choices(but: str) -> list[tuple[str, str]]:
    rows = (
        Account.objects.filter(kind=Account.Kind.STAFF, is_active=True)
        .exclude(reference=but)
        .order_by("login")
    )
    return [("", str(_("请选择"))), *((row.reference, f"{row.name}（{row.login}）") for row in rows)]


class LeaveForm(ActForm):
    """休假期间由谁代办. `himself`: reference of whose leave it is, "" where that is asked, too."""

    lender = forms.ChoiceField(label=_("休假人"))
    deputy = forms.ChoiceField(label=_("休假期间由谁代办"))
    since = day_field(_("开始日期"))
    until = day_field(_("截止日期"), hint=_("当天仍由他代办"))
    reason = _line(_("事由"), delegating.LONGEST_REASON)

    def __init__(self, *args: Any, himself: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = _staff_choices(himself)  # type: ignore[attr-defined]
        if himself:
            del self.fields["lender"]
        else:
            self.fields["lender"].choices = _staff_choices("")  # type: ignore[attr-defined]


class SoughtForm(forms.Form):
    """Which lines of the journals."""

    step = forms.ChoiceField(label=_("事件"), required=False)
    login = forms.CharField(label=_("操作人登录名"), required=False, max_length=60)
    about = forms.CharField(label=_("对象编号"), required=False, max_length=40)
    since = day_field(_("从"), required=False)
    until = day_field(_("到"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", _("全部")), *journals.steps()]  # type: ignore[attr-defined]

    def sought(self) -> journals.Sought:
        """What of it can be read."""
        self.is_valid()
        told = self.cleaned_data
        return journals.Sought(**{name: told[name] for name in self.fields if told.get(name)})

    def in_words(self) -> str:
        """What was asked for, to be noted."""
        told = self.cleaned_data if self.is_valid() else {}
        titles = dict(journals.steps())
        return "；".join(
            f"{self.fields[name].label}：{titles.get(str(value), value)}"
            for name, value in told.items()
            if value
        )


class FindForm(forms.Form):
    """Whom to find."""

    by = forms.ChoiceField(
        label=_("按"),
        choices=[
            ("identity", _("证件号码")),
            ("phone", _("联系电话")),
            ("name", _("姓名")),
            ("organisation", _("单位名称或统一社会信用代码")),
        ],
    )
    value = forms.CharField(label=_("查找"), max_length=200, help_text=_("须完全一致"))


class PersonForm(ActForm):
    """A natural person."""

    document = forms.ChoiceField(label=_("证件类型"), choices=Person.Document.choices)
    identity = _line(_("证件号码"), 20)
    name = _line(_("姓名"), persons.LONGEST_NAME)
    birth = day_field(_("出生日期"), required=False, hint=_("居民身份证不用填"))
    phone = _line(_("联系电话"), 20, required=False)
    address = _line(_("住址"), persons.LONGEST_ADDRESS, required=False)


class OrganisationForm(ActForm):
    """An organisation."""

    code = _line(_("统一社会信用代码"), 18)
    name = _line(_("名称"), persons.LONGEST_TITLE)
    representative = _line(_("法定代表人"), persons.LONGEST_NAME, required=False)
    phone = _line(_("联系电话"), 20, required=False)
    address = _line(_("住所"), persons.LONGEST_ADDRESS, required=False)


class ChangeForm(ActForm):
    """Another value of one personal field."""

    field = forms.ChoiceField(label=_("哪一项"))
    value = _line(_("新的内容"), persons.LONGEST_ADDRESS, required=False, hint=_("不填为删去这一项"))

    def __init__(self, *args: Any, kind: type[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (key, one.title) for key, one in FIELDS[kind].items() if key not in ("identity", "birth")
        ]


MOST_BYTES = 20 * 1024 * 1024


class AgentForm(ActForm):
    """Who may act for somebody."""

    agent = _line(_("代理人证件号码"), 20, hint=_("代理人须先登记"))
    kind = forms.ChoiceField(label=_("代理范围"), required=False)
    since = day_field(_("开始日期"))
    until = day_field(_("截止日期"))
    paper = forms.FileField(
        label=_("授权委托书（扫描件）"), help_text=_("这里只记下它的 SM3 摘要，用来核对；原件请归入办件材料")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [one for one in REGISTRY.procedures.values() if one.kind != JOURNAL.kind]
        choices = [("", _("全部事项")), *((one.kind, one.title) for one in kinds)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def clean_paper(self) -> str:
        """SM3 of the paper, hexadecimal."""
        paper: UploadedFile[Any] = self.cleaned_data["paper"]
        if (paper.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("扫描件最大 20 MB，请压缩后再上传。"))
        return sm3(paper.read()).hex()


class EraseForm(ActForm):
    """Whose data are to be deleted."""

    identity = _line(_("证件号码、统一社会信用代码或当事人编号"), 40)
    reason = _reason(_("依据和理由"), _("如：本人申请删除（个人信息保护法第四十七条）"))
    sure = forms.BooleanField(label=_("已核对身份，知道删除后不能恢复"))
