"""Pages of the registers: articles about a case's time, monitoring devices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enforcement.measures.models import Monitor, TimeBasis
from enforcement.measures.timing_actions import ADD_BASIS, ADD_MONITOR, KEEPERS
from portal.theme.components import Cell, Empty, Pair
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, Column, ListView, Text
from portal.web.workspace import workspace


def _used(since: dt.date, until: dt.date | None) -> Cell:
    today = timezone.localdate()
    if until is not None and until < today:
        return Cell(_("用到 %(day)s") % {"day": until.isoformat()}, shape="withdrawn")
    if since > today:
        return Cell(_("%(day)s 起用") % {"day": since.isoformat()}, shape="provisional")
    return Cell(_("在用"), shape="green")


class Register(ListView):
    """What both lists have: who may put forward, and the way to the other list."""

    template = "measures/register.html"
    addition: Any = None
    explained: Any = ""
    other: tuple[str, Any] = ("", "")

    def context(self) -> dict[str, Any]:
        """The button for those who may put forward; a word on what the register is for."""
        found = {"explained": self.explained, "other_url": reverse(self.other[0]), "other_label": self.other[1]}
        if self.user.has_role(*KEEPERS):
            found |= {
                "main_url": reverse("web:act-new", args=[self.addition.key]),
                "main_label": self.addition.label,
                "main_icon": "plus",
            }
        return found

    def nothing(self, title: str, text: str) -> Empty:
        """An empty register, with the way to the first entry for those who may make it."""
        if not self.user.has_role(*KEEPERS):
            return Empty(title, text)
        return Empty(title, text, reverse("web:act-new", args=[self.addition.key]), str(self.addition.label))


class BasisList(Register):
    """`/desk/measures/`: the department's articles about time; everybody's for the bureau."""

    title = gettext_lazy("办案时限条款")
    addition = ADD_BASIS
    explained = gettext_lazy(
        "办案期限为立案之日起九十日，法律、法规、规章另有规定的从其规定（处罚法60条）。这里登记的条款，办案时才能据以扣除时间或者延期。"
    )
    other = ("measures:monitors", gettext_lazy("电子技术监控设备"))
    default_order = "-effective_from"
    export_name = "time-bases"
    columns = (
        Column(
            "article",
            gettext_lazy("条款"),
            lambda row: Cell(row.cited, url=reverse("measures:basis", args=[row.pk]), small=row.get_purpose_display()),
            export=lambda row: row.cited,
        ),
        Column("step", gettext_lazy("次数"), lambda row: str(row.step) if row.step else "—", numeric=True),
        Column("days", gettext_lazy("日数"), lambda row: str(row.days) if row.days else "—", numeric=True),
        Column("approver", gettext_lazy("由谁决定"), lambda row: row.get_approver_display()),
        Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        Column(
            "effective_from",
            gettext_lazy("启用"),
            lambda row: row.effective_from.isoformat(),
            order="effective_from",
            numeric=True,
        ),
        Column("state", gettext_lazy("状态"), lambda row: _used(row.effective_from, row.effective_to)),
    )
    facets = (
        Text("q", gettext_lazy("法律、条款"), ("law", "article")),
        Choice(
            "purpose",
            gettext_lazy("用途"),
            TimeBasis.Purpose.choices,
            lambda rows, chosen: rows.filter(purpose__in=chosen),
        ),
    )

    def rows(self) -> Any:
        """Visible articles."""
        return TimeBasis.objects.visible_to(self.user).select_related("department")

    def empty(self) -> Empty:
        """What to do."""
        return self.nothing(
            _("还没有登记条款"), _("没有登记条款的部门不能扣除时间，也不能延期。照录条文，负责人批准后启用。")
        )


class BasisPage(DeskView):
    """`/desk/measures/<pk>/`: one article."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page; 404 for another department's."""
        basis = visible_or_404(TimeBasis, pk, self.user, "matter__department", "department")
        pairs = [
            Pair(_("用途"), str(basis.get_purpose_display())),
            Pair(_("条文"), basis.words),
            Pair(_("次数"), _("第 %(step)d 次延期") % {"step": basis.step} if basis.step else ""),
            Pair(_("延长日数"), _("%(days)d 日") % {"days": basis.days} if basis.days else ""),
            Pair(_("由谁决定"), str(basis.get_approver_display())),
            Pair(_("启用"), basis.effective_from.isoformat()),
            Pair(_("停用"), basis.effective_to.isoformat() if basis.effective_to else ""),
        ]
        return self.page(
            "measures/entry.html",
            {
                "heading": basis.cited,
                "department": basis.department.name,
                "standing": _used(basis.effective_from, basis.effective_to),
                "pairs": [pair for pair in pairs if pair.value],
                "workspace": workspace(basis, basis.matter, self.user),
                "crumbs": [{"label": _("办案时限条款"), "url": reverse("measures:bases")}, {"label": basis.cited}],
            },
        )


