"""Pages of sessions: the list, and one session with who signed in and what was credited."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.training.hours import shown
from personnel.training.models import Form, Session
from personnel.training.sessions import HOSTS
from personnel.training.views.plans import department_filter
from portal.accounts.models import Department
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Between, Choice, ListView, Text
from portal.web.workspace import workspace

SHAPES: dict[str, Any] = {"open": "open", "closed": "green", "cancelled": "withdrawn"}
MOST_SHOWN = 500


def times(session: Session) -> str:
    """«2026-11-24 09:00 – 12:00», with the second date only where it differs."""
    begins, ends = timezone.localtime(session.begins_at), timezone.localtime(session.ends_at)
    last = ends.strftime("%H:%M") if begins.date() == ends.date() else ends.strftime("%Y-%m-%d %H:%M")
    return f"{begins.strftime('%Y-%m-%d %H:%M')} – {last}"


class SessionsView(ListView):
    """`/desk/training/`: sessions of the own department and those open to it; all for the bureau."""

    title = gettext_lazy("培训")
    template = "training/sessions.html"
    default_order = "-begins_at"
    export_name = "training-sessions"
    columns = (
        tables.Column(
            "topic",
            gettext_lazy("主题"),
            lambda row: Cell(row.topic, url=reverse("training:session", args=[row.pk]), small=row.teacher),
        ),
        tables.Column("form", gettext_lazy("形式"), lambda row: str(row.get_form_display())),
        tables.Column("host", gettext_lazy("举办单位"), lambda row: row.matter.department.short_name),
        tables.Column("when", gettext_lazy("时间"), lambda row: Cell(times(row), small=row.place), order="begins_at"),
        tables.Column(
            "hours", gettext_lazy("学时"), lambda row: shown(sum(day.tenths for day in row.days.all())), numeric=True
        ),
        tables.Column(
            "state", gettext_lazy("状态"), lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state])
        ),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        found: list[Any] = [
            Text("q", gettext_lazy("主题、主讲人"), ("topic", "teacher")),
            Choice(
                "state", gettext_lazy("状态"), Session.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)
            ),
            Choice("form", gettext_lazy("形式"), Form.choices, lambda rows, chosen: rows.filter(form__in=chosen)),
            Between("day", gettext_lazy("日期"), "begins_at__date"),
        ]
        if self.user.sees_everything:
            found.append(department_filter("matter__department"))
        return tuple(found)

    def rows(self) -> Any:
        """Visible sessions with what a line needs."""
        return Session.objects.visible_to(self.user).select_related("matter__department").prefetch_related("days")

    def empty(self) -> Empty:
        """What to do, or when something will appear."""
        words = _("部门或者司法行政部门安排的培训会出现在这里；参加的人扫码或者由名册签到，结束后计入学时。")
        if self.user.has_role(*HOSTS):
            return Empty(
                _("还没有培训"), words, reverse("web:act-new", args=["training.session.arrange"]), _("安排培训")
            )
        return Empty(_("还没有培训"), words)

    def context(self) -> dict[str, Any]:
        """The button of whoever arranges."""
        if not self.user.has_role(*HOSTS):
            return {}
        return {
            "main_url": reverse("web:act-new", args=["training.session.arrange"]),
            "main_label": _("安排培训"),
            "main_icon": "plus",
        }


class SessionView(DeskView):
    """`/desk/training/sessions/<pk>/`: everything about it; names of other departments' people for host and bureau."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        session = visible_or_404(Session, pk, self.user, "matter__department", "item__plan")
        hosting = session.matter.department_id == self.user.home_id
        cards = [
            {"key": "about", "title": _("培训"), "pairs": pairs_of(session)},
            {"key": "signed", "title": _("签到"), "table": signed_table(session, self.user, everyone=hosting)},
        ]
        if session.state == Session.State.CLOSED:
            cards.append(
                {"key": "hours", "title": _("学时记录"), "table": hours_table(session, self.user, everyone=hosting)}
            )
        open_here = hosting and session.state == Session.State.OPEN and self.user.has_role(*HOSTS)
        return self.page(
            "training/thing.html",
            {
                "title": session.topic,
                "shape": SHAPES[session.state],
                "words": session.get_state_display(),
                "cards": cards,
                "tools": [
                    {"url": reverse("training:code", args=[pk]), "label": _("投影签到码")},
                    {"url": reverse("training:import", args=[pk]), "label": _("导入签到表")},
                ]
                if open_here
                else [],
                "workspace": workspace(session, session.matter, self.user),
                "crumbs": [{"label": _("培训"), "url": reverse("training:sessions")}, {"label": session.topic}],
            },
        )


def pairs_of(session: Session) -> list[Pair]:
    """What was arranged."""
    days = session.days_of()
    others = Department.objects.filter(pk__in=session.open_to).order_by("code").values_list("short_name", flat=True)
    whom = _("全区各部门") if session.for_all else "、".join([session.matter.department.short_name, *others])
    listed = "；".join(f"{day.isoformat()} {shown(tenths)}" for day, tenths in days.items()) if len(days) > 1 else ""
    pairs = [
        Pair(_("形式"), str(session.get_form_display())),
        Pair(_("主讲人"), session.teacher),
        Pair(_("时间"), times(session)),
        Pair(_("地点"), session.place),
        Pair(_("学时"), shown(sum(days.values())), small=listed),
        Pair(_("举办单位"), session.matter.department.name),
        Pair(_("参加单位"), whom),
        Pair(_("计划项目"), str(session.item) if session.item else _("计划外")),
    ]
    return [*pairs, Pair(_("取消理由"), session.reason)] if session.reason else pairs


def _seen(rows: Any, user: Any, *, everyone: bool) -> Any:
    if everyone or user.sees_everything:
        return rows
    return rows.filter(officer__department=user.home_id)


def signed_table(session: Session, user: Any, *, everyone: bool) -> Table:
    """Who signed in, when and how."""
    rows = _seen(session.attendances.select_related("officer__department", "by"), user, everyone=everyone)
    return Table(
        _("签到"),
        [Column(_("姓名")), Column(_("部门")), Column(_("日期"), numeric=True), Column(_("方式")), Column(_("登记"))],
        [
            [
                Cell(row.officer.name),
                row.officer.department.short_name,
                row.on.isoformat(),
                str(row.get_way_display()),
                Cell(timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M"), small=row.by.name),
            ]
            for row in rows[:MOST_SHOWN]
        ],
        empty=Empty(_("还没有人签到"), _("投影签到码，由参加的人扫；或者按名册登记、导入签到表。")),
    )


def hours_table(session: Session, user: Any, *, everyone: bool) -> Table:
    """Every entry, counter-entries with reason and person."""
    rows = _seen(session.hours.select_related("officer__department", "made_by"), user, everyone=everyone)
    return Table(
        _("学时记录"),
        [
            Column(_("姓名")),
            Column(_("部门")),
            Column(_("日期"), numeric=True),
            Column(_("学时"), numeric=True),
            Column(_("说明")),
        ],
        [
            [
                Cell(row.officer.name, url=reverse("training:officer", args=[row.officer_id])),
                row.officer.department.short_name,
                row.on.isoformat(),
                shown(row.tenths),
                Cell(row.reason, small=row.made_by.name, tag=_("冲正")) if row.corrects_id else Cell(_("培训计入")),
            ]
            for row in rows.order_by("officer__name", "on", "pk")[:MOST_SHOWN]
        ],
        empty=Empty(_("没有学时记录"), _("本部门没有人参加。")),
    )
