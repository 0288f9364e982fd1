"""Pages that belong to no room: workbench, search, list of deadlines, display switches, health."""

from __future__ import annotations

import calendar as months
import datetime as dt
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.roles import Role
from portal.deadlines.calendar_store import calendar
from portal.deadlines.models import Obligation
from portal.matters.models import Matter
from portal.matters.registry import kinds
from portal.theme.components import Cell, Empty
from portal.web.base import DeskView, matter_url
from portal.web.context import EASY_COOKIE
from portal.web.tables import SHORTEST_TEXT, Column, ListView, Text
from portal.web.workbench import grouped, workbench
from portal.workflow.actions import Action
from portal.workflow.registry import all_actions

YEAR_SECONDS = 365 * 24 * 3600
MOST_DUTIES = 500


class WorkbenchView(DeskView):
    """`/desk/`: one question, what is to be done today."""

    def get(self, request: Any) -> HttpResponse:
        """The page."""
        bench = workbench(self.user, scope=request.GET.get("scope", ""))
        roles = "、".join(str(role.label) for role in Role if role.value in self.user.roles)
        return self.page(
            "web/workbench.html",
            {"bench": bench, "today": timezone.localdate(), "roles": roles, "beginnings": self.beginnings()},
        )

    def beginnings(self) -> dict[str, list[dict[str, str]]]:
        """The actions that bring something into being and are this person's to do; the everyday ones first."""
        found = [
            one
            for one in all_actions()
            if one.creates and one.roles and not one.hidden and not one.rare
            if self.user.has_role(*(one.proposes or one.roles))
        ]
        everyday = [one for one in found if one.primary] or found[:1]
        return {
            "everyday": [_beginning(one) for one in everyday],
            "others": [_beginning(one) for one in found if one not in everyday],
        }


def _beginning(action: Action[Any, Any]) -> dict[str, str]:
    return {"label": str(action.label), "url": reverse("web:act-new", args=[action.key])}


class SearchView(ListView):
    """`/desk/search/`: matters by number or title, among those the person may see."""

    title = gettext_lazy("查找事项")
    template = "web/search.html"
    columns = (
        Column("title", gettext_lazy("事项"), lambda row: Cell(row.title, url=matter_url(row), small=row.number)),
        Column("kind", gettext_lazy("种类"), lambda row: kind_label(row.kind)),
        Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        Column("opened_at", gettext_lazy("开始"), lambda row: Cell(timezone.localtime(row.opened_at).date().isoformat()), order="opened_at"),
    )  # fmt: skip
    default_order = "-opened_at"
    facets = (Text("q", gettext_lazy("查找"), ("title", "number")),)

    @property
    def words(self) -> str:
        """What is looked for."""
        return " ".join(self.request.GET.get("q", "").split())

    @property
    def too_short(self) -> bool:
        """Whether no word is long enough to be looked for."""
        return all(len(word) < SHORTEST_TEXT for word in self.words.split())

    def rows(self) -> Any:
        """Visible matters; nothing before there is anything to look for."""
        if self.too_short:
            return Matter.objects.none()
        return Matter.objects.visible_to(self.user).select_related("department")

    def empty(self) -> Empty:
        """What to do."""
        return Empty(_("输入两个字以上开始查找"), _("可以查案号、文号、当事人和事由；多个词用空格隔开。"))

    def context(self) -> dict[str, Any]:
        """The words in the field, and whether they were too short."""
        return {"search_query": self.words, "too_short": bool(self.words) and self.too_short}


def kind_label(key: str) -> str:
    """A kind of matter in words."""
    return next((str(kind.label) for kind in kinds() if kind.key == key), key)


class DeadlinesView(DeskView):
    """`/desk/deadlines/`: the deadlines of the person's department, a month at a time."""

    def get(self, request: Any) -> HttpResponse:
        """One month as a list; what is overdue stands before the present month."""
        first = month_of(request.GET.get("month", ""))
        today = timezone.localdate()
        last = first.replace(day=months.monthrange(first.year, first.month)[1])
        rows = (
            Obligation.objects.open()
            .duties()
            .filter(department=self.user.home_id, due_on__range=(first, last))
            .select_related("matter")
            .order_by("due_at", "pk")[: MOST_DUTIES + 1]
        )
        found = list(rows)
        days: dict[dt.date, list[Any]] = {}
        groups = grouped(found[:MOST_DUTIES], self.user, timezone.now(), calendar("xinjiang"))
        for duty in sorted((one for group in groups for one in group.duties), key=lambda one: one.due_on or today):
            days.setdefault(duty.due_on or today, []).append(duty)
        return self.page(
            "web/deadlines.html",
            {
                "first": first,
                "days": [{"day": day, "duties": duties, "today": day == today} for day, duties in days.items()],
                "groups": groups,
                "capped": len(found) > MOST_DUTIES,
                "previous": (first - dt.timedelta(days=1)).strftime("%Y-%m"),
                "next": (last + dt.timedelta(days=1)).strftime("%Y-%m"),
                "now": today.strftime("%Y-%m"),
                "is_now": (first.year, first.month) == (today.year, today.month),
            },
        )


def month_of(text: str) -> dt.date:
    """The first day of «2026-11»; of the present month when the text names none."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return timezone.localdate().replace(day=1)


def to_public(_request: HttpRequest) -> HttpResponseBase:
    """`/` of the desk's own process: the public site."""
    return redirect(f"{settings.PUBLIC_URL}/")


@require_GET
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """`/desk/healthz`: 200 when the database answers, else 503; for the proxy, without signing in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up"})


@require_POST
def easy(request: HttpRequest) -> HttpResponseBase:
    """The switch to large type and high contrast, kept in a cookie for a year."""
    answer = redirect(safe_next(request))
    if request.POST.get("easy") == "1":
        answer.set_cookie(EASY_COOKIE, "1", max_age=YEAR_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        answer.delete_cookie(EASY_COOKIE)
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """The switch of language, kept in a cookie for a year."""
    answer = redirect(safe_next(request))
    chosen = request.POST.get("language", "")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR_SECONDS, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return answer


def safe_next(request: HttpRequest) -> str:
    """Where to go back to: an address of this site, else the workbench."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("web:workbench")