class MonitorList(Register):
    """`/desk/measures/monitors/`: the department's devices; everybody's for the bureau."""

    title = gettext_lazy("电子技术监控设备")
    addition = ADD_MONITOR
    explained = gettext_lazy(
        "利用电子技术监控设备收集、固定违法事实的，应当经过法制和技术审核，设置地点向社会公布（处罚法41条）。审核、公布之前的记录不能作为证据。"
    )
    other = ("measures:bases", gettext_lazy("办案时限条款"))
    default_order = "-published_on"
    export_name = "monitors"
    columns = (
        Column(
            "name",
            gettext_lazy("设备"),
            lambda row: Cell(row.name, url=reverse("measures:monitor", args=[row.pk]), small=row.code),
            export=lambda row: f"{row.code} {row.name}",
        ),
        Column("place", gettext_lazy("设置地点"), lambda row: row.place),
        Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        Column(
            "published_on",
            gettext_lazy("公布"),
            lambda row: row.published_on.isoformat(),
            order="published_on",
            numeric=True,
        ),
        Column("state", gettext_lazy("状态"), lambda row: _used(row.published_on, row.ended_on)),
    )
    facets = (Text("q", gettext_lazy("设备、编号、地点"), ("name", "code", "place")),)

    def rows(self) -> Any:
        """Visible devices."""
        return Monitor.objects.visible_to(self.user).select_related("department")

    def empty(self) -> Empty:
        """What to do."""
        return self.nothing(_("还没有登记设备"), _("设备经法制审核、技术审核并公布设置地点后登记，负责人批准后启用。"))


class MonitorPage(DeskView):
    """`/desk/measures/monitors/<pk>/`: one device."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page; 404 for another department's."""
        monitor = visible_or_404(Monitor, pk, self.user, "matter__department", "department")
        pairs = [
            Pair(_("编号"), monitor.code),
            Pair(_("设置地点"), monitor.place),
            Pair(_("依据"), monitor.basis),
            Pair(_("标准和检定"), monitor.standard),
            Pair(_("法制审核"), monitor.legal_review, small=monitor.legal_on.isoformat()),
            Pair(_("技术审核"), monitor.technical_review, small=monitor.technical_on.isoformat()),
            Pair(_("公布"), monitor.published_at, small=monitor.published_on.isoformat()),
            Pair(_("停用"), monitor.ended_on.isoformat() if monitor.ended_on else ""),
        ]
        return self.page(
            "measures/entry.html",
            {
                "heading": monitor.name,
                "department": monitor.department.name,
                "standing": _used(monitor.published_on, monitor.ended_on),
                "pairs": [pair for pair in pairs if pair.value],
                "workspace": workspace(monitor, monitor.matter, self.user),
                "crumbs": [
                    {"label": _("电子技术监控设备"), "url": reverse("measures:monitors")},
                    {"label": monitor.name},
                ],
            },
        )
