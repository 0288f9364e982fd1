"""Pages of alerts: the list, one group with its boxes, and the lead that is opened from it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.roles import BUREAU_ROLES
from portal.deadlines.calendar_store import calendar
from portal.deadlines.calendars import WorkCalendar
from portal.deadlines.registry import rules
from portal.theme.components import Cell, Empty
from portal.web.action_views import ActionView, Place, action_url
from portal.web.base import DeskView, matter_url
from portal.web.forms import ActionForm
from portal.web.tables import Choice, Column, ListView
from portal.workflow import proposals
from supervision.alerts import DISMISS
from supervision.models import Alert
from supervision.papers import duty_state
from supervision.people import SUPERVISORS, labelled, open_alerts, supervised_departments
from supervision.wording import duty_article, duty_title

MOST_IN_A_LETTER = 200


def standing_cell(alert: Alert) -> Cell:
    """What the bureau has done about it."""
    if alert.is_lifted:
        return Cell(_("已更正，未逾期"), shape="grey")
    words = str(alert.get_state_display())
    if alert.state == Alert.State.NEW:
        return Cell(words, shape="amber" if alert.is_made_good else "red")
    return Cell(words, shape="grey")


def late_cell(alert: Alert, days: WorkCalendar) -> Cell:
    """How late, and whether it was done after all."""
    light = alert.obligation.light(timezone.now(), days)
    tag = _("已补办") if alert.is_made_good else ""
    shape: Any = light.shape
    due = _("期限 %(due)s") % {"due": alert.obligation.due_on.isoformat()}
    return Cell(light.words, shape=shape, tag=tag, small=due)


def matter_cell(alert: Alert) -> Cell:
    """The matter the duty is about."""
    return Cell(alert.matter.title, url=matter_url(alert.matter), small=alert.matter.number)


def narrow_standing(rows: Any, chosen: list[str]) -> Any:
    """Rows of one of the chosen standings."""
    late = Q(obligation__missed_at__isnull=False, obligation__closed_in_time=False)
    undone = Q(obligation__settled_at=None, obligation__cancelled_at=None)
    parts = {
        "undone": late & undone & Q(state="new"),
        "made_good": late & ~undone & Q(state="new"),
        "linked": Q(state="linked"),
        "dismissed": Q(state="dismissed"),
        "lifted": ~late & ~Q(state="dismissed"),
    }
    wanted = Q()
    for name in chosen:
        wanted |= parts[name]
    return rows.filter(wanted)


STANDINGS = (
    ("undone", gettext_lazy("待处理，未补办")),
    ("made_good", gettext_lazy("待处理，已补办")),
    ("linked", gettext_lazy("已并入监督案件")),
    ("dismissed", gettext_lazy("不予处理")),
    ("lifted", gettext_lazy("已更正，未逾期")),
)


class AlertsView(ListView):
    """`/desk/supervision/alerts/`: the bureau sees all, a department its own."""

    title = gettext_lazy("期限预警")
    template = "supervision/alerts.html"
    default_order = "-missed_at"
    export_name = "alerts"

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]  # the calendar is read once for all rows
        """What a line says."""
        days = calendar("xinjiang")
        return (
            Column(
                "matter",
                gettext_lazy("事项"),
                matter_cell,
                export=lambda row: f"{row.matter.number} {row.matter.title}",
            ),
            Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
            Column("rule", gettext_lazy("期限"), lambda row: Cell(duty_title(row.rule), small=duty_article(row.rule))),
            Column(
                "late",
                gettext_lazy("逾期"),
                lambda row: late_cell(row, days),
                order="missed_at",
                export=lambda row: f"{row.obligation.due_on.isoformat()} {late_cell(row, days).text}",
            ),
            Column("state", gettext_lazy("处理"), standing_cell),
        )

    @property
    def facets(self) -> tuple[Choice, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        keys = Alert.objects.visible_to(self.user).order_by().values_list("rule", flat=True).distinct()
        found = [
            Choice("state", gettext_lazy("处理情况"), STANDINGS, narrow_standing),
            Choice(
                "rule",
                gettext_lazy("期限"),
                sorted((key, duty_title(key)) for key in keys),
                lambda rows, chosen: rows.filter(rule__in=chosen),
            ),
        ]
        if self.user.sees_everything:
            found.append(
                Choice(
                    "department",
                    gettext_lazy("部门"),
                    [(row.code, row.short_name) for row in supervised_departments()],
                    lambda rows, chosen: rows.filter(department__code__in=chosen),
                )
            )
        return tuple(found)

    def rows(self) -> Any:
        """Visible alerts with what a line needs."""
        return Alert.objects.visible_to(self.user).select_related("matter", "department", "obligation")

    def empty(self) -> Empty:
        """When something will appear."""
        return Empty(_("没有预警"), _("法定期限届满还没有办的，会自动出现在这里，同时通知部门和监督机构。"))


class GroupView(DeskView):
    """`/desk/supervision/alerts/group/?department=…&rule=…`: choose what one letter covers."""

    roles = BUREAU_ROLES

    def get(self, request: Any) -> HttpResponse:
        """Unanswered alerts of one department and rule, each with a box."""
        alerts = group_of(self.user, request.GET)
        if not alerts:
            raise Http404
        first = alerts[0]
        now, days = timezone.now(), calendar("xinjiang")
        return self.page(
            "supervision/group.html",
            {
                "department": first.department,
                "duty": duty_title(first.rule),
                "article": duty_article(first.rule),
                "rows": [
                    {
                        "alert": alert,
                        "url": matter_url(alert.matter),
                        "light": alert.obligation.light(now, days),
                        "dismiss_url": action_url("alert.dismiss", alert, alert.matter),
                    }
                    for alert in alerts
                ],
                "capped": len(alerts) == MOST_IN_A_LETTER,
                "may_open": self.user.has_role(*SUPERVISORS),
                "may_dismiss": self.user.has_role(*DISMISS.roles),
                "crumbs": [
                    {"label": _("监督"), "url": reverse("supervision:board")},
                    {"label": _("期限预警"), "url": reverse("supervision:alerts")},
                    {"label": first.department.short_name},
                ],
            },
        )


def group_of(user: Any, query: Any) -> list[Alert]:
    """The alerts an address names: by key, or all unanswered ones of a department and rule."""
    rows = open_alerts(None, user)
    keys = [key for key in query.getlist("alert") if key.isdigit()]
    if keys:
        rows = rows.filter(pk__in=keys)
    elif query.get("department") and query.get("rule") in rules():
        rows = rows.filter(department__code=query["department"], rule=query["rule"])
    else:
        return []
    return list(rows.order_by("missed_at", "pk")[:MOST_IN_A_LETTER])


@dataclass(frozen=True)
class FromAlerts(Place):
    """The form of a lead that keeps in its address which alerts it was opened from."""

    query: str = ""

    def url(self, name: str = "act") -> str:
        """The page's own address; autosave is the general one."""
        if name != "act":
            return super().url(name)
        return f"{reverse('supervision:open')}?{self.query}"

    @property
    def back(self) -> str:
        """The board."""
        return reverse("supervision:board")


