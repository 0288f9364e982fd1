"""The bureau's local rules of applying; every setting is a new row, the older ones stay readable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.applications.models import Rule
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.theme.components import Pair
from portal.web.base import DeskView
from portal.workflow.errors import Forbidden

SETTERS = frozenset({Role.SUPERVISION_HEAD.value})


class RuleForm(forms.ModelForm[Rule]):
    """The two switches, and on what ground."""

    class Meta:
        model = Rule
        fields = ("exempts_qualified", "wants_photo", "ground")
        widgets = {"ground": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "exempts_qualified": gettext_lazy(
                "人员登记里有法律职业资格的，核对考试时可以选“免试”；不选则一律须有合格成绩"
            ),
            "wants_photo": gettext_lazy("证件上要印照片；不选则没有照片也能报送"),
        }


class SettingsView(DeskView):
    """`/desk/applications/settings/`: the head of supervision sets, the other supervisors read."""

    roles = BUREAU_ROLES

    def get(self, _request: Any) -> HttpResponse:
        """The form, with what holds now."""
        now = Rule.current()
        start = {"exempts_qualified": now.exempts_qualified, "wants_photo": now.wants_photo}
        return self.show(RuleForm(initial=start))

    def post(self, request: Any) -> HttpResponseBase:
        """One more row."""
        if not self.user.has_role(*SETTERS):
            raise Forbidden(_("由执法监督机构负责人设定。"), SETTERS)
        form = RuleForm(request.POST, instance=Rule(made_by=self.user))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, _("申领规则已设定。"))
        return redirect("applications:settings")

    def show(self, form: RuleForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        now = Rule.current()
        yes, no = _("是"), _("否")
        context = {
            "form": form if self.user.has_role(*SETTERS) else None,
            "pairs": [
                Pair(_("取得法律职业资格的免于考试"), yes if now.exempts_qualified else no),
                Pair(_("报送前须上传照片"), yes if now.wants_photo else no),
            ],
            "rows": Rule.objects.select_related("made_by").order_by("-pk")[:20],
            "crumbs": [
                {"label": _("执法证申领"), "url": reverse("applications:list")},
                {"label": _("申领规则")},
            ],
        }
        return self.page("applications/settings.html", context, status=status)
