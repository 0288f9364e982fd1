"""Last days that come near: holder and department are told 90, 30 and 7 days before, and once when it is over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.models import Certificate
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.inbox import notify, notify_department_roles

NOTICE = "certificates"
MARKS = (90, 30, 7, 0)
TOLD_AFTER = 30  # days: what ran out longer ago is no news
# Whoever inserts a row tells: two runs at once, or one killed half-way, tell everybody exactly once.
# Several distances passed while nothing ran are one notice, that of the nearest.
MARK = """
WITH due AS (
    SELECT c.matter_id, c.valid_to, mark.days
    FROM personnel_certificate c
    JOIN personnel_officer o ON o.id = c.officer_id AND o.active
    CROSS JOIN unnest(%(marks)s::int[]) AS mark (days)
    WHERE c.ended_on IS NULL
      AND c.valid_to BETWEEN %(today)s::date - %(after)s AND %(today)s::date + %(before)s
      AND CASE WHEN c.valid_to < %(today)s::date THEN mark.days = 0
               ELSE mark.days > 0 AND c.valid_to - %(today)s::date <= mark.days END
), told AS (
    INSERT INTO personnel_expirynotice (certificate_id, valid_to, days, told_at)
    SELECT matter_id, valid_to, days, %(now)s FROM due ORDER BY matter_id, days
    ON CONFLICT (certificate_id, valid_to, days) DO NOTHING
    RETURNING certificate_id, days
)
SELECT certificate_id, min(days) FROM told GROUP BY certificate_id
"""


@transaction.atomic
def tell(today: dt.date) -> int:
    """Tell of every last day that has come near since the last run; returns how many certificates it was about."""
    values: dict[str, Any] = {
        "marks": list(MARKS),
        "today": today,
        "after": TOLD_AFTER,
        "before": max(MARKS),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(MARK, values)
        marks = dict(cursor.fetchall())
    rows = Certificate.objects.filter(pk__in=marks).select_related("officer__user", "officer__department", "matter")
    departments: dict[Department, list[Certificate]] = defaultdict(list)
    for certificate in rows.order_by("valid_to", "pk"):
        _tell_holder(certificate, marks[certificate.pk], today)
        departments[certificate.officer.department].append(certificate)
    for department, held in departments.items():
        _tell_department(department, held, today)
    return len(marks)


def _tell_holder(certificate: Certificate, days: int, today: dt.date) -> None:
    if certificate.officer.user is None:
        return
    values = {
        "number": certificate.number,
        "day": certificate.valid_to.isoformat(),
        "left": (certificate.valid_to - today).days,
    }
    text = (
        _("您的执法证 %(number)s %(day)s 到期，剩 %(left)d 日，请及时换证。") % values
        if certificate.valid_to >= today
        else _("您的执法证 %(number)s 已于 %(day)s 到期，换证以前不能承办案件。") % values
    )
    notify(
        [certificate.officer.user],
        text,
        kind=NOTICE,
        url=reverse("personnel:certificate", args=[certificate.pk]),
        matter=certificate.matter,
        key=f"certificate:{certificate.pk}:{values['day']}:{days}",
    )


def _tell_department(department: Department, held: list[Certificate], today: dt.date) -> None:
    text = _("本部门有 %(count)d 个执法证将到期或者刚过期，最早的 %(day)s 到期：%(names)s") % {
        "count": len(held),
        "day": held[0].valid_to.isoformat(),
        "names": "、".join(one.officer.name for one in held[:10]),
    }
    notify_department_roles(
        department,
        [Role.DEPT_ADMIN],
        text,
        kind=NOTICE,
        url=reverse("personnel:expiring"),
        key=f"certificates:{department.pk}:{today.isoformat()}",
    )
