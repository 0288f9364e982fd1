"""The queue of files that wait for review, the earliest due first."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.review.models import Round
from enforcement.review.page import SHAPES
from enforcement.review.registration import USERS
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.deadlines.models import Obligation
from portal.theme.components import Cell, Empty
from portal.web.tables import Choice, Column, ListView, Text

RULE = "review.opinion"
CHIEFS = frozenset({*BUREAU_ROLES, Role.HEAD.value, Role.DEPUTY.value})


def with_due(rows: Any) -> Any:
    """Rounds with the day on which their opinion is due and the moment from which that is near, from the clock."""
    about = Concat(Value("review:"), Cast(OuterRef("pk"), CharField()))
    clocks = Obligation.objects.filter(matter=OuterRef("act"), rule=RULE, about=about).order_by("-pk")
    return rows.annotate(due_on=Subquery(clocks.values("due_on")[:1]), near_at=Subquery(clocks.values("near_at")[:1]))


def _case(row: Any) -> Cell:
    return Cell(row.act.title, url=reverse("review:round", args=[row.pk]), small=f"{row.act.number} {row}".strip())


def _due(row: Any) -> Cell | str:
    if row.due_on is None:
        return "—"
    if not row.is_open:
        return str(row.due_on.isoformat())
    near = row.near_at is not None and row.near_at <= timezone.now()
    shape: Any = "red" if row.due_on < timezone.localdate() else "amber" if near else "green"
    return Cell(row.due_on.isoformat(), shape=shape)


def _reviewer(row: Any) -> Cell | str:
    if row.reviewer is None:
        return Cell(_t("待承办"), shape="open")
    return str(row.reviewer.name)


def _state(row: Any) -> Cell:
    return Cell(
        str(row.get_state_display()),
        shape=SHAPES[row.state],
        small=row.concluded_on.isoformat() if row.concluded_on else "",
    )


class QueueView(ListView):
    """`/desk/review/`: what waits; with the filter also what was concluded."""

    roles = USERS
    title = _("法制审核")
    caption = _("送审案件")
    columns = (
        Column("case", _("案件"), _case, export=lambda row: row.act.title),
        Column("department", _("部门"), lambda row: row.act.department.short_name),
        Column("due", _("审核期限"), _due, order="due_on"),
        Column("submitted", _("送审"), lambda row: row.submitted_on.isoformat(), order="submitted_on"),
        Column("reviewer", _("审核人员"), _reviewer),
        Column("state", _("结果"), _state),
    )
    facets = (
        Text("q", _("案由、当事人、案号"), ("act__title", "act__party_names", "act__number")),
        Choice("state", _("结果"), Round.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)),
        Choice(
            "free",
            _("承办"),
            (("yes", _("待承办")), ("no", _("已有审核人员"))),
            lambda rows, chosen: rows.filter(reviewer__isnull="yes" in chosen),
            radio=True,
        ),
    )
    default_order = "due_on"
    export_name = "reviews"

    def rows(self) -> Any:
        """What this person sees; only what waits, unless another result is asked for."""
        rows = Round.objects.visible_to(self.user).select_related("act__department", "reviewer")
        if not set(self.request.GET.getlist("state")) & set(Round.State.values):
            rows = rows.filter(state=Round.State.OPEN)
        return with_due(rows)

    def empty(self) -> Empty:
        """Nothing waits."""
        return Empty(_t("没有等待审核的案件"), _t("承办人在案件页“送法制审核”之后，案件按审核期限排在这里。"))

    def context(self) -> dict[str, Any]:
        """The way to figures, reviewers and settings for those who answer for them."""
        if not self.user.has_role(*CHIEFS):
            return {}
        return {"main_url": reverse("review:board"), "main_label": _t("审核情况"), "main_icon": "list"}
