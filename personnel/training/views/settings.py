"""The bureau's local switches of the quota; every setting is a new row, the older ones stay readable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.training.models import QuotaSetting
from portal.accounts.roles import Role
from portal.web.base import DeskView


class SettingForm(forms.ModelForm[QuotaSetting]):
    """From which year, the two switches, and on what ground."""

    class Meta:
        model = QuotaSetting
        fields = ("from_year", "proportional", "suspends", "grace_days", "ground")
        widgets = {"ground": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "proportional": gettext_lazy(
                "新持证的从取证之日起、长期离岗的扣除离岗天数，按天折算应有学时；不选则一律 60 学时"
            ),
            "suspends": gettext_lazy("每日检查，逐证暂扣并留记录；补足后由监督机构发还"),
            "grace_days": gettext_lazy("给部门补记年底培训的时间"),
        }

    def clean_from_year(self) -> int:
        """Last year at the earliest: years long judged stay as they were."""
        year: int = self.cleaned_data["from_year"]
        this = timezone.localdate().year
        if not this - 1 <= year <= this + 1:
            raise forms.ValidationError(_("只能从去年、今年或者明年起设定。"))
        return year


class SettingsView(DeskView):
    """`/desk/training/settings/`: the head of supervision sets."""

    roles = frozenset({Role.SUPERVISION_HEAD.value})

    def get(self, _request: Any) -> HttpResponse:
        """The form, with what holds now."""
        now = QuotaSetting.of(timezone.localdate().year)
        start = {"proportional": now.proportional, "suspends": now.suspends, "grace_days": now.grace_days}
        return self.show(SettingForm(initial=start | {"from_year": timezone.localdate().year}))

    def post(self, request: Any) -> HttpResponseBase:
        """One more row."""
        form = SettingForm(request.POST, instance=QuotaSetting(made_by=self.user))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, _("学时规则已设定。"))
        return redirect("training:settings")

    def show(self, form: SettingForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        rows = QuotaSetting.objects.select_related("made_by").order_by("-pk")[:20]
        crumbs = [{"label": _("年度学时"), "url": reverse("training:standings")}, {"label": _("学时规则")}]
        return self.page("training/settings.html", {"form": form, "rows": rows, "crumbs": crumbs}, status=status)
