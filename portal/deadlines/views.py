"""Calendar pages of the bureau, and the calculator that shows anyone how a date follows from the law."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.deadlines.calculation import calculate
from portal.deadlines.calendar_store import NAMES, publish_year, published_years
from portal.deadlines.calendars import YearDays
from portal.deadlines.errors import DeadlineError
from portal.deadlines.forms import FIRST_YEAR, LAST_YEAR, CalculatorForm, ImportForm, YearForm, written
from portal.deadlines.models import CalendarVersion
from portal.theme.components import Cell, Clock, Column, Table, TraceStep

SHOWN_BEFORE, SHOWN_AFTER = 4, 1
LAST_VERSIONS = 10


def may_edit(user: User) -> bool:
    """Entering calendars is the bureau's: its supervisors and its platform administrator."""
    if user.has_role(Role.SUPERVISOR, Role.SUPERVISION_HEAD):
        return True
    department = user.department
    return department is not None and department.kind == department.Kind.BUREAU and user.has_role(Role.DEPT_ADMIN)


def _editor(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not may_edit(user):
        raise PermissionDenied(_("日历由区司法局录入，您的角色不能录入。"))
    return user


@login_required
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """The years of both calendars: which are entered, from which source, which are missing."""
    today = timezone.localdate()
    years = list(range(today.year + SHOWN_AFTER, today.year - SHOWN_BEFORE - 1, -1))
    known = {key: published_years(key) for key in NAMES}
    rows = [[Cell(str(year)), *(_year_cell(key, year, known[key].get(year)) for key in NAMES)] for year in years]
    versions = CalendarVersion.objects.select_related("calendar", "made_by").order_by("-made_at", "-pk")[:LAST_VERSIONS]
    context = {
        "years": Table(_("各年度的日历"), [Column(_("年度")), *(Column(name) for name in NAMES.values())], rows),
        "versions": Table(
            _("最近的录入"),
            [Column(_("版本")), Column(_("时间")), Column(_("录入人")), Column(_("来源"))],
            [_version_row(version) for version in versions],
        ),
        "keys": NAMES.items(),
        "may_edit": isinstance(request.user, User) and may_edit(request.user),
    }
    return render(request, "deadlines/calendars.html", context)


def _year_cell(key: str, year: int, days: YearDays | None) -> Cell:
    url = reverse("deadlines:calendar-year", args=[key, year])
    if days is None:
        return Cell(_("尚未录入"), url=url, shape="provisional")
    count = len(days.off) + len(days.work)
    return Cell(_("已录入 %(count)d 个日期") % {"count": count}, url=url, shape="green", small=days.source[:60])


def _version_row(version: CalendarVersion) -> list[Cell]:
    made = timezone.localtime(version.made_at)
    actor = version.made_by.name if version.made_by else _("系统")
    return [Cell(str(version)), Cell(f"{made:%Y-%m-%d %H:%M}"), Cell(actor), Cell(version.source or _("程序自带"))]


@login_required
@require_http_methods(["GET", "POST"])
def calendar_year(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """One year: read by all, edited by the bureau; saving makes a new version and recomputes what it moves."""
    if key not in NAMES or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    days = published_years(key).get(year)
    initial = {"days": written(days), "source": days.source if days else ""}
    form = YearForm(request.POST or None, year=year, initial=initial)
    if request.method == "POST":
        editor = _editor(request)
        if form.is_valid():
            version = publish_year(form.cleaned_data["year_days"], key=key, actor=editor)
            messages.success(request, _saved(version, year))
            return redirect("deadlines:calendars")
    context = {
        "form": form,
        "key": key,
        "name": NAMES[key],
        "year": year,
        "days": days,
        "may_edit": isinstance(request.user, User) and may_edit(request.user),
    }
    return render(request, "deadlines/calendar_year.html", context, status=422 if form.errors else 200)


def _saved(version: CalendarVersion, year: int) -> str:
    return _("%(name)s日历%(year)d年已录入（版本 %(version)s）。受影响的期限正在重算，每一处变更都会留下记录。") % {
        "name": version.calendar.name,
        "year": year,
        "version": version,
    }


@login_required
@require_http_methods(["GET", "POST"])
def import_year(request: HttpRequest, key: str) -> HttpResponse:
    """A year from a file; errors are sentences at the file."""
    if key not in NAMES:
        raise Http404
    editor = _editor(request)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"year": timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["year_days"]
        version = publish_year(days, key=key, actor=editor, source=form.cleaned_data["source"] or days.source)
        messages.success(request, _saved(version, days.year))
        return redirect("deadlines:calendar-year", key=key, year=days.year)
    context = {"form": form, "key": key, "name": NAMES[key]}
    return render(request, "deadlines/import_year.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Rule, day and calendar in, date and every step out."""
    form = CalculatorForm(request.GET or None)
    clock = None
    if request.GET and form.is_valid():
        data = form.cleaned_data
        try:
            answer = calculate(data["rule"], data["start"], data["calendar"])
        except DeadlineError as error:
            form.add_error("rule", str(error))
        else:
            by_hours = isinstance(answer.due, datetime)
            clock = Clock(
                name=answer.rule.title,
                shape="provisional" if answer.provisional else "green",
                words=_("暂定") if answer.provisional else _("确定"),
                due_on=None if by_hours else answer.due,
                due_at=answer.due if isinstance(answer.due, datetime) else None,
                trace=[TraceStep(step.text, step.article) for step in answer.trace],
                article=answer.rule.article,
                calendar_version=answer.calendar.version,
                provisional=answer.provisional,
            )
    return render(request, "deadlines/calculator.html", {"form": form, "clock": clock})
