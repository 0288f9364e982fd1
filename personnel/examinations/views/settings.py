"""The page on which the bureau's head sets the local numbers of examinations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.examinations.models import ExaminationSetting
from portal.accounts.roles import Role
from portal.web.base import DeskView

RANGES = {
    "pass_percent": (1, 100),
    "attempts": (1, 10),
    "wait_days": (0, 365),
    "least_sittings": (5, 1000),
    "threshold_percent": (0, 100),
}


class SettingForm(forms.ModelForm[ExaminationSetting]):
    """The numbers, and on which ground."""

    class Meta:
        model = ExaminationSetting
        fields = (
            "pass_percent",
            "attempts",
            "wait_days",
            "least_sittings",
            "second_marking",
            "threshold_percent",
            "ground",
        )
        widgets = {"ground": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "second_marking": gettext_lazy("对设定以后发布的考试起作用；不勾选的，每份答卷由一人评阅"),
            "threshold_percent": gettext_lazy(
                "例如分值 10 分、填 20：两人相差超过 2 分的，由第三人评阅，取最接近的两个评分的平均分"
            ),
            "ground": gettext_lazy("例如会议纪要、通知的文号"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", "label_suffix": ""} | kwargs)
        for name, (least, most) in RANGES.items():
            words = _("应当在 %(least)d 到 %(most)d 之间。") % {"least": least, "most": most}
            # The model's own validators tell of the column's type; these tell of the rule, and alone.
            self.fields[name].validators = [MinValueValidator(least, words), MaxValueValidator(most, words)]


class SettingsView(DeskView):
    """`/desk/examinations/settings/`: what holds for examinations prepared from now on, and what held before."""

    roles = frozenset({Role.SUPERVISION_HEAD.value})

    def get(self, _request: Any) -> HttpResponse:
        """The form begins with what holds."""
        now = ExaminationSetting.current()
        return self.show(SettingForm(initial={name: getattr(now, name) for name in (*RANGES, "second_marking")}))

    def post(self, request: Any) -> HttpResponseBase:
        """Set."""
        form = SettingForm(request.POST, instance=ExaminationSetting(made_by=self.user))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, _("已设定，以后筹备的考试按此预填。"))
        return redirect("examinations:settings")

    def show(self, form: SettingForm, status: int = 200) -> HttpResponse:
        """The page."""
        rows = ExaminationSetting.objects.select_related("made_by").order_by("-pk")[:50]
        crumbs = [{"label": _("考试"), "url": reverse("examinations:exams")}, {"label": _("考试规则")}]
        return self.page("examinations/settings.html", {"form": form, "rows": rows, "crumbs": crumbs}, status=status)
