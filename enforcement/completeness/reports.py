"""The report of a month: opened for every enforcing department by the sweep, sent with a word by the department."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from enforcement.completeness.counts import Counts, counts, month_after
from enforcement.completeness.explaining import ADMINS, HEADS, LAW
from enforcement.completeness.models import Explanation, MonthReport
from enforcement.completeness.series import Gap, SeriesLine, gaps, lines, unreadable
from portal.accounts.models import Department
from portal.matters.models import Matter
from portal.workflow.actions import Action, Attempt
from portal.workflow.data import entry
from portal.workflow.door import perform

KIND = "completeness_report"
ENFORCING = ("organ", "empowered", "dispatched", "entrusted", "street")

SHOWN_GAPS = 20  # ranges named for each series in a report; the rest is a count
MOST_GAPS = 5000
CATCH_UP = 12  # months
# Months that are over and have no report: from the one after the department's last, else the last month alone.
DUE = """
SELECT d.id, m.month::date
FROM accounts_department d
LEFT JOIN LATERAL (SELECT max(month) AS month FROM completeness_monthreport r WHERE r.department_id = d.id) last ON true
CROSS JOIN LATERAL generate_series(
    greatest(coalesce(last.month + interval '1 month', %(month)s::date), %(earliest)s::date),
    %(month)s::date, interval '1 month') AS m (month)
WHERE d.is_active AND d.kind = ANY(%(kinds)s)
  AND NOT EXISTS (SELECT 1 FROM completeness_monthreport r WHERE r.department_id = d.id AND r.month = m.month::date)
ORDER BY m.month, d.code
"""


def concerned(user: Any) -> bool:
    """Whoever supervises all departments, and everybody at home in a department that numbers decisions."""
    return bool(user.sees_everything or (user.home_id and user.department.kind in ENFORCING))


@dataclass(frozen=True)
class Opened:
    """Whose report of which month, with the figures as found."""

    department: int
    month: dt.date
    figures: dict[str, Any]


def month_before(today: dt.date) -> dt.date:
    """The first day of the month that was over last."""
    return (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def open_due(today: dt.date) -> int:
    """Open what is due; returns how many. Running twice, or late, gives the same reports."""
    last = month_before(today)
    earliest = dt.date(last.year - 1, last.month, 1)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('completeness.open_due'))")
            cursor.execute(DUE, {"month": last, "earliest": earliest, "kinds": list(ENFORCING)})
            due = cursor.fetchall()
        by_month: dict[dt.date, list[int]] = defaultdict(list)
        for department, month in due:
            by_month[month].append(department)
        for month, departments in by_month.items():
            found = figures(month)
            for department in departments:
                data = Opened(department, month, found[department])
                perform(None, OPEN, actor=None, data=data)
    return len(due)


def figures(month: dt.date, department: int | None = None) -> dict[int, dict[str, Any]]:
    """Every department's figures, JSON-safe, in a fixed number of statements; an unknown department has none of each."""
    by_department: dict[int, list[SeriesLine]] = defaultdict(list)
    for line in lines(department):
        # Older years stay as long as something in them is open.
        if line.year == month.year or line.missing or line.doubtful:
            by_department[line.department].append(line)
    named: dict[tuple[int, int, str], list[Gap]] = defaultdict(list)
    for gap in gaps(department, most=MOST_GAPS):
        named[gap.department, gap.year, gap.head].append(gap)
    counted, unread = counts(month, month_after(month), department), unreadable(department)
    explained = _explained(month)
    return _Figures(
        {
            key: _figures(
                by_department[key], named, counted.get(key, Counts()), unread.get(key, 0), explained.get(key, 0)
            )
            for key in {*by_department, *counted, *unread, *explained}
        }
    )


class _Figures(dict[int, dict[str, Any]]):
    def __missing__(self, _key: int) -> dict[str, Any]:
        return _figures([], {}, Counts(), 0, 0)


