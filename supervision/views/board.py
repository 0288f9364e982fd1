"""The bureau's board: every department at a glance, from tile to list to matter in two clicks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.roles import BUREAU_ROLES
from portal.theme.components import Bar, Figure, Tile
from portal.web.base import DeskView
from portal.workflow.proposals import waiting_for
from portal.workflow.registry import action_named
from supervision import statistics
from supervision.models import SupervisionCase
from supervision.statistics import FEWEST, AlertGroup, DepartmentFigures, Share

FEW = 8


@dataclass(frozen=True)
class GroupLine:
    """A group of alerts beside the tiles, with its two buttons."""

    group: AlertGroup
    shape: str
    words: str
    list_url: str
    open_url: str


@dataclass(frozen=True)
class ComparisonRow:
    """One line of the comparison: the points of its drawing in per cent of the width."""

    name: str
    share: Share
    rate: str
    low: float = 0
    high: float = 0
    point: float = 0
    below: bool = False


@dataclass(frozen=True)
class Comparison:
    """The whole comparison; `start` is the rate at the left edge."""

    rows: list[ComparisonRow]
    start: float
    middle: float
    whole: Share
    whole_rate: str
    whole_point: float | None


class BoardView(DeskView):
    """`/desk/supervision/`."""

    roles = BUREAU_ROLES

    def get(self, request: Any) -> HttpResponse:
        """The board of one year."""
        now = timezone.now()
        years = statistics.years()
        asked = request.GET.get("year", "")
        year = int(asked) if asked.isdigit() and int(asked) in years else years[0]
        rows = statistics.departments(year, now)
        groups = statistics.alert_groups()
        cases = SupervisionCase.objects.open()
        return self.page(
            "supervision/board.html",
            {
                "now": now,
                "year": year,
                "years": years,
                "figures": figures(rows, groups, cases.count()),
                "tiles": [tile(row) for row in rows],
                "groups": [line(group) for group in groups[:FEW]],
                "more_groups": max(len(groups) - FEW, 0),
                "all_alerts": sum(group.count for group in groups),
                "comparison": comparison(rows),
                "proposals": [(row, str(action_named(row.action).label)) for row in waiting_for(self.user)[:FEW]],
            },
        )


def per_cent(share: Share) -> str:
    """«98.9 %», or «不足 10 件» when there are too few."""
    rate = share.rate
    return _("不足 %(fewest)d 件") % {"fewest": FEWEST} if rate is None else f"{rate:.1f} %"


def figures(rows: list[DepartmentFigures], groups: list[AlertGroup], open_cases: int) -> list[Figure]:
    """The district's totals."""
    disclosed = sum((row.disclosed_in_time for row in rows), Share())
    decided = sum((row.decided_in_time for row in rows), Share())
    overdue = sum(row.overdue_disclosures for row in rows)
    undone = sum(group.undone for group in groups)
    near = sum(row.certificates_near for row in rows)
    late = _("%(count)d 件逾期未公示") % {"count": overdue}
    return [
        Figure(
            _("按期公示 / 到期应公示"),
            f"{disclosed.part:,} / {disclosed.whole:,}",
            late if overdue else _("没有逾期未公示的"),
            shape="red" if overdue else "green",
        ),
        Figure(_("按期公示率"), per_cent(disclosed)),
        Figure(_("按期作出决定率"), per_cent(decided), f"{decided.part:,} / {decided.whole:,}"),
        Figure(
            _("待处理预警"),
            str(sum(group.count for group in groups)),
            _("其中 %(count)d 个尚未补办") % {"count": undone},
        ),
        Figure(_("办理中监督案件"), str(open_cases), _("90 日内到期的执法证 %(count)d 个") % {"count": near}),
    ]


def tile(row: DepartmentFigures) -> Tile:
    """A department: the worst alert, two shares, three small figures."""
    if row.alerts:
        words = ngettext("%(count)d 个预警", "%(count)d 个预警", row.alerts) % {"count": row.alerts}
    else:
        words = _("无预警")
    return Tile(
        name=row.department.short_name,
        url=alerts_url(department=row.department.code),
        shape="red" if row.undone else "amber" if row.alerts else "green",
        words=words,
        bars=[_bar(_("按期公示"), row.disclosed_in_time), _bar(_("按期决定"), row.decided_in_time)],
        figures=[
            _("未补办 %(count)d") % {"count": row.undone},
            _("证件将到期 %(count)d") % {"count": row.certificates_near},
            _("监督案件 %(count)d") % {"count": row.open_cases},
        ],
    )


def _bar(label: str, share: Share) -> Bar:
    return Bar(label, per_cent(share), share.rate)


def alerts_url(**query: str) -> str:
    """The list of alerts, filtered."""
    return f"{reverse('supervision:alerts')}?{urlencode(query)}"


def line(group: AlertGroup) -> GroupLine:
    """A group beside the tiles."""
    query = {"department": group.department.code, "rule": group.rule}
    return GroupLine(
        group,
        "red" if group.undone else "amber",
        _("%(duty)s逾期 %(count)d 件") % {"duty": group.title, "count": group.count},
        f"{reverse('supervision:group')}?{urlencode(query)}",
        f"{reverse('supervision:open')}?{urlencode(query)}",
    )


def comparison(rows: list[DepartmentFigures]) -> Comparison:
    """On-time disclosure with 95 % intervals, in the order of the departments; no ranks.

    «Below» means that the whole interval lies below the district's rate.
    """
    whole = sum((row.disclosed_in_time for row in rows), Share())
    lows = [interval[0] for row in rows if (interval := row.disclosed_in_time.interval) is not None]
    start = max(0.0, math_floor(min([*lows, 95.0]), 5))
    span = 100 - start

    def at(value: float) -> float:
        return round(max(0.0, 100 * (value - start) / span), 2)

    drawn = []
    for row in rows:
        share = row.disclosed_in_time
        interval, rate = share.interval, share.rate
        if interval is None or rate is None:
            drawn.append(ComparisonRow(row.department.short_name, share, "—"))
            continue
        below = whole.rate is not None and interval[1] < whole.rate
        drawn.append(
            ComparisonRow(
                row.department.short_name, share, per_cent(share), at(interval[0]), at(interval[1]), at(rate), below
            )
        )
    point = at(whole.rate) if whole.rate is not None else None
    return Comparison(drawn, start, (start + 100) / 2, whole, per_cent(whole), point)


def math_floor(value: float, step: int) -> float:
    """The multiple of a step at or below a value."""
    return float(int(value // step) * step)
