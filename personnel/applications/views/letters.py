"""Pages of the lists on their way: the department's own, all for the bureau."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personnel.applications.models import Application, Letter
from personnel.applications.own import SHAPES
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web import tables
from portal.web.base import DeskView, visible_or_404
from portal.web.tables import Choice, ListView
from portal.web.workspace import workspace


class LettersView(ListView):
    """`/desk/applications/letters/`: lists sent to the bureau, and those the bureau has forwarded."""

    title = gettext_lazy("报送和转报")
    default_order = "-sent_on"
    export_name = "application-letters"
    columns = (
        tables.Column(
            "number",
            gettext_lazy("文号"),
            lambda row: Cell(row.matter.number or row.matter.title, url=reverse("applications:letter", args=[row.pk])),
        ),
        tables.Column("kind", gettext_lazy("种类"), lambda row: str(row.get_kind_display())),
        tables.Column("from", gettext_lazy("发文"), lambda row: row.matter.department.short_name),
        tables.Column("to", gettext_lazy("主送"), lambda row: row.issuer),
        tables.Column("count", gettext_lazy("人数"), lambda row: row.count, numeric=True),
        tables.Column("sent_on", gettext_lazy("日期"), lambda row: row.sent_on.isoformat(), order="sent_on"),
    )
    facets = (
        Choice("kind", gettext_lazy("种类"), Letter.Kind.choices, lambda rows, chosen: rows.filter(kind__in=chosen)),
    )

    def rows(self) -> Any:
        """Visible lists."""
        return Letter.objects.visible_to(self.user).select_related("matter__department")

    def empty(self) -> Empty:
        """When one will appear."""
        return Empty(_("还没有名单"), _("批量报送和转报发证机关时产生，一份名单一个文号。"))


class LetterView(DeskView):
    """`/desk/applications/letters/<pk>/`: one list with who is on it, and how each stands now."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        letter = visible_or_404(Letter, pk, self.user, "matter__department")
        return self.page(
            "applications/thing.html",
            {
                "title": letter.matter.title,
                "shape": "green",
                "words": letter.get_state_display(),
                "cards": [
                    {"key": "about", "title": str(letter.get_kind_display()), "pairs": pairs_of(letter)},
                    {"key": "people", "title": _("名单"), "table": people(letter)},
                ],
                "workspace": workspace(letter, letter.matter, self.user),
                "crumbs": [
                    {"label": _("报送和转报"), "url": reverse("applications:letters")},
                    {"label": letter.matter.number or letter.matter.title},
                ],
            },
        )


def pairs_of(letter: Letter) -> list[Pair]:
    """From whom, to whom, when."""
    pairs = [
        Pair(_("文号"), letter.matter.number or "—"),
        Pair(_("发文"), letter.matter.department.name),
        Pair(_("主送"), letter.issuer, small=str(letter.get_issuer_level_display()) if letter.issuer_level else ""),
        Pair(_("日期"), letter.sent_on.isoformat()),
        Pair(_("人数"), str(letter.count)),
    ]
    return [*pairs, Pair(_("说明"), letter.note)] if letter.note else pairs


def people(letter: Letter) -> Table:
    """Who travelled in it, and how each application stands now."""
    rows = (
        Application.objects.filter(matter__links_in__source=letter.pk)
        .select_related("officer", "department")
        .order_by("department__code", "officer__name", "pk")
    )
    return Table(
        _("名单"),
        [Column(_("申领人")), Column(_("部门")), Column(_("执法领域")), Column(_("现在的状态"))],
        [
            [
                Cell(one.officer.name, url=reverse("applications:application", args=[one.pk]), small=one.post),
                one.department.short_name,
                "、".join(one.fields),
                Cell(str(one.get_state_display()), shape=SHAPES[one.state]),
            ]
            for one in rows
        ],
    )
