"""Pages of the quota: who has how many hours, as a list and a workbook; and a department's yearly duty."""

from __future__ import annotations

import io
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from personnel.training.hours import shown
from personnel.training.models import QuotaDuty, Standing
from personnel.training.views.plans import department_filter
from portal.accounts.roles import Role
from portal.theme.components import Cell, Empty, Pair
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import EXPORT_LIMIT, Choice, Column, ListView, Text, safe_cell
from portal.web.workspace import workspace

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class StandingsView(ListView):
    """`/desk/training/hours/`: certificate holders of the own department with their hours; all for the bureau."""

    title = gettext_lazy("年度学时")
    template = "training/standings.html"
    default_order = "-missing"
    columns = (
        Column(
            "officer",
            gettext_lazy("持证人"),
            lambda row: Cell(
                row.officer.name, url=f"{reverse('training:officer', args=[row.officer_id])}?year={row.year}"
            ),
        ),
        Column("department", gettext_lazy("部门"), lambda row: row.department.short_name),
        Column("year", gettext_lazy("年度"), lambda row: row.year, numeric=True),
        Column("tenths", gettext_lazy("已有学时"), lambda row: shown(row.tenths), order="tenths", numeric=True),
        Column("required", gettext_lazy("应有学时"), lambda row: shown(row.required), numeric=True),
        Column(
            "missing",
            gettext_lazy("还差"),
            lambda row: (
                Cell(shown(row.missing), shape="amber" if _runs(row) else "red")
                if row.missing
                else Cell(_("已达标"), shape="green")
            ),
            order="missing",
            numeric=True,
        ),
    )

    @property
    def facets(self) -> tuple[Any, ...]:  # type: ignore[override]  # depends on who asks
        """Departments only for those who see several."""
        this = timezone.localdate().year
        found: list[Any] = [
            Text("q", gettext_lazy("姓名"), ("officer__name",)),
            Choice(
                "standing",
                gettext_lazy("达标情况"),
                (("short", gettext_lazy("不足")), ("full", gettext_lazy("已达标"))),
                lambda rows, chosen: rows if len(chosen) > 1 else rows.filter(missing__gt=0) if chosen == ["short"] else rows.filter(missing=0),
            ),
            Choice(
                "year",
                gettext_lazy("年度"),
                [(str(year), str(year)) for year in (this, this - 1, this - 2)],
                lambda rows, chosen: rows.filter(year__in=chosen),
            ),
        ]  # fmt: skip
        if self.user.sees_everything:
            found.append(department_filter("department"))
        return tuple(found)

    def rows(self) -> Any:
        """Visible standings; of this year unless another is chosen."""
        rows = Standing.objects.visible_to(self.user).select_related("officer", "department")
        return rows if self.request.GET.get("year") else rows.filter(year=timezone.localdate().year)

    def get(self, request: Any, **named: Any) -> HttpResponseBase:
        """A page of the list, or all of it as a workbook."""
        return self.workbook() if request.GET.get("format") == "xlsx" else super().get(request, **named)

    def workbook(self) -> HttpResponse:
        """Exactly what is shown, at most 50,000 rows."""
        rows, _chosen = self.filtered()
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("年度学时"))
        heads = [str(column.label) for column in self.columns]
        sheet.column_dimensions["B"].width = 24
        sheet.append(heads)
        for row in rows.order_by("department__code", "-missing", "pk")[:EXPORT_LIMIT].iterator(chunk_size=2000):
            sheet.append(
                [
                    safe_cell(row.officer.name),
                    safe_cell(row.department.short_name),
                    row.year,
                    row.tenths / 10,
                    row.required / 10,
                    row.missing / 10,
                ]
            )
        kept = io.BytesIO()
        book.save(kept)
        answer = HttpResponse(kept.getvalue(), content_type=WORKBOOK)
        answer["Content-Disposition"] = 'attachment; filename="training-hours.xlsx"'
        return answer

    def empty(self) -> Empty:
        """When something will appear."""
        return Empty(_("还没有统计"), _("登记了有效执法证的人员，每天统计一次；培训结束计入学时后立即更新。"))

    def context(self) -> dict[str, Any]:
        """The address of the workbook, and whether the switches are shown."""
        return {
            "xlsx_url": self.address(at="", format="xlsx"),
            "may_set": self.user.has_role(Role.SUPERVISION_HEAD.value),
            "duty": QuotaDuty.objects.filter(department=self.user.home_id).first(),
        }


def _runs(row: Standing) -> bool:
    return row.year >= timezone.localdate().year


class DutyView(DeskView):
    """`/desk/training/duties/<pk>/`: a department's yearly duty with its clock."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        duty = visible_or_404(QuotaDuty, pk, self.user, "matter__department", "department")
        year = timezone.localdate().year
        rows = Standing.objects.filter(department=duty.department_id, year=year)
        holders, short = rows.count(), rows.filter(missing__gt=0).count()
        return self.page(
            "training/thing.html",
            {
                "title": duty.matter.title,
                "shape": "amber" if short else "green",
                "words": _("今年还有 %(count)d 人不足") % {"count": short} if short else _("今年全部达标"),
                "cards": [
                    {
                        "key": "about",
                        "title": _("%(year)d 年") % {"year": year},
                        "pairs": [
                            Pair(_("部门"), duty.department.name),
                            Pair(_("持证人员"), str(holders)),
                            Pair(_("学时不足"), str(short), small=_("12月31日持有效执法证的，每人不少于 60 学时")),
                        ],
                    }
                ],
                "tools": [
                    {"url": f"{reverse('training:standings')}?standing=short&year={year}", "label": _("看不足名单")}
                ],
                "workspace": workspace(duty, duty.matter, self.user),
                "crumbs": [
                    {"label": _("年度学时"), "url": reverse("training:standings")},
                    {"label": duty.department.short_name},
                ],
            },
        )
