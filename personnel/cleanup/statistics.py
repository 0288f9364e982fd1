"""How a campaign stands, department by department: one statement feeds page, workbook and report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField as Flag
from django.db.models import Case, Count, ExpressionWrapper, F, Q, Value, When
from django.utils.translation import gettext as _

from personnel.campaigns import ListKind, list_kind
from personnel.cleanup.lines import finding_label
from personnel.cleanup.models import Campaign, Line, Roll

S = Line.State


@dataclass(frozen=True)
class Tally:
    """One department's numbers; `found` and `settled` by finding."""

    roll: int
    department: str
    state: str
    reported_on: str
    total: int
    confirmed: int
    gone: int
    open: int
    found: dict[str, int] = field(default_factory=dict)
    settled: dict[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Lines that have a conclusion."""
        return self.total - self.open

    @property
    def state_words(self) -> str:
        """The list's state in words; nothing for the sum."""
        return str(Roll.State(self.state).label) if self.state else ""


def statistics(campaign: Campaign) -> list[Tally]:
    """The departments in the order of their codes."""
    kind = list_kind(campaign.kind)
    counts: dict[str, Any] = {
        "total": Count("pk"),
        "confirmed": Count("pk", filter=Q(state=S.CONFIRMED)),
        "gone_since": Count("pk", filter=Q(state=S.GONE)),
        "undecided": Count("pk", filter=Q(state=S.OPEN)),
    }
    for finding in kind.findings:
        here = Q(finding=finding.key)
        counts[f"found_{finding.key}"] = Count("pk", filter=here)
        left = here & Q(finding.settled()) if finding.settled is not None else here
        counts[f"settled_{finding.key}"] = Count("pk", filter=left)
    rows: Any = (
        Line.objects.filter(roll__campaign=campaign)
        .values("roll", "roll__department__name", "roll__department__code", "roll__state", "roll__reported_on")
        .annotate(**counts)
        .order_by("roll__department__code")
    )
    return [_tally(row, kind) for row in rows]


def _tally(row: dict[str, Any], kind: ListKind) -> Tally:
    return Tally(
        roll=row["roll"],
        department=row["roll__department__name"],
        state=row["roll__state"],
        reported_on=row["roll__reported_on"].isoformat() if row["roll__reported_on"] else "",
        total=row["total"],
        confirmed=row["confirmed"],
        gone=row["gone_since"],
        open=row["undecided"],
        found={one.key: row[f"found_{one.key}"] for one in kind.findings},
        settled={one.key: row[f"settled_{one.key}"] for one in kind.findings},
    )


def whole(rows: Sequence[Tally]) -> Tally:
    """All departments together."""
    keys = list(rows[0].found) if rows else []
    return Tally(
        roll=0,
        department=_("合计"),
        state="",
        reported_on="",
        total=sum(row.total for row in rows),
        confirmed=sum(row.confirmed for row in rows),
        gone=sum(row.gone for row in rows),
        open=sum(row.open for row in rows),
        found={key: sum(row.found[key] for row in rows) for key in keys},
        settled={key: sum(row.settled[key] for row in rows) for key in keys},
    )


@dataclass(frozen=True)
class Found:
    """One line at which something was found, or that was gone: what, and what was done."""

    department: str
    title: str
    what: str
    note: str
    settled: bool


def found(campaign: Campaign) -> list[Found]:
    """Every line that was not simply confirmed: one statement."""
    kind = list_kind(campaign.kind)
    over = [
        When(finding=one.key, then=ExpressionWrapper(Q(one.settled()), output_field=Flag()))
        for one in kind.findings
        if one.settled is not None
    ]
    rows: Any = (
        Line.objects.filter(roll__campaign=campaign, state__in=[S.FOUND, S.GONE])
        .annotate(
            department=F("roll__department__short_name"), over=Case(*over, default=Value(True), output_field=Flag())
        )
        .order_by("roll__department__code", "title", "pk")
    )
    return [
        Found(
            row.department,
            row.title,
            finding_label(campaign.kind, row.finding) if row.finding else str(S.GONE.label),
            row.note,
            bool(row.over),
        )
        for row in rows
    ]
