"""The report that closes a campaign: what was gone through, found and done, department by department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from personnel.campaigns import list_kind
from personnel.cleanup.models import Campaign
from personnel.cleanup.statistics import Found, Tally, found, statistics, whole
from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date


@dataclass(frozen=True)
class Row:
    """One department's numbers."""

    department: str
    total: int
    confirmed: int
    found: tuple[int, ...]
    gone: int
    open: int
    reported: str


@dataclass(frozen=True)
class ReportPaper:
    """What the report says."""

    name: str
    object: str
    unit: str
    ground: str
    frozen_on: str
    due_on: str
    departments: int
    unreported: tuple[str, ...]
    total: Row
    findings: tuple[str, ...]
    results: tuple[str, ...]
    summary: str
    rows: tuple[Row, ...]
    lines: tuple[Found, ...]


class CampaignReport(DocumentKind):
    """关于资格清理情况的报告."""

    key = "cleanup.report"
    label = _("资格清理情况报告")
    series = "清报"
    template = "cleanup/papers/report.html"
    signers = (Role.SUPERVISION_HEAD.value,)
    issuers = frozenset({Department.Kind.BUREAU.value})

    def title(self, _matter: Any, subject: Campaign, _extra: dict[str, Any]) -> str:
        """With the campaign's name."""
        return f"关于{subject.name}情况的报告"

    def context(self, _matter: Any, subject: Campaign, _extra: dict[str, Any]) -> ReportPaper:
        """The same numbers as the page and the workbook."""
        kind = list_kind(subject.kind)
        tallies = statistics(subject)
        total = whole(tallies)
        return ReportPaper(
            name=subject.name,
            object=str(kind.label),
            unit=str(kind.unit),
            ground=subject.ground.rstrip("。"),
            frozen_on=chinese_date(subject.frozen_on),
            due_on=chinese_date(subject.due_on),
            departments=len(tallies),
            unreported=tuple(one.department for one in tallies if one.state != "reported"),
            total=_row(total),
            findings=tuple(str(one.short) for one in kind.findings),
            results=tuple(
                f"{one.short}{total.found[one.key]}{kind.unit}"
                + (f"，其中{total.settled[one.key]}{kind.unit}已经办结" if one.settled is not None else "")
                for one in kind.findings
                if total.found.get(one.key)
            ),
            summary=subject.summary,
            rows=tuple(_row(one) for one in tallies),
            lines=tuple(found(subject)),
        )


def _row(one: Tally) -> Row:
    return Row(
        department=one.department,
        total=one.total,
        confirmed=one.confirmed,
        found=tuple(one.found.values()),
        gone=one.gone,
        open=one.open,
        reported=one.reported_on or "未报送",
    )
