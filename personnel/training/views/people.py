"""Pages of a person's hours: one's own, an officer's, and a statement that was handed out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.models import Officer
from personnel.training.hours import shown
from personnel.training.models import HoursStatement, LongLeave, Session, Standing, TrainingHours
from personnel.training.models.quota import REQUIRED_TENTHS
from personnel.training.statements import ASKING
from personnel.training.views.sessions import times
from portal.accounts.roles import Role
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web.base import DeskView, visible_or_404
from portal.web.fields import DayField
from portal.web.workspace import workspace
from portal.workflow.errors import Forbidden


class LeaveForm(forms.ModelForm[LongLeave]):
    """A long absence: from, to, why; two must not overlap."""

    begun_on = DayField(label=gettext_lazy("自"))
    ended_on = DayField(label=gettext_lazy("至"))

    class Meta:
        model = LongLeave
        fields = ("begun_on", "ended_on", "ground")

    def clean(self) -> dict[str, Any]:
        """No overlap, no end before the begin."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("begun_on"), found.get("ended_on")
        if first and last and last < first:
            self.add_error("ended_on", _("“至”早于“自”，请核对。"))
        elif first and last:
            rows = LongLeave.objects.filter(officer=self.instance.officer_id, begun_on__lte=last, ended_on__gte=first)
            if rows.exists():
                self.add_error("begun_on", _("与已登记的离岗时间重叠。"))
        return found


class HoursPage(DeskView):
    """What both pages of hours show."""

    def year(self) -> int:
        """The year asked for, else this one."""
        asked, now = self.request.GET.get("year", ""), timezone.localdate().year
        return int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= now + 1 else now

    def show(self, officer: Officer, *, own: bool, form: LeaveForm | None = None, status: int = 200) -> HttpResponse:
        """The page."""
        year, this = self.year(), timezone.localdate().year
        entries = TrainingHours.objects.filter(officer=officer, on__year=year)
        total = entries.total()
        standing = Standing.objects.filter(officer=officer, year=year).first()
        required = standing.required if standing else REQUIRED_TENTHS
        admin = self.user.has_role(Role.DEPT_ADMIN) and self.user.department_id == officer.department_id
        return self.page(
            "training/hours.html",
            {
                "title": _("我的学时") if own else _("%(name)s的学时") % {"name": officer.name},
                "officer": officer,
                "year": year,
                "years": [this, this - 1, this - 2],
                "total": shown(total),
                "required": shown(required),
                "value": max(0, min(total, required)),
                "most": max(required, 1),
                "missing": shown(required - total) if total < required else "",
                "held": standing is not None,
                "entries": entry_table(entries),
                "upcoming": upcoming(self.user) if own else None,
                "leaves": list(officer.long_leaves.all()),
                "leave_form": (form or LeaveForm()) if admin and not own else None,
                "statement_url": reverse("web:act-new", args=["training.statement.issue"])
                if (own or admin) and self.user.has_role(*ASKING)
                else "",
                "crumbs": [{"label": _("培训"), "url": reverse("training:sessions")}, {"label": officer.name}],
            },
            status=status,
        )


class MyHoursView(HoursPage):
    """`/desk/training/me/`: one's own entries and what is to come."""

    def get(self, _request: Any) -> HttpResponse:
        """The page, or a word to whoever is not in the register."""
        officer = Officer.objects.filter(user=self.user).select_related("department").first()
        if officer is None:
            return self.page("training/no_officer.html", {"crumbs": [{"label": _("我的学时")}]})
        return self.show(officer, own=True)


class HoursView(HoursPage):
    """`/desk/training/officers/<pk>/`: an officer's entries; his administrator enters a long absence."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        return self.show(visible_or_404(Officer, pk, self.user, "department"), own=False)

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """A long absence."""
        officer = visible_or_404(Officer, pk, self.user, "department")
        if not self.user.has_role(Role.DEPT_ADMIN) or self.user.department_id != officer.department_id:
            raise Forbidden(_("长期离岗由本人所在部门的平台管理员登记。"), frozenset({Role.DEPT_ADMIN.value}))
        form = LeaveForm(request.POST, instance=LongLeave(officer=officer))
        if not form.is_valid():
            return self.show(officer, own=False, form=form, status=422)
        form.save()
        messages.success(request, _("长期离岗已登记。"))
        return redirect("training:officer", pk)


def entry_table(entries: Any) -> Table:
    """Every entry, newest first."""
    rows = entries.select_related("session__matter__department", "made_by").order_by("-on", "-pk")
    return Table(
        _("学时记录"),
        [Column(_("培训")), Column(_("日期"), numeric=True), Column(_("举办单位")), Column(_("学时"), numeric=True)],
        [
            [
                Cell(
                    row.session.topic,
                    small=_("冲正：%(reason)s（%(who)s）") % {"reason": row.reason, "who": row.made_by.name}
                    if row.corrects_id
                    else str(row.session.get_form_display()),
                ),
                row.on.isoformat(),
                row.session.matter.department.short_name,
                shown(row.tenths),
            ]
            for row in rows
        ],
        empty=Empty(_("这一年还没有学时"), _("参加培训并签到，培训结束后自动计入。")),
    )


def upcoming(user: Any) -> Table:
    """What is still to come for the person's department."""
    rows = (
        Session.objects.visible_to(user)
        .filter(state=Session.State.OPEN, ends_at__gte=timezone.now() - dt.timedelta(hours=1))
        .order_by("begins_at")[:10]
    )
    return Table(
        _("可以参加的培训"),
        [Column(_("主题")), Column(_("时间")), Column(_("地点"))],
        [[Cell(row.topic, url=reverse("training:session", args=[row.pk])), times(row), row.place] for row in rows],
        empty=Empty(_("暂时没有可以参加的培训"), _("安排之后会出现在这里。")),
    )


class StatementView(DeskView):
    """`/desk/training/statements/<pk>/`: a statement that was handed out, with its paper."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        statement = visible_or_404(HoursStatement, pk, self.user, "matter__department", "officer")
        return self.page(
            "training/thing.html",
            {
                "title": statement.matter.title,
                "shape": "green",
                "words": statement.get_state_display(),
                "cards": [
                    {
                        "key": "about",
                        "title": _("学时证明"),
                        "pairs": [
                            Pair(_("人员"), statement.officer.name),
                            Pair(_("年度"), str(statement.year)),
                            Pair(_("学时"), shown(statement.tenths), small=_("出具之日的累计数")),
                        ],
                    }
                ],
                "workspace": workspace(statement, statement.matter, self.user),
                "crumbs": [{"label": _("培训"), "url": reverse("training:sessions")}, {"label": _("学时证明")}],
            },
        )
