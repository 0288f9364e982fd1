"""The form of an officer; a number that is registered is never shown in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.models import Officer
from personnel.staff import StaffProblem, save_officer
from portal.accounts.identity import validate_identity
from portal.accounts.models import Department, User


class OfficerForm(forms.ModelForm[Officer]):
    """Register or correct an officer of one department."""

    identity = forms.CharField(
        label=_("公民身份号码"),
        required=False,
        max_length=20,
        validators=[validate_identity],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(label=_("说明"), required=False, max_length=100, help_text=_("更正的缘由，记入历史"))

    class Meta:
        model = Officer
        fields = ("name", "gender", "identity", "phone", "position", "user", "legal_qualified", "active")

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", "label_suffix": ""} | kwargs)
        self.department = department
        self.registered = self.instance.pk is not None
        self.initial["identity"] = ""
        self.fields["identity"].help_text = (
            _gettext("已登记 %(masked)s；要更正的，填全部 18 位，不改的留空")
            % {"masked": self.instance.masked_identity}
            if self.instance.identity
            else _gettext("18 位；加密保存，页面只显示首尾四位")
        )
        accounts: Any = self.fields["user"]
        free = Q(officer=None) | Q(officer=self.instance) if self.registered else Q(officer=None)
        accounts.queryset = User.objects.filter(free, department=department, is_active=True)
        accounts.empty_label = _("没有账号")
        if not self.registered:
            del self.fields["active"]
            del self.fields["reason"]

    def clean_identity(self) -> str:
        """An empty field keeps the number that is there."""
        typed = "".join(str(self.cleaned_data["identity"]).split()).upper()
        return typed or self.instance.identity

    def save_for(self, actor: User) -> Officer | None:
        """Write the officer; nothing, with the errors in place, when the register refuses."""
        try:
            return save_officer(
                self.save(commit=False),
                department=self.department,
                actor=actor,
                reason=str(self.cleaned_data.get("reason", "")),
            )
        except StaffProblem as problem:
            self.add_error(problem.field, str(problem))
            return None


class FindForm(forms.Form):
    """Search by the exact number; posted, so that no number stands in an address or a log."""

    identity = forms.CharField(
        label=_("公民身份号码"),
        max_length=20,
        validators=[validate_identity],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "form-control"}),
        error_messages={"required": _("必须填写。")},
    )
