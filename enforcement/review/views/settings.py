"""Who may review, and what is set locally; every entry is a new row, the older ones stay readable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.review.models import Reviewer, ReviewSetting
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.web.base import DeskView
from portal.web.fields import DayField

CHIEFS = frozenset({Role.HEAD.value, Role.DEPUTY.value, Role.SUPERVISION_HEAD.value})
EARLIEST_YEAR, DAYS_AHEAD = 1980, 366
SHOWN = 50


class ReviewerForm(forms.ModelForm[Reviewer]):
    """Who, by what, on what ground."""

    since = DayField(required=False, label=gettext_lazy("从事法制审核的起始日期"))

    class Meta:
        model = Reviewer
        fields = ("user", "standing", "certificate", "since", "ground")
        help_texts = {
            "certificate": gettext_lazy("取得法律职业资格的填写"),
            "ground": gettext_lazy("例如：任命或者聘用文件的文号，此前审核的案件"),
        }

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]  # a field of rows
        self.fields["since"].help_text = _(
            "此前已经从事法制审核的填写：初次从事的必须取得法律职业资格（处罚法58条2款）"
        )

    def clean(self) -> dict[str, Any]:
        """Each standing has its own proof."""
        cleaned: dict[str, Any] = super().clean() or {}
        standing, since = cleaned.get("standing"), cleaned.get("since")
        if standing == Reviewer.Standing.EXAM and not cleaned.get("certificate", "").strip():
            self.add_error("certificate", _("请填写法律职业资格证书编号。"))
        if standing == Reviewer.Standing.EARLIER and "since" not in self.errors:
            if since is None:
                self.add_error("since", _("请填写从事法制审核的起始日期。"))
            elif not since.year >= EARLIEST_YEAR or since > timezone.localdate():
                self.add_error("since", _("日期应当在 %(year)d 年以后、今天以前。") % {"year": EARLIEST_YEAR})
        if not cleaned.get("ground", "").strip() and "ground" not in self.errors:
            self.add_error("ground", _("请写明依据。"))
        return cleaned


def people_of(user: User) -> Any:
    """Whose standing the person may record: legal officers and counsel of the own department."""
    roles = (Role.LEGAL.value, Role.COUNSEL.value)
    return (
        User.objects.filter(department=user.department_id, is_active=True, role_assignments__role__in=roles)
        .distinct()
        .order_by("name", "pk")
    )


class ReviewersView(DeskView):
    """`/desk/review/reviewers/`: heads record their legal officers, the bureau's head its pool of counsel."""

    roles = CHIEFS

    def get(self, _request: Any) -> HttpResponse:
        """The form and what was recorded."""
        return self.show(ReviewerForm(people=people_of(self.user)))

    def post(self, request: Any) -> HttpResponseBase:
        """One more row."""
        form = ReviewerForm(request.POST, instance=Reviewer(made_by=self.user), people=people_of(self.user))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, _("审核人员已登记。"))
        return redirect("review:reviewers")

    def show(self, form: ReviewerForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        rows = Reviewer.objects.select_related("user", "made_by")
        if not self.user.sees_everything:
            rows = rows.filter(user__department=self.user.home_id)
        return self.page("review/reviewers.html", _context(form, rows, _("法制审核人员")), status=status)


class SettingForm(forms.ModelForm[ReviewSetting]):
    """When review comes, how many discuss, from when, on what ground."""

    from_on = DayField(label=gettext_lazy("自"))

    class Meta:
        model = ReviewSetting
        fields = ("order", "leaders", "from_on", "ground")
        help_texts = {"leaders": gettext_lazy("不少于 2 名（参照案卷评查标准）")}

    def clean_from_on(self) -> Any:
        """From today on, not years ahead: what was done stays as it was judged."""
        day, today = self.cleaned_data["from_on"], timezone.localdate()
        if not 0 <= (day - today).days <= DAYS_AHEAD:
            raise forms.ValidationError(_("只能从今天起、一年之内的日期起设定。"))
        return day


class SettingsView(DeskView):
    """`/desk/review/settings/`: a head sets for his department, the bureau's head for all that set nothing."""

    roles = CHIEFS

    def get(self, _request: Any) -> HttpResponse:
        """The form, with what holds now."""
        today = timezone.localdate()
        now = ReviewSetting.of(self.user.department_id or 0, today)
        return self.show(SettingForm(initial={"order": now.order, "leaders": now.leaders, "from_on": today}))

    def post(self, request: Any) -> HttpResponseBase:
        """One more row."""
        everybody = self.user.has_role(Role.SUPERVISION_HEAD)
        row = ReviewSetting(made_by=self.user, department=None if everybody else self.user.department)
        form = SettingForm(request.POST, instance=row)
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        messages.success(request, _("法制审核的做法已设定。"))
        return redirect("review:settings")

    def show(self, form: SettingForm, *, status: int = 200) -> HttpResponse:
        """The page."""
        rows = ReviewSetting.objects.select_related("department", "made_by")
        if not self.user.sees_everything:
            rows = rows.filter(Q(department=self.user.home_id) | Q(department=None))
        return self.page("review/settings.html", _context(form, rows, _("法制审核设定")), status=status)


def _context(form: Any, rows: Any, title: str) -> dict[str, Any]:
    crumbs = [
        {"label": _("法制审核"), "url": reverse("review:queue")},
        {"label": _("审核情况"), "url": reverse("review:board")},
        {"label": title, "url": ""},
    ]
    return {"form": form, "rows": rows.order_by("-pk")[:SHOWN], "crumbs": crumbs}
