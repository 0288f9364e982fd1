"""What completeness is told of the disclosures: of the decisions of a period, how many are or were public."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from disclosure.models import Disclosure
from enforcement.completeness.counts import Counter, register_counter

EXEMPT = Q(state=Disclosure.State.EXEMPT)
SHOWN = Q(published_at__isnull=False) & ~EXEMPT


def _of_the_period(condition: Q, start: dt.date, end: dt.date, department: int | None) -> dict[int, int]:
    rows: Any = Disclosure.objects.filter(condition, decision__decided_on__gte=start, decision__decided_on__lt=end)
    if department is not None:
        rows = rows.filter(act__department=department)
    return dict(rows.values("act__department").annotate(number=Count("pk")).values_list("act__department", "number"))


DISCLOSED = Counter("disclosed", _("其中已公示"), lambda *asked: _of_the_period(SHOWN, *asked))
EXEMPTED = Counter("exempt", _("其中不予公开"), lambda *asked: _of_the_period(EXEMPT, *asked))


def register() -> None:
    """Two more columns."""
    register_counter(DISCLOSED)
    register_counter(EXEMPTED)
