"""The bureau's head sets how near and how much alike; every entry is a new row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.radar.models import RadarSetting
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.web.base import DeskView
from portal.web.fields import DayField
from portal.workflow.door import role_names
from portal.workflow.errors import Forbidden

SETS = frozenset({Role.SUPERVISION_HEAD.value})
DAYS_AHEAD = 366
SHOWN = 50


class SettingForm(forms.ModelForm[RadarSetting]):
    """How near, how much alike, from when, on what ground."""

    from_on = DayField(label=gettext_lazy("自"))

    class Meta:
        model = RadarSetting
        fields = ("days", "alike", "from_on", "ground")
        help_texts = {
            "days": gettext_lazy("30 至 730 日；两件登记的日期相距更远的，不提示"),
            "alike": gettext_lazy("0.30 至 1.00；1.00 只提示名称相同的事项，0.50 为一半的字词相同"),
            "ground": gettext_lazy("例如：局务会议纪要的文号"),
        }

    def clean_from_on(self) -> Any:
        """From today on, not years ahead."""
        day, today = self.cleaned_data["from_on"], timezone.localdate()
        if not 0 <= (day - today).days <= DAYS_AHEAD:
            raise forms.ValidationError(_("只能从今天起、一年之内的日期起设定。"))
        return day

    def clean_ground(self) -> str:
        """Words, not blanks."""
        ground: str = self.cleaned_data["ground"].strip()
        if not ground:
            raise forms.ValidationError(_("请写明依据。"))
        return ground


class SettingsView(DeskView):
    """`/desk/radar/settings/`: the bureau sees it, its head sets it."""

    roles = BUREAU_ROLES

    def get(self, _request: Any) -> HttpResponse:
        """What holds now, and the form."""
        today = timezone.localdate()
        now = RadarSetting.on(today)
        return self.show(SettingForm(initial={"days": now.days, "alike": now.alike, "from_on": today}))

    def post(self, request: Any) -> HttpResponseBase:
        """One more row."""
        if not self.user.has_role(*SETS):
            raise Forbidden(_("这一项由%(who)s设定。") % {"who": role_names(SETS)}, SETS)
        form = SettingForm(request.POST, instance=RadarSetting(made_by=self.user))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, _("重复执法提示的范围已设定。"))
        return redirect("radar:settings")

    def show(self, form: SettingForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        return self.page(
            "radar/settings.html",
            {
                "form": form,
                "may": self.user.has_role(*SETS),
                "who": role_names(SETS),
                "now": RadarSetting.on(timezone.localdate()),
                "rows": RadarSetting.objects.select_related("made_by").order_by("-pk")[:SHOWN],
            },
            status=status,
        )
