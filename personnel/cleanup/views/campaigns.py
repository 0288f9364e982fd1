"""The bureau's pages: campaigns, one with its progress, and the next step for what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.campaigns import ListKind, list_kind
from personnel.cleanup.campaigns import OPEN, SUPERVISORS
from personnel.cleanup.models import Campaign, Line
from personnel.cleanup.statistics import Found, Tally, found, statistics, whole
from personnel.cleanup.workbook import workbook
from portal.accounts.roles import BUREAU_ROLES
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView
from portal.web.workspace import workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHAPES: dict[str, Any] = {"open": "amber", "reported": "green", "ended": "red", "closed": "green", "": "grey"}
MOST = 500


class CampaignsView(ListView):
    """`/desk/cleanup/campaigns/`: every campaign."""

    roles = BUREAU_ROLES
    title = gettext_lazy("资格清理")
    default_order = "-frozen_on"
    export_name = "cleanup-campaigns"
    columns = (
        tables.Column(
            "name", gettext_lazy("名称"), lambda row: Cell(row.name, url=reverse("cleanup:campaign", args=[row.pk]))
        ),
        tables.Column("kind", gettext_lazy("清理对象"), lambda row: str(list_kind(row.kind).label)),
        tables.Column("frozen_on", gettext_lazy("名单截至"), lambda row: row.frozen_on.isoformat(), order="frozen_on"),
        tables.Column("due_on", gettext_lazy("完成期限"), lambda row: row.due_on.isoformat(), order="due_on"),
        tables.Column(
            "state", gettext_lazy("状态"), lambda row: Cell(str(row.get_state_display()), shape=SHAPES[row.state])
        ),
    )
    facets = (
        Choice(
            "state", gettext_lazy("状态"), Campaign.State.choices, lambda rows, chosen: rows.filter(state__in=chosen)
        ),
    )

    def rows(self) -> Any:
        """All of them."""
        return Campaign.objects.visible_to(self.user)

    def empty(self) -> Empty:
        """What to do."""
        words = _("部署后，平台按选定的日期为每个部门确定名单，部门逐一核实，结束时出具报告。")
        if self.user.has_role(*SUPERVISORS):
            return Empty(_("还没有部署过清理"), words, reverse("web:act-new", args=[OPEN.key]), _("部署资格清理"))
        return Empty(_("还没有部署过清理"), words)

    def context(self) -> dict[str, Any]:
        """The button of whoever puts one forward."""
        if not self.user.has_role(*SUPERVISORS):
            return {}
        return {
            "main_url": reverse("web:act-new", args=[OPEN.key]),
            "main_label": _("部署资格清理"),
            "main_icon": "plus",
        }


class CampaignView(DeskView):
    """`/desk/cleanup/campaigns/<pk>/`: how far each department is; `?format=xlsx` gives the same numbers."""

    roles = BUREAU_ROLES

    def get(self, request: Any, pk: int) -> HttpResponse:
        """The page, or the workbook."""
        campaign = visible_or_404(Campaign, pk, self.user, "matter__department")
        kind, tallies, lines = list_kind(campaign.kind), statistics(campaign), found(campaign)
        if request.GET.get("format") == "xlsx":
            rows = [*tallies, whole(tallies)]
            answer = HttpResponse(workbook(campaign, rows, lines), content_type=XLSX)
            answer["Content-Disposition"] = f'attachment; filename="cleanup-{pk}-{timezone.localdate():%Y%m%d}.xlsx"'
            return answer
        total = whole(tallies)
        return self.page(
            "cleanup/campaign.html",
            {
                "title": campaign.name,
                "shape": SHAPES[campaign.state],
                "words": campaign.get_state_display(),
                "total": total,
                "follow_ups": follow_ups(campaign, kind, total) if self.user.has_role(*SUPERVISORS) else [],
                "cards": [
                    {"key": "about", "title": _("清理"), "pairs": pairs_of(campaign, kind)},
                    {"key": "progress", "title": _("各部门进度"), "table": progress(kind, [*tallies, total])},
                    {"key": "found", "title": _("发现的问题和处理"), "table": found_table(kind, lines)},
                ],
                "tools": [{"url": "?format=xlsx", "label": _("导出表格")}],
                "workspace": workspace(campaign, campaign.matter, self.user),
                "crumbs": [
                    {"label": _("资格清理"), "url": reverse("cleanup:campaigns")},
                    {"label": campaign.name},
                ],
            },
        )


def pairs_of(campaign: Campaign, kind: ListKind) -> list[Pair]:
    """What is gone through, why, until when."""
    pairs = [
        Pair(_("清理对象"), str(kind.label)),
        Pair(_("依据"), campaign.ground),
        Pair(_("名单截至"), campaign.frozen_on.isoformat()),
        Pair(_("完成期限"), campaign.due_on.isoformat(), tag=_("本地")),
    ]
    if campaign.closed_on:
        pairs += [Pair(_("结束日期"), campaign.closed_on.isoformat()), Pair(_("总结"), campaign.summary)]
    return pairs


def follow_ups(campaign: Campaign, kind: ListKind, total: Tally) -> list[dict[str, Any]]:
    """The bureau's next step for each kind of finding that has one and is not done with."""
    return [
        {
            "label": one.follow_label,
            "count": total.found[one.key] - total.settled[one.key],
            "url": reverse("cleanup:follow", args=[campaign.pk, one.key]),
            "what": one.label,
        }
        for one in kind.findings
        if one.follow_up is not None and total.found.get(one.key, 0) > total.settled.get(one.key, 0)
    ]