class OpenView(ActionView):
    """`/desk/supervision/open/?alert=…`: a lead from alerts, with what they say filled in."""

    alerts: list[Alert]

    def prepare(self, action_key: str, matter_pk: int | None, subject_pk: int | None) -> HttpResponseBase | None:
        """Find the alerts too; 404 when the address names none that is open."""
        answer = super().prepare(action_key, matter_pk, subject_pk)
        self.alerts = group_of(self.user, self.request.GET)
        if not self.alerts:
            raise Http404
        query = urlencode([("alert", alert.pk) for alert in self.alerts])
        self.place = FromAlerts(self.place.action, query=query)
        return answer

    def get(
        self, _request: Any, action_key: str, matter_pk: int | None = None, subject_pk: int | None = None
    ) -> HttpResponseBase:
        """The form, filled from the alerts, or from the draft that was begun with the same ones."""
        if (elsewhere := self.prepare(action_key, matter_pk, subject_pk)) is not None:
            return elsewhere
        keys = [str(alert.pk) for alert in self.alerts]
        draft = proposals.draft_of(None, self.place.action, self.user)
        same = draft is not None and sorted(draft.data.get("alerts") or []) == sorted(keys)
        initial: dict[str, Any] = (
            {key: value for key, value in draft.data.items() if key[0] != "_"} if draft and same else {}
        )
        if not same:
            initial = {
                "target": self.alerts[0].department_id,
                "source": "alert",
                "mode": "daily",
                "facts": facts_words(self.alerts),
                "alerts": keys,
            }
            if draft is not None:
                messages.info(self.request, _("您另有一份没有提交的线索草稿；在这里继续填写会覆盖它。"))
        initial |= {"form_token": uuid.uuid4().hex, "draft_version": draft.version if draft else 0}
        return self.form_page(self.form(initial=initial), draft if same else None)

    def form(self, **options: Any) -> ActionForm:
        """The action's form, offering exactly these alerts."""
        form = super().form(**options)
        form.fields["alerts"].choices = labelled(self.alerts)  # type: ignore[attr-defined]  # a field of choices
        return form


def facts_words(alerts: list[Alert]) -> str:
    """The first account of the facts: how many, and each with its date and what became of it."""
    now, days = timezone.now(), calendar("xinjiang")
    first = alerts[0]
    head = _("经期限监测，截至 %(day)s，%(department)s有 %(count)d 件“%(duty)s”（%(article)s）逾期：") % {
        "day": timezone.localdate(now).isoformat(),
        "department": first.department.name,
        "count": len(alerts),
        "duty": duty_title(first.rule),
        "article": duty_article(first.rule),
    }
    lines = [
        _("%(number)d. %(matter)s，期限 %(due)s，%(state)s。")
        % {
            "number": number,
            "matter": f"{alert.matter.number} {alert.matter.title}".strip(),
            "due": alert.obligation.due_on.isoformat(),
            "state": duty_state(alert.obligation, now, days),
        }
        for number, alert in enumerate(alerts[:20], start=1)
    ]
    more = [_("其余 %(count)d 件见预警清单。") % {"count": len(alerts) - 20}] if len(alerts) > 20 else []
    return "\n".join([head, *lines, *more])
