"""The form of an officer; a number that is registered is never shown in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from personnel.gallery import current_picture
from personnel.models import Officer, OfficerPicture, Posting
from personnel.pictures import LARGEST_BYTES
from personnel.postings import StaffProblem, change_position, leave, return_to_duty
from personnel.staff import save_officer
from portal.accounts.identity import validate_identity
from portal.accounts.models import Department, User
from portal.web.fields import DayField
from portal.workflow.errors import DoorError


class OfficerForm(forms.ModelForm[Officer]):
    """Register or correct an officer of one department."""

    identity = forms.CharField(
        label=_("公民身份号码"),
        required=False,
        max_length=20,
        validators=[validate_identity],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    entered_on = DayField(label=_("到岗日期"), required=False, help_text=_("不填为今天"))
    reason = forms.CharField(label=_("说明"), required=False, max_length=100, help_text=_("更正的缘由，记入历史"))

    class Meta:
        model = Officer
        fields = ("name", "gender", "identity", "phone", "position", "user", "legal_qualified", "legal_number")

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
        self.fields["legal_number"].help_text = _("取得法律职业资格的，填证书编号，或者在人员页上传证书")
        if self.registered:
            self.fields["position"].help_text = _("写错的在这里更正；调任新职务的，用“岗位变动”")
            del self.fields["entered_on"]
        else:
            del self.fields["reason"]

    def clean_identity(self) -> str:
        """An empty field keeps the number that is there."""
        typed = "".join(str(self.cleaned_data["identity"]).split()).upper()
        return typed or self.instance.identity

    def clean(self) -> dict[str, Any]:
        """A legal qualification has its proof: the number, or the certificate itself."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("legal_qualified"):
            if cleaned.get("legal_number"):
                self.add_error("legal_qualified", _gettext("填了证书编号，请同时勾选“取得法律职业资格”。"))
            return cleaned
        proof = current_picture(self.instance, OfficerPicture.Kind.LEGAL_PROOF) if self.registered else None
        if not cleaned.get("legal_number") and proof is None:
            self.add_error("legal_number", _gettext("请填法律职业资格证书编号。"))
        return cleaned

    def save_for(self, actor: User) -> Officer | None:
        """Write the officer; nothing, with the errors in place, when the register refuses."""
        try:
            return save_officer(
                self.save(commit=False),
                department=self.department,
                actor=actor,
                reason=str(self.cleaned_data.get("reason", "")),
                entered_on=self.cleaned_data.get("entered_on"),
            )
        except StaffProblem as problem:
            self.add_error(problem.field if problem.field in self.fields else "entered_on", str(problem))
            return None


class PostingForm(forms.Form):
    """What became of an officer's post: another one here, gone, or back."""

    ending = forms.ChoiceField(label=_("情形"), widget=forms.RadioSelect)
    on = DayField(label=_("日期"))
    position = forms.CharField(label=_("职务"), required=False, max_length=60)
    ground = forms.CharField(label=_("缘由和文件"), max_length=200, help_text=_("例如：某局任免文件的文号和日期"))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", "label_suffix": ""} | kwargs)
        self.officer = officer
        ending: Any = self.fields["ending"]
        if officer.active:
            ending.choices = Posting.Ending.choices
            self.fields["on"].help_text = _("新职务到任之日，或者离岗后的第一天；不能在将来")
            self.fields["position"].help_text = _("只有调整职务时填")
        else:
            del self.fields["ending"]
            self.fields["on"].help_text = _("返岗之日")
            self.fields["position"].help_text = _("不填为原职务 %(position)s") % {"position": officer.position or "—"}

    def save_for(self, actor: User) -> bool:
        """Write it; False, with the sentence in place, when the register or the door refuses."""
        given = self.cleaned_data
        said = {"on": given["on"], "ground": given["ground"], "actor": actor}
        try:
            if not self.officer.active:
                return_to_duty(self.officer, position=given["position"], **said)
            elif given["ending"] == Posting.Ending.CHANGE:
                change_position(self.officer, position=given["position"], **said)
            else:
                leave(self.officer, ending=given["ending"], **said)
        except StaffProblem as problem:
            self.add_error(problem.field if problem.field in self.fields else None, str(problem))
            return False
        except DoorError as refusal:
            self.add_error(None, refusal.sentence)
            return False
        return True


class PictureForm(forms.Form):
    """One picture of an officer; judged by its content."""

    file = forms.FileField(
        label=_("图片"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    def clean_file(self) -> bytes:
        """The bytes; not more than are looked at anyway."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(
                _("图片超过 %(most)d MB。请缩小后再上传。"), params={"most": LARGEST_BYTES >> 20}
            )
        content: bytes = file.read()
        return content


class FindForm(forms.Form):
    """Search by the exact number; posted, so that no number stands in an address or a log."""

    identity = forms.CharField(
        label=_("公民身份号码"),
        max_length=20,
        validators=[validate_identity],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "form-control"}),
        error_messages={"required": _("必须填写。")},
    )