def progress(kind: ListKind, rows: Sequence[Tally]) -> Table:
    """A line a department, and the sum."""
    labels = [str(one.short) for one in kind.findings]
    heads = [_("名单"), _("已核实"), _("核实无误"), *labels, _("已不在"), _("未核实")]
    return Table(
        _("各部门进度"),
        [Column(_("部门")), *(Column(label, numeric=True) for label in heads), Column(_("状态"))],
        [
            [
                Cell(row.department, url=reverse("cleanup:roll", args=[row.roll]) if row.roll else ""),
                row.total,
                row.done,
                row.confirmed,
                *row.found.values(),
                row.gone,
                row.open,
                Cell(row.state_words or "—", shape=SHAPES[row.state], small=row.reported_on) if row.roll else Cell("—"),
            ]
            for row in rows
        ],
    )


def found_table(kind: ListKind, lines: Sequence[Found]) -> Table:
    """What was found so far, and what was done."""
    return Table(
        _("发现的问题和处理"),
        [Column(str(kind.label)), Column(_("部门")), Column(_("情况")), Column(_("处理")), Column(_("是否办结"))],
        [
            [
                one.title,
                one.department,
                one.what,
                one.note,
                Cell(_("已办结"), shape="green") if one.settled else Cell(_("未办结"), shape="amber"),
            ]
            for one in lines[:MOST]
        ],
        empty=Empty(_("还没有发现问题"), _("部门核实时发现的问题和处理会列在这里。")),
    )


class FollowView(DeskView):
    """`/desk/cleanup/campaigns/<pk>/follow/<finding>/`: put forward what the bureau has to do; POST only."""

    http_method_names = ["post"]
    roles = SUPERVISORS

    def post(self, _request: Any, pk: int, finding: str) -> HttpResponseBase:
        """Each by itself; what was refused is told."""
        campaign = visible_or_404(Campaign, pk, self.user)
        chosen = next((one for one in list_kind(campaign.kind).findings if one.key == finding), None)
        if chosen is None or chosen.follow_up is None:
            raise Http404
        rows = Line.objects.filter(roll__campaign=campaign, finding=finding).order_by("pk")
        told = chosen.follow_up(list(rows), self.user)
        for sentence in told[:MOST]:
            messages.info(self.request, sentence)
        if not told:
            messages.info(self.request, _("没有要提请的。"))
        return redirect("cleanup:campaign", pk)
