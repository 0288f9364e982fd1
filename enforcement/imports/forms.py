"""The form that takes a file in: whose decisions, which file, and what to do about missing dates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from enforcement.imports.layouts import LAYOUTS
from portal.accounts.models import Department, User

ENFORCING = ("organ", "empowered", "dispatched", "entrusted", "street")


def departments_for(user: User) -> Any:
    """The departments a person may import for: the own one; all that enforce for the bureau."""
    rows = Department.objects.filter(is_active=True, kind__in=ENFORCING)
    return rows if user.sees_everything else rows.filter(users=user)


class UploadForm(forms.Form):
    """One file for one department."""

    department = forms.ModelChoiceField(
        queryset=Department.objects.none(),
        label=_("部门"),
        empty_label=_("请选择"),
        help_text=_("这些决定归入哪个部门"),
    )
    file = forms.FileField(
        label=_("文件"),
        max_length=200,
        help_text=_("CSV（UTF-8 或者 GB18030）、xlsx、xls；保留原系统的表头。处理完即删除，只留校验值"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls"}),
    )
    layout = forms.ChoiceField(label=_("格式"), required=False, help_text=_("一般不用选，按表头认；认不出时才指定"))
    decided_on_from = forms.CharField(
        label=_("推定决定日期的列"),
        required=False,
        max_length=100,
        help_text=_("没有决定日期的行，用这一列的日期代替并注明是推定，例如：发布日期。不填则留待补全"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", "label_suffix": ""} | kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_for(user)
        if not user.sees_everything:
            self.initial["department"] = user.department_id
            department.empty_label = None
        layout: Any = self.fields["layout"]
        layout.choices = [("", _("按表头认")), *((key, known.label) for key, known in LAYOUTS.items())]

    def clean_file(self) -> UploadedFile[Any]:
        """Not larger than the portal takes."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        most = settings.ATTACHMENT_MAX_BYTES
        if (file.size or 0) > most:
            raise ValidationError(
                _("文件超过 %(most)d MB，请分成几个文件。"), code="large", params={"most": most >> 20}
            )
        return file