def _figures(
    series: list[SeriesLine], named: dict[tuple[int, int, str], list[Gap]], counted: Counts, unread: int, explained: int
) -> dict[str, Any]:
    rows = []
    for line in series:
        found = named.get((line.department, line.year, line.head), [])
        texts = [gap.text for gap in found if not gap.wide]
        rows.append(
            asdict(line)
            | {
                "name": line.name,
                "expected": line.expected,
                "gaps": texts[:SHOWN_GAPS],
                "more": max(line.ranges - SHOWN_GAPS, 0),
                "doubted_gaps": [gap.text for gap in found if gap.wide][:SHOWN_GAPS],
            }
        )
    return {
        "series": rows,
        "counts": dict(counted.by_key),
        "unreadable": unread,
        "explained": explained,
        "missing": sum(line.missing for line in series),
    }


def _explained(month: dt.date) -> dict[int, int]:
    rows = Explanation.objects.filter(explained_on__gte=month, explained_on__lt=month_after(month))
    found: dict[int, int] = defaultdict(int)
    for department, first, last in rows.values_list("department", "first", "last"):
        found[department] += last - first + 1
    return dict(found)


def _open(attempt: Attempt[MonthReport, Opened]) -> None:
    department = Department.objects.get(pk=attempt.data.department)
    month = attempt.data.month
    attempt.matter = Matter.objects.create(
        kind=KIND,
        department=department,
        title=_gettext("%(year)d年%(month)d月执法决定归集月报") % {"year": month.year, "month": month.month},
        opened_at=attempt.now,
    )
    attempt.subject = MonthReport(
        matter=attempt.matter,
        department=department,
        month=month,
        figures=attempt.data.figures,
        missing=attempt.data.figures["missing"],
        as_of=attempt.today,
    )
    attempt.label(month=f"{month:%Y-%m}", missing=attempt.data.figures["missing"])
    attempt.fact("completeness.month_opened")


@dataclass(frozen=True)
class Send:
    """What the department says to its gaps."""

    opinion: str = entry(
        _("部门说明"), "long", longest=1000, help=_("还有缺号的，写明原因和补齐的时间；没有缺号的，写明已经核对")
    )

    def problems(self, _attempt: Attempt[MonthReport, Send]) -> dict[str, str]:
        """It is there."""
        return {} if self.opinion.strip() else {"opinion": _gettext("请填写部门说明。")}


def _send(attempt: Attempt[MonthReport, Send]) -> None:
    report, matter = attempt.subject, attempt.matter
    report.figures = figures(report.month, report.department_id)[report.department_id]
    report.missing = report.figures["missing"]
    report.as_of = report.reported_on = attempt.today
    report.opinion = attempt.data.opinion.strip()
    matter.closed_at = attempt.now
    matter.save(update_fields=["closed_at"])

    def number(document: Any) -> None:
        matter.number = document.number
        matter.save(update_fields=["number"])

    attempt.paper("completeness.report", then=number)
    attempt.label(missing=report.missing)
    attempt.fact("completeness.reported")


OPEN: Action[MonthReport, Opened] = Action(
    "completeness.open_month",
    _("汇总归集月报"),
    source=frozenset(),
    target=None,
    roles=frozenset(),
    data=Opened,
    body=_open,
    model=MonthReport,
    facts=("completeness.month_opened",),
    law=LAW,
    system=True,
)
SEND: Action[MonthReport, Send] = Action(
    "completeness.report",
    _("报送归集月报"),
    source=frozenset({MonthReport.State.OPEN.value}),
    target=MonthReport.State.REPORTED.value,
    roles=HEADS,
    proposes=ADMINS,
    data=Send,
    body=_send,
    model=MonthReport,
    facts=("completeness.reported",),
    papers=("completeness.report",),
    law=LAW,
    primary=True,
)
ACTIONS = (OPEN, SEND)
