"""Figures of supervision: one set of queries feeds board, tiles, comparison and (later) files.

No figure here counts penalties, inspections or fines (处罚法74条3款): only duties met in time, alerts,
certificates and supervision cases.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from personnel.models import Certificate
from personnel.qualification import NEAR_DAYS
from portal.accounts.models import Department
from portal.deadlines.models import Obligation
from supervision.models import Alert, SupervisionCase
from supervision.people import supervised_departments
from supervision.wording import duty_article, duty_title

FEWEST = 10  # below this number no rate is shown
Z = 1.959963984540054  # two-sided 95 %
DISCLOSURE = "decision.disclose"
DECISION = "case.decide"


@dataclass(frozen=True)
class Share:
    """How many of how many; a rate only when there are enough."""

    part: int = 0
    whole: int = 0

    @property
    def enough(self) -> bool:
        """Whether the number is large enough for a rate."""
        return self.whole >= FEWEST

    @property
    def rate(self) -> float | None:
        """Per cent, or nothing when there are too few."""
        return 100 * self.part / self.whole if self.enough else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval in per cent, or nothing when there are too few."""
        if not self.enough:
            return None
        n, p = self.whole, self.part / self.whole
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True)
class DepartmentFigures:
    """What the bureau sees of one department."""

    department: Department
    disclosed_in_time: Share
    decided_in_time: Share
    overdue_disclosures: int
    alerts: int
    undone: int
    certificates_near: int
    open_cases: int


@dataclass(frozen=True)
class AlertGroup:
    """Alerts of one department and one rule that nobody has taken up."""

    department: Department
    rule: str
    title: str
    article: str
    count: int
    undone: int
    oldest: dt.date


def in_time(rule: str, year: int, now: dt.datetime) -> dict[int, Share]:
    """By department: duties of a rule due in the year and decided by now, those met in time among them.

    A duty that runs still, is cancelled (an approved exemption) or provisional is in neither number.
    """
    decided = Obligation.objects.filter(
        rule=rule, due_on__year=year, cancelled_at=None, provisional=False, department__isnull=False
    ).filter(Q(settled_at__isnull=False) | Q(due_at__lt=now, paused=False))
    rows = decided.values_list("department").annotate(
        whole=Count("pk"), part=Count("pk", filter=Q(closed_in_time=True, settled_at__isnull=False))
    )
    return {department: Share(part, whole) for department, whole, part in rows if department is not None}


def departments(year: int, now: dt.datetime | None = None) -> list[DepartmentFigures]:
    """Every supervised department with its figures, in the order of the codes; eight statements."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    disclosed, decided = in_time(DISCLOSURE, year, now), in_time(DECISION, year, now)
    overdue = _by_department(Obligation.objects.overdue(now).filter(rule=DISCLOSURE))
    alerts = _by_department(Alert.objects.unanswered())
    undone = _by_department(
        Alert.objects.unanswered().filter(obligation__settled_at=None, obligation__cancelled_at=None)
    )
    near = _by_department(
        Certificate.objects.filter(
            ended_on=None, officer__active=True, valid_to__range=(today, today + dt.timedelta(days=NEAR_DAYS))
        ),
        "officer__department",
    )
    cases = _by_department(SupervisionCase.objects.open(), "target")
    return [
        DepartmentFigures(
            department,
            disclosed.get(department.pk, Share()),
            decided.get(department.pk, Share()),
            overdue.get(department.pk, 0),
            alerts.get(department.pk, 0),
            undone.get(department.pk, 0),
            near.get(department.pk, 0),
            cases.get(department.pk, 0),
        )
        for department in supervised_departments()
    ]


def _by_department(rows: Any, column: str = "department") -> dict[int, int]:
    return dict(rows.order_by().values_list(column).annotate(Count("pk")))


def alert_groups(rows: Any = None) -> list[AlertGroup]:
    """Unanswered alerts by department and rule, the oldest first; two statements."""
    found = (
        (Alert.objects.all() if rows is None else rows)
        .unanswered()
        .order_by()
        .values_list("department", "rule")
        .annotate(
            count=Count("pk"),
            undone=Count("pk", filter=Q(obligation__settled_at=None, obligation__cancelled_at=None)),
            oldest=Min("obligation__due_on"),
        )
    )
    groups = sorted(found, key=lambda row: (row[4], row[0], row[1]))
    known = Department.objects.in_bulk({row[0] for row in groups})
    return [
        AlertGroup(known[department], rule, duty_title(rule), duty_article(rule), count, undone, oldest)
        for department, rule, count, undone, oldest in groups
    ]


def years() -> list[int]:
    """The years for which there is something to show, the newest first; always the present one."""
    first = Obligation.objects.filter(rule=DISCLOSURE).aggregate(first=Min("due_on"))["first"]
    this = timezone.localdate().year
    return list(range(this, min(first.year if first else this, this) - 1, -1))
