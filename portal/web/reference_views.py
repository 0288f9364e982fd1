"""The page of all workflows."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from portal.theme.components import Cell, Column, Table
from portal.web.base import DeskView
from portal.web.diagram import picture
from portal.web.reference import ActionLine, workflows


class WorkflowsView(DeskView):
    """`/desk/workflows/`: what can be done with each kind of thing, by whom and under which conditions."""

    def get(self, _request: Any) -> HttpResponse:
        """The page, drawn from the register."""
        found = workflows()
        return self.page(
            "web/workflows.html",
            {"workflows": [{"flow": one, "picture": picture(one), "table": table(one.actions)} for one in found]},
        )


def table(actions: list[ActionLine]) -> Table:
    """The actions in short."""
    return Table(
        caption=_("动作"),
        columns=[Column(_("动作")), Column(_("从")), Column(_("到")), Column(_("由谁")), Column(_("文书"))],
        rows=[
            [
                Cell(one.label, url=f"#{one.key}"),
                one.source,
                one.target,
                Cell(one.who, small=one.law),
                "、".join(one.papers) or "—",
            ]
            for one in actions
        ],
    )
