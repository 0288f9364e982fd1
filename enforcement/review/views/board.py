"""How review goes: the bureau sees every department, a department its own line."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.review.figures import Figures, figures, total
from portal.accounts.roles import BUREAU_ROLES, Role
from portal.theme.components import Cell, Column, Figure, Table
from portal.web.base import DeskView


class BoardView(DeskView):
    """`/desk/review/board/`."""

    roles = frozenset({*BUREAU_ROLES, Role.HEAD.value, Role.DEPUTY.value, Role.LEGAL.value})

    def get(self, _request: Any) -> HttpResponse:
        """The figures as of today."""
        today = timezone.localdate()
        rows = figures(today, None if self.user.sees_everything else self.user.home_id)
        whole = total(rows, _("合计"))
        chiefs = self.user.has_role(Role.HEAD, Role.DEPUTY, Role.SUPERVISION_HEAD)
        return self.page(
            "review/board.html",
            {
                "today": today,
                "figures": _top(whole),
                "table": _table([*rows, whole] if len(rows) > 1 else rows),
                "any": bool(rows),
                "chiefs": chiefs,
                "crumbs": [
                    {"label": _("法制审核"), "url": reverse("review:queue")},
                    {"label": _("审核情况"), "url": ""},
                ],
            },
        )


def _top(whole: Figures) -> list[Figure]:
    return [
        Figure(_("等待审核"), str(whole.waiting), url=reverse("review:queue")),
        Figure(_("待承办"), str(whole.free), url=f"{reverse('review:queue')}?free=yes"),
        Figure(_("超过期限"), str(whole.late)),
        Figure(_("退回占比"), whole.share, remark=_("近一年 %(count)d 次结论") % {"count": whole.concluded}),
        Figure(_("平均用时"), _("%(days)s 日") % {"days": whole.mean}, remark=_("送审到结论，自然日")),
    ]


def _table(rows: list[Figures]) -> Table:
    labels = (
        _("等待审核"),
        _("待承办"),
        _("超过期限"),
        _("等待最久（日）"),
        _("近一年结论"),
        _("退回"),
        _("退回占比"),
        _("平均用时（日）"),
    )
    return Table(
        _("各部门法制审核"),
        [Column(_("部门")), *(Column(label, numeric=True) for label in labels)],
        [
            [
                row.name,
                row.waiting,
                row.free,
                Cell(row.late, shape="red") if row.late else 0,
                "—" if row.oldest is None else row.oldest,
                row.concluded,
                row.returned,
                row.share,
                row.mean,
            ]
            for row in rows
        ],
    )
